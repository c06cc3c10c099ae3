import { Button } from '@mantine/core';
import { rejectedRows } from '../../app/data';
import { download } from '../../ui/download';
import { count, plural } from '../../ui/format';
import type { RejectedSummary } from '../../../workers/protocol';
import css from './FilesCard.module.css';

/** Rows that could not be read, by reason, with the first line of each. */
export function RejectedRows({ rejected, atHand, name }: { rejected: RejectedSummary; atHand: boolean; name: string }) {
  if (rejected.total === 0) return null;
  return (
    <div className={css.rejected}>
      <div className={css.rejectedHead}>
        <strong>{plural(rejected.total, 'row')} could not be read</strong>
        {atHand ? (
          <Button variant="default" onClick={() => download(`${name}, rejected rows.csv`, rejectedRows() ?? '', 'text/csv;charset=utf-8')}>
            Download rejected rows
          </Button>
        ) : (
          <span>Open the files again to download them.</span>
        )}
      </div>
      <ul className={css.reasons}>
        {rejected.reasons.map((r) => (
          <li key={`${r.file} ${r.reason}`}>
            <b>{count(r.count)}</b> {r.reason} ({r.file}, first in line {count(r.firstLine)})<code title={r.sample}>{r.sample}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
