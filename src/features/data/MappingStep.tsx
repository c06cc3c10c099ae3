import { Button, TextInput } from '@mantine/core';
import { cancelMapping, setName, useDataFlow, type DataFlow } from '../../app/data';
import { READING_ORDER, reviewMapping } from '../../app/data-mapping';
import { Card } from '../../ui/Card';
import { plural } from '../../ui/format';
import { applyMapping } from './opening';
import { MappingFile } from './MappingFile';
import { SkippedFiles } from './SkippedFiles';
import css from './MappingStep.module.css';

/** Files nobody has described yet: which file and column means what, and in words what will be read. */
export function MappingStep({ pending, current }: { pending: NonNullable<DataFlow['pending']>; current: string | null }) {
  const busy = useDataFlow((s) => s.work !== null);
  const { inspection, mapping, name, reinspecting } = pending;
  const review = reviewMapping(inspection, mapping);
  const reason = review.problems[0];
  // By the guess, not by the choice: a file must not jump away while its role is being changed.
  const ordered = inspection.files.toSorted((a, b) => READING_ORDER.indexOf(a.role) - READING_ORDER.indexOf(b.role));
  return (
    <div className={css.step}>
      <p className={css.intro}>
        {inspection.recipe ? `${inspection.recipe.name} was recognised; here you say yourself how it is read.` : `No known data set was recognised in ${plural(inspection.files.length, 'file')}, so here is a guess of what each column means.`} Change what is wrong, then read.
        {current && ` ${current} stays loaded until then.`}
      </p>
      {ordered.map((file) => {
        const chosen = mapping.files.find((f) => f.key === file.key);
        return chosen && <MappingFile key={file.key} file={file} chosen={chosen} busy={busy || reinspecting !== null} loading={reinspecting === file.key} />;
      })}
      {inspection.skipped.length > 0 && (
        <Card title="Left out">
          <SkippedFiles skipped={inspection.skipped} />
        </Card>
      )}
      <section className={css.finish} aria-label="Read these files">
        <div className={css.sentences} aria-live="polite">
          <strong>What will be read</strong>
          {review.sentences.map((s) => (
            <p key={s}>{s}</p>
          ))}
          {review.problems.map((p) => (
            <p key={p} className={css.problem}>
              {p}
            </p>
          ))}
        </div>
        <div className={css.actions}>
          <TextInput label="Name of the data set" value={name} onChange={(e) => setName(e.currentTarget.value)} className={css.name} />
          <Button variant="default" onClick={cancelMapping}>
            Cancel
          </Button>
          <Button onClick={() => void applyMapping()} disabled={!review.ready || busy || reinspecting !== null} aria-describedby={reason ? 'why-not' : undefined}>
            Read these files
          </Button>
          {reason && (
            <span id="why-not" className="visually-hidden">
              {reason}
            </span>
          )}
        </div>
      </section>
    </div>
  );
}
