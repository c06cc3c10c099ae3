/** Repeated seeds as a table for a terminal: mean ± sample standard deviation of every figure. */
import { isPlainPopularity } from '../analysis/plain-popularity';
import { SLICES } from '../core/metric';
import type { RunRecord } from '../core/run';
import { alignedRows } from './result-table';
import { spreadOf } from './seeds';

const COLUMNS = ['HR@10', 'NDCG@10', 'HR@50', 'NDCG@50', 'Recall@10', 'MRR@10'] as const;
const short = (x: number): string => x.toFixed(4).replace(/^0/, '');

/** @param records runs that differ in their seed alone */
export function seedsTable(records: readonly RunRecord[]): string {
  const first = records[0]!;
  const rows: string[][] = [['', 'n', ...COLUMNS]];
  for (const slice of SLICES) {
    if (first.test[slice].n === 0) continue;
    rows.push([`${first.model.id} ${slice}`, String(first.test[slice].n), ...COLUMNS.map((c) => {
      const { mean, sd } = spreadOf(records.map((r) => r.test[slice].metrics[c]?.value ?? NaN));
      return `${short(mean)} ± ${short(sd)}`;
    })]);
  }
  // The same under every seed; where popularity is the model itself its row says nothing new.
  for (const b of first.baselines) if (b.id !== 'random' && !(b.id === 'popularity' && isPlainPopularity({ ...first, model: first.model.id }))) rows.push([`${b.id} all`, String(b.test.all.n), ...COLUMNS.map((c) => short(b.test.all.metrics[c]?.value ?? NaN))]);
  return [
    `${first.name}, ${records.length} seeds (${records.map((r) => r.seed).join(', ')}): mean ± standard deviation over seeds, test set`,
    ...(first.sampled ? [`sampled: each test item among ${first.sampled.negatives} listed negatives only; not to be compared with full ranking`] : []),
    '', alignedRows(rows),
  ].join('\n');
}
