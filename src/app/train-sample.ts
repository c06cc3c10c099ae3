/** A small valid run to test with; every figure in it is made up and only its shape matters. */
import type { Evaluation } from '../core/metric';
import { RUN_FORMAT, RUN_VERSION, type EpochRecord, type RunRecord } from '../core/run';
import { DEFAULT_SPLIT } from '../core/split';

/** HR@10 and NDCG@10 per slice as [value, half width]; n = 100 each. Null: an empty slice. */
export function sampleEvaluation(values: { all: number; warm: number | null; cold: number | null; new?: number | null }, half = 0.01): Evaluation {
  const slice = (v: number | null | undefined): Evaluation['all'] =>
    v === null || v === undefined
      ? { n: 0, metrics: {}, empty: 'No cold test items (0 of 100): lower the warm threshold.' }
      : { n: 100, metrics: Object.fromEntries(['HR@10', 'NDCG@10'].map((k) => [k, { value: v, low: Math.max(0, v - half), high: v + half }])) };
  return { all: slice(values.all), warm: slice(values.warm), cold: slice(values.cold), new: slice(values.new ?? null) };
}

export const sampleEpoch = (epoch: number, all: number): EpochRecord => ({
  epoch, loss: 1 / epoch, seconds: 2, evaluateSeconds: 0.5, memory: null,
  validation: sampleEvaluation({ all, warm: all * 1.5, cold: all / 2 }),
});

export function sampleRun(patch: Partial<RunRecord> = {}): RunRecord {
  return {
    format: RUN_FORMAT, version: RUN_VERSION, id: 'r1', name: 'Net, fast', createdAt: '2026-11-21T08:00:00.000Z', build: 'test', status: 'done',
    data: { name: 'Demo', recipe: 'demo', hash: 'data-a', counts: { users: 100, items: 50, interactions: 1000 }, steps: [] },
    split: { protocol: 'last', spec: DEFAULT_SPLIT, hash: 'split-a', train: 800, validation: 100, test: 100, coldItems: 40, newItems: 3, leakage: 0.5 },
    model: { id: 'net', params: { epochs: 3 } }, text: null, seed: 42, backend: 'cpu', selection: 'validation', bestEpoch: 2,
    epochs: [sampleEpoch(1, 0.05), sampleEpoch(2, 0.12), sampleEpoch(3, 0.11)],
    test: sampleEvaluation({ all: 0.12, warm: 0.2, cold: 0.04 }),
    baselines: [
      { id: 'popularity', validation: sampleEvaluation({ all: 0.05, warm: 0.1, cold: 0 }), test: sampleEvaluation({ all: 0.05, warm: 0.1, cold: 0 }) },
      { id: 'random', validation: sampleEvaluation({ all: 0.004, warm: 0.004, cold: 0.004 }), test: sampleEvaluation({ all: 0.004, warm: 0.004, cold: 0.004 }) },
    ],
    seconds: { load: 0, prepare: 1, fit: 6, evaluate: 2 }, warnings: [], notes: '',
    ...patch,
  };
}
