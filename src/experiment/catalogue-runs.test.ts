/** Every iterative model of the catalogue through the whole experiment, on the engine it trains on. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainCheckpoint } from '../../workers/protocol';
import { tensorMemory } from '../compute/backend';
import { loadBackend } from '../compute/load-backend';
import type { RunRecord } from '../core/run';
import { DEFAULT_SPLIT } from '../core/split';
import { rankers } from '../models/catalogue';
import { checkerboard } from '../models/small-world';
import { runExperiment, type ExperimentInput } from './experiment';

/** Everything but clocks and memory (a resumed run allocates in another order). */
const timeless = (r: RunRecord) => ({
  ...r, createdAt: '', seconds: null, epochs: r.epochs.map(({ seconds: _s, evaluateSeconds: _e, memory: _m, notes: _n, ...rest }) => rest),
});
/** Settings that make a toy run quick, where a model has such a number. */
const SMALL: Record<string, number> = { epochs: 3, embedding: 8, output: 8, negatives: 3, batch: 32 };

describe.each(rankers.filter((card) => card.iterative).map((card) => [card.id, card] as const))('%s on the WASM engine', (_, card) => {
  beforeAll(() => loadBackend('wasm'), 60_000);
  const world = checkerboard();
  const input: ExperimentInput = {
    runId: 'r', name: 'toy', data: world.data, split: DEFAULT_SPLIT, card, text: card.needs.text ? world.text : null,
    params: Object.fromEntries(Object.entries(SMALL).filter(([name]) => card.params[name]?.kind === 'int')),
    seed: 3, patience: 0, selection: 'validation', maskValidation: true, backend: 'wasm', build: '0',
  };

  it('cut off after any epoch and resumed from the stored checkpoint: the same record; all tensors freed', async () => {
    const before = tensorMemory().tensors;
    const checkpoints: TrainCheckpoint[] = [];
    const memory = (): number => tensorMemory().bytes;
    const whole = await runExperiment(input, { memory, progress: (p) => { if (p.kind === 'epoch') checkpoints.push(structuredClone(p.checkpoint!)); } });
    whole.recommender.dispose?.();
    expect(whole.record.epochs.map((e) => e.epoch)).toEqual([1, 2, 3]);
    expect(new Set(whole.record.epochs.map((e) => e.memory)).size, 'bytes held are flat').toBe(1);
    for (const resume of checkpoints) {
      const again = await runExperiment({ ...input, resume }, { memory });
      again.recommender.dispose?.();
      expect(timeless(again.record), `from epoch ${resume.epoch}`).toEqual(timeless(whole.record));
    }
    expect(tensorMemory().tensors).toBe(before);
  }, 60_000);
});
