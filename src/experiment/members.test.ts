import { describe, expect, it } from 'vitest';
import { DEFAULT_SPLIT } from '../core/split';
import { cardOf } from '../models/catalogue';
import { checkerboard } from '../models/small-world';
import { runExperiment } from './experiment';
import { runTrial } from './trial';

describe('a blend in a search', () => {
  it('is fitted with its members, and scores on validation what the tuning found', async () => {
    const { data } = checkerboard();
    const blend = { data, split: DEFAULT_SPLIT, card: cardOf('hybrid'), params: { members: 'item-knn(k=5):0.5,popularity:0.5', tune: true }, text: null, seed: 1, patience: 0 };
    const trial = await runTrial(blend);
    const { record, recommender } = await runExperiment({ ...blend, runId: 'r', name: 'blend', selection: 'validation', maskValidation: true, backend: 'typescript', build: '0' });
    recommender.dispose?.();
    const tuned = Number(/\((\d\.\d{4})\)/.exec(record.notes)?.[1]);
    expect(trial.score.value).toBeCloseTo(tuned, 4);
    expect(trial.n).toBe(data.users.ids.length);
  });
});
