import { useWorkspace, type DataFacts } from '../../app/workspace';
import { loneTable } from '../../core/lone-table';
import type { SplitSpec } from '../../core/split';
import { count, percent } from '../../ui/format';
import css from './Rail.module.css';

const protocols: Record<SplitSpec['protocol'], string> = {
  last: 'last one out',
  hash: 'hash split',
  random: 'random per user',
  temporal: 'split by time',
  file: 'own test file',
  listed: 'listed negatives',
};

/** 'last one out, cold 80 %' */
const splitWords = (s: SplitSpec): string =>
  `${protocols[s.protocol]}, cold ${s.cold.kind === 'share' ? percent(s.cold.share) : `≤ ${count(s.cold.max)}`}`;

/** ', 5‑core' where the cleaning has one; its hyphen does not break. */
function coreWords(data: Pick<DataFacts, 'rules'>): string {
  const core = data.rules.find((r) => r.kind === 'core');
  return core?.kind === 'core' ? `, ${core.k}\u2011core` : '';
}

/** What is loaded, always in sight. */
export function DataSummary() {
  const data = useWorkspace((s) => s.data);
  const split = useWorkspace((s) => s.split);
  if (!data) return null;
  const lone = loneTable(data.counts);
  if (lone) {
    return (
      <div className={css.summary}>
        <b>{data.name}</b>
        {count(data.counts[lone])} {lone}
        <br />
        no interactions, so nothing to train on
      </div>
    );
  }
  return (
    <div className={css.summary}>
      <b>{data.name}</b>
      {count(data.counts.users)} users
      <br />
      {count(data.counts.items)} items
      <br />
      {count(data.counts.interactions)} interactions{coreWords(data)}
      <br />
      {splitWords(split)}
    </div>
  );
}
