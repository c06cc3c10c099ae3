import { afterAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../core/run';
import { DEFAULT_SPLIT } from '../core/split';
import { allowThreads } from '../core/threads/allowance';
import { threadsHere } from '../core/threads/pool';
import { cardOf } from '../models/catalogue';
import { checkerboard } from '../models/small-world';
import { runExperiment } from './experiment';

afterAll(() => allowThreads(undefined));

describe.skipIf(threadsHere() < 2)('a fit whose work is shared by threads (skipped on one core)', () => {
  it('says so in the record, obeys what is allowed, and measures the same', async () => {
    const { data } = checkerboard(400, 120);
    const on = async (threads: number): Promise<RunRecord> => {
      allowThreads(threads);
      const { record, recommender } = await runExperiment({
        runId: 'r', name: 'r', data, split: DEFAULT_SPLIT, card: cardOf('als'), params: { factors: 256, epochs: 1 }, text: null, seed: 3, patience: 0,
        selection: 'validation', maskValidation: true, backend: 'typescript', build: '',
      });
      recommender.dispose?.();
      return record;
    };
    const [one, two] = [await on(1), await on(2)];
    expect([one.backend, two.backend]).toEqual(['typescript', 'typescript, 2 threads']);
    expect(two.perUser).toEqual(one.perUser);
    expect(two.test).toEqual(one.test);
  });
});
