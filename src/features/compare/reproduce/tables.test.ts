import { describe, expect, it } from 'vitest';
import { rankedValues, verdictsOf } from '../../../analysis/claims';
import { rankedRun } from '../../../analysis/ranked-run';
import type { PlanEntry, RunState } from '../../../app/queue';
import { parseParams, type ParamSpecs } from '../../../core/params';
import { cardOf } from '../../../models/catalogue';
import { planFor, runsByRow, tables } from './tables';

const now = new Date('2026-01-01T00:00:00Z');
const done = (recordId: string): RunState => ({ status: 'done', fraction: 1, label: '', recordId });

describe('published tables', () => {
  it.each(tables.map((t) => [t.table.id, t.table] as const))('%s: every row names a model of this build with settings it takes, and rows differ', (_, table) => {
    for (const row of table.rows) expect(() => parseParams(cardOf(row.model).params as ParamSpecs, row.params)).not.toThrow();
    expect(new Set(table.rows.map((r) => r.id)).size).toBe(table.rows.length);
    const ids = planFor(table, table.rows, 'h', 'x', now).runs.map((r) => r.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('a row with three seeds is three runs on the split of the table', () => {
    const { table } = tables[0]!;
    const runs = planFor(table, table.rows.filter((r) => r.id === 'als'), 'h', 'x', now).runs;
    expect(runs.map((r) => [r.seed, r.split?.validation])).toEqual([[0, false], [1, false], [2, false]]);
  });
  it('answers come from all plans of the table, the newest first; plans of other tables are not asked', () => {
    const [{ table }, other] = [tables[0]!, tables[1]!.table];
    const entry = (of: typeof table, id: string, recordId: string): PlanEntry => ({ plan: planFor(of, of.rows, 'h', id, now), states: { 'popularity 0': done(recordId) }, running: false, secondsLeft: null });
    const records = ['new', 'old', 'else'].map((id) => ({ ...rankedRun([1, 50], {}, 'wc'), id }));
    const answers = runsByRow(table, [entry(other, 'c', 'else'), entry(table, 'b', 'new'), entry(table, 'a', 'old')], records);
    const row = table.rows.find((r) => r.id === 'popularity')!;
    expect(answers(row).map((r) => r.id)).toEqual(['new']);
    expect(answers(table.rows.find((r) => r.id === 'ease_100')!)).toEqual([]);
    expect(verdictsOf(table, (r, figure) => rankedValues(answers(r), figure)).filter((v) => v.verdict !== null)).toHaveLength(3);
  });
});
