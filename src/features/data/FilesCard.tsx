import { mapByHand, useDataFlow } from '../../app/data';
import { held, type DataFacts } from '../../app/workspace';
import { Card } from '../../ui/Card';
import { bytes, count, plural, seconds } from '../../ui/format';
import type { FileRole } from '../../../workers/protocol';
import { QuietButton } from './QuietButton';
import { RejectedRows } from './RejectedRows';
import { SkippedFiles } from './SkippedFiles';
import { asSentence, delimiterName, FILE_ROLES } from './words';
import css from './FilesCard.module.css';

/** Where the data came from: the recipe that recognised it, each file with how it was read, and what was left out. */
export function FilesCard({ facts }: { facts: DataFacts }) {
  const opened = useDataFlow((s) => s.opened);
  const fresh = opened && opened.dataHash === held.raw?.hash ? opened : null;
  const sources = held.data?.sources ?? [];
  const used = sources.filter((s) => s.role !== 'other');
  const unused = (fresh?.skipped.length ?? 0) + sources.length - used.length;
  return (
    <Card
      title="Files"
      aside={
        fresh?.canMap ? (
          <QuietButton onClick={mapByHand}>Read them differently</QuietButton>
        ) : (
          fresh && `read in ${seconds(fresh.seconds)}`
        )
      }
    >
      {fresh?.recipe && (
        <p className={css.recipe}>
          <span className={css.badge}>{fresh.recipe.name}</span> {asSentence(fresh.recipe.reason)}
        </p>
      )}
      <ul className={css.files}>
        {used.map((s) => {
          const file = fresh?.files.find((f) => f.name === s.name || f.key === s.name || f.key.endsWith(`/${s.name}`));
          return (
            <li key={`${s.role} ${s.name}`}>
              <span className={css.fileName} title={s.name}>
                {s.name}
              </span>
              <span className={css.fileRole}>{FILE_ROLES[s.role as FileRole] ?? s.role}</span>
              <span className={css.how}>
                {plural(s.rows, 'row')} · {bytes(s.bytes)}
                {file && (
                  <>
                    {' '}
                    · {file.delimiter && `${delimiterName(file.delimiter)} · `}<span title={file.encodingReason}>{file.encoding}</span>
                  </>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {unused > 0 && (
        <details className={css.details}>
          <summary>{plural(unused, 'file')} not used</summary>
          <SkippedFiles skipped={[...(fresh?.skipped ?? []), ...sources.filter((s) => s.role === 'other').map((s) => ({ name: s.name, reason: `holds nothing this recipe needs (${count(s.rows)} rows).` }))]} />
        </details>
      )}
      {facts.notes.length > 0 && (
        <ul className={css.notes}>
          {facts.notes.map((n) => (
            <li key={n}>{n}</li>
          ))}
        </ul>
      )}
      <RejectedRows rejected={facts.rejected} atHand={fresh?.hasRejectedCsv ?? false} name={facts.name} />
    </Card>
  );
}
