/** A run as a table for a terminal. */
import { SLICES, type Evaluation } from '../core/metric';
import type { BeyondAccuracy, RunRecord } from '../core/run';
import { isPlainPopularity } from '../analysis/plain-popularity';

const COLUMNS = ['HR@10', 'NDCG@10', 'HR@50', 'NDCG@50', 'Recall@10', 'MRR@10'] as const;
const rate = (x: number): string => x.toFixed(4).replace(/^0/, '');

/** Rows are padded to equal widths; the first column to the left, numbers to the right. */
export function alignedRows(rows: readonly (readonly string[])[]): string {
  const width = rows[0]!.map((_, c) => Math.max(...rows.map((r) => r[c]!.length)));
  return rows.map((r) => r.map((cell, c) => (c === 0 ? cell.padEnd(width[c]!) : cell.padStart(width[c]!))).join('  ').trimEnd()).join('\n');
}

/** What is recommended rather than how well. One row for the model, one for popularity. */
function beyondTable({ model, beyond, test, baselines }: RunRecord): string[] {
  const run = { model: model.id, test, baselines };
  if (!beyond) return [];
  const { k, vectors, calibratedBy } = beyond;
  const cell = (x: number | null, digits: number): string => (x === null ? '–' : x.toFixed(digits).replace(/^0/, ''));
  const row = (label: string, b: BeyondAccuracy): string[] => [
    label, cell(b.coverage, 4), cell(b.gini, 4), cell(b.novelty, 2), cell(b.averagePopularity, 1), ...(vectors ? [cell(b.diversity, 4)] : []), ...(calibratedBy === undefined ? [] : [cell(b.calibration ?? null, 4)]),
  ];
  const rows = [['beyond accuracy', `coverage@${k}`, `Gini@${k}`, `novelty@${k} (bits)`, `popularity@${k} (users)`, ...(vectors ? [`diversity@${k} (${vectors === 'text' ? 'text vectors' : 'own vectors'})`] : []), ...(calibratedBy === undefined ? [] : [`calibration@${k} (nats, by ${calibratedBy})`])]];
  rows.push(row(model.id, beyond.model));
  if (!isPlainPopularity(run)) rows.push(row(model.id === 'popularity' ? 'plain popularity' : 'popularity', beyond.popularity));
  return [alignedRows(rows), ''];
}

export function resultTable(r: RunRecord): string {
  const lines = [
    `${r.name}`,
    `${r.data.name}: ${r.data.counts.interactions} interactions, ${r.data.counts.users} users, ${r.data.counts.items} items`,
    `split ${r.split.protocol}: ${r.split.train} train, ${r.split.validation} validation, ${r.split.test} test; ${r.split.coldItems} cold items, ${r.split.newItems} strictly new${r.split.leakage === null ? '' : `; ${(100 * r.split.leakage).toFixed(1)} % of the test is older than the newest train interaction`}`,
    ...(r.sampled ? [`sampled: each test item among ${r.sampled.negatives} listed negatives only; not to be compared with full ranking`] : []),
    `backend ${r.backend}, seed ${r.seed}${r.bestEpoch === null ? '' : `, best epoch ${r.bestEpoch} of ${r.epochs.length} by ${r.selection}`}`,
    '',
  ];
  const rows: string[][] = [['', 'n', ...COLUMNS.flatMap((c) => [c, '95 %'])]];
  const add = (label: string, evaluation: Evaluation): void => {
    for (const slice of SLICES) {
      const { n, metrics } = evaluation[slice];
      if (n === 0) continue;
      rows.push([`${label} ${slice}`, String(n), ...COLUMNS.flatMap((c) => {
        const e = metrics[c];
        return e ? [rate(e.value), e.low === e.high && e.low > 0 ? 'exact' : `${rate(e.low)}–${rate(e.high)}`] : ['', ''];
      })]);
    }
  };
  const plain = isPlainPopularity({ ...r, model: r.model.id });
  add(r.model.id, r.test);
  for (const b of r.baselines) if (!(b.id === 'popularity' ? plain : b.id === r.model.id)) add(b.id === 'random' ? 'chance' : b.id === r.model.id ? `plain ${b.id}` : b.id, b.test);
  lines.push(alignedRows(rows), '', ...beyondTable(r));
  for (const slice of SLICES) if (r.test[slice].empty) lines.push(r.test[slice].empty);
  for (const w of r.warnings) lines.push(`Warning: ${w}`);
  if (r.notes) lines.push(r.notes);
  return lines.join('\n');
}
