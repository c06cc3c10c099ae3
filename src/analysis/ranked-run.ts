/** A small valid run made from the test ranks of its users, to test with: its figures follow from the ranks, all else is only shape. */
import { CUTOFFS, type SliceResult } from '../core/metric';
import { RUN_FORMAT, RUN_VERSION, type RunRecord } from '../core/run';
import { DEFAULT_SPLIT } from '../core/split';
import { meanInterval, wilson } from '../math/interval';
import { METRICS } from '../metrics/metrics';

function sliceOf(ranks: readonly number[]): SliceResult {
  if (ranks.length === 0) return { n: 0, metrics: {}, empty: 'No test items here (0 of 4).' };
  const metrics: SliceResult['metrics'] = {};
  for (const m of METRICS) {
    for (const k of CUTOFFS) {
      const values = ranks.map((r) => m.at({ ranks: r > 0 ? [r] : [], relevant: 1 }, k));
      metrics[`${m.id}@${k}`] = (m.binary ? wilson(values.reduce((a, b) => a + b, 0), values.length) : meanInterval(values))!;
    }
  }
  return { n: ranks.length, metrics };
}

/** @param slices one letter a user: w warm, c cold, n new; all warm where it is not given */
export function rankedRun(ranks: readonly number[], patch: Partial<RunRecord> = {}, slices = 'w'.repeat(ranks.length)): RunRecord {
  const of = (letters: string): number[] => ranks.filter((_, u) => letters.includes(slices[u]!));
  const test = { all: sliceOf(ranks), warm: sliceOf(of('w')), cold: sliceOf(of('cn')), new: sliceOf(of('n')) };
  const flat = (rank: number): RunRecord['test'] => {
    const same = (n: number): SliceResult => sliceOf(Array.from({ length: n }, () => rank));
    return { all: same(test.all.n), warm: same(test.warm.n), cold: same(test.cold.n), new: same(test.new.n) };
  };
  return {
    format: RUN_FORMAT, version: RUN_VERSION, id: `run ${ranks.join()}`, name: 'A run', createdAt: '2026-11-21T08:00:00.000Z', build: 'test', status: 'done',
    data: { name: 'Small', recipe: 'mapped', hash: 'data-a', counts: { users: ranks.length, items: 50, interactions: 1000 }, steps: [] },
    split: { protocol: 'last', spec: DEFAULT_SPLIT, hash: 'split-a', train: 800, validation: 100, test: ranks.length, coldItems: 40, newItems: 3, leakage: 0.5 },
    model: { id: 'ease', params: { lambda: 500 } }, text: null, seed: 1, backend: 'typescript', selection: 'none', measured: { patience: 5, maskValidation: true }, bestEpoch: null, epochs: [],
    test, perUser: { users: ranks.length, ranks: [...ranks], slices },
    baselines: [
      { id: 'popularity', validation: null, test: flat(100) },
      { id: 'random', validation: null, test: flat(0) },
    ],
    seconds: { load: 0, prepare: 1, fit: 6, evaluate: 2 }, warnings: [], notes: '',
    ...patch,
  };
}
