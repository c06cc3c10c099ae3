/** The tables that can be reproduced, the plan that runs one, and which runs answer which row. Pure. */
import type { PublishedRow, PublishedTable } from '../../../analysis/claims';
import { hetrecTable, ml100kTable } from '../../../analysis/claims-full-ranking';
import { lightfmTable } from '../../../analysis/claims-lightfm';
import { ncfTable } from '../../../analysis/claims-ncf';
import { ratingsTable } from '../../../analysis/claims-ratings';
import type { Plan, PlanEntry, PlannedRun } from '../../../app/queue';
import type { RunRecord } from '../../../core/run';

export const tables: readonly { table: PublishedTable; short: string }[] = [
  { table: ml100kTable, short: 'MovieLens 100K' },
  { table: hetrecTable, short: 'Last.fm' },
  { table: ncfTable, short: 'MovieLens 1M, NCF' },
  { table: lightfmTable, short: 'MovieLens 100K, LightFM' },
  { table: ratingsTable, short: 'MovieLens 100K, ratings' },
];

const runId = (row: PublishedRow, seed: number): string => `${row.id} ${seed}`;
const prefix = (table: PublishedTable): string => `reproduce ${table.id} `;

export function planFor(table: PublishedTable, rows: readonly PublishedRow[], dataHash: string, id: string, now: Date, testFile?: File): Plan {
  const runs = rows.flatMap((row) => row.seeds.map((seed): PlannedRun => ({
    id: runId(row, seed), name: `${row.name}${row.seeds.length > 1 ? `, seed ${seed}` : ''}`, model: row.model, params: row.params, textKey: null, seed,
    ...(table.split ? { split: table.split } : {}), selection: 'validation', maskValidation: true,
    // As many epochs as were published, whatever the curve says.
    patience: 0,
    // Until a run of that model has shown how long it takes here.
    ...(row.slow ? { expectedSeconds: row.slow / row.seeds.length } : {}),
  })));
  return { id: `${prefix(table)}${id}`, kind: 'reproduce', title: `Reproduce: ${table.title}`, dataHash, createdAt: now.toISOString(), ...(testFile ? { testFile } : {}), runs };
}

/** Plans of a table, newest first. */
export const plansOf = (table: PublishedTable, plans: readonly PlanEntry[]): PlanEntry[] => plans.filter((p) => p.plan.kind === 'reproduce' && p.plan.id.startsWith(prefix(table)));

/** Finished runs of each row, the newest for each seed. */
export function runsByRow(table: PublishedTable, plans: readonly PlanEntry[], records: readonly RunRecord[]): (row: PublishedRow) => RunRecord[] {
  const own = plansOf(table, plans);
  const by = new Map(records.map((r) => [r.id, r]));
  return (row) =>
    row.seeds.flatMap((seed) => {
      for (const p of own) {
        const state = p.states[runId(row, seed)];
        const record = state?.status === 'done' && state.recordId !== undefined ? by.get(state.recordId) : undefined;
        if (record) return [record];
      }
      return [];
    });
}
