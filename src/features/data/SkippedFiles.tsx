import type { Inspection } from '../../../workers/protocol';
import { asSentence } from './words';
import css from './FilesCard.module.css';

/** What was in the drop or the archive but is not read, each with the reason. */
export function SkippedFiles({ skipped }: { skipped: Inspection['skipped'] }) {
  return (
    <ul className={css.skipped}>
      {skipped.map((s) => (
        <li key={`${s.name}: ${s.reason}`}>
          <span>{s.name}</span> {asSentence(s.reason)}
        </li>
      ))}
    </ul>
  );
}
