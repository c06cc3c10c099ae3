import { describe, expect, it } from 'vitest';
import { cardOf } from '../models/catalogue';
import { overSeeds } from './seed-runs';

const seeds = { seed: 1, seeds: [1, 2, 3] };

describe('several seeds on the command line', () => {
  it('one run a seed, in order; without a list only the one seed', async () => {
    const one = async (seed: number) => ({ status: 'done', seed });
    expect((await overSeeds(seeds, cardOf('als'), () => false, one)).map((r) => r.seed)).toEqual([1, 2, 3]);
    expect(await overSeeds({ seed: 7, seeds: null }, cardOf('als'), () => false, one)).toEqual([{ status: 'done', seed: 7 }]);
  });
  it('a model without chance runs once', async () => {
    expect(await overSeeds(seeds, cardOf('ease'), () => false, async (seed) => ({ status: 'done', seed }))).toEqual([{ status: 'done', seed: 1 }]);
  });
  it('stopped in the second run: the first alone is reported, whether the second has half a result or none', async () => {
    for (const half of [true, false]) {
      let stopped = false;
      const one = async (seed: number) => {
        if (seed === 1) return { status: 'done', seed };
        stopped = true;
        if (!half) throw new Error('no result');
        return { status: 'stopped', seed };
      };
      expect(await overSeeds(seeds, cardOf('als'), () => stopped, one)).toEqual([{ status: 'done', seed: 1 }]);
    }
  });
  it('stopped in the first run: what it has is reported; a fault stays a fault', async () => {
    expect(await overSeeds(seeds, cardOf('als'), () => true, async (seed) => ({ status: 'stopped', seed }))).toEqual([{ status: 'stopped', seed: 1 }]);
    await expect(overSeeds(seeds, cardOf('als'), () => false, async () => Promise.reject(new Error('fault')))).rejects.toThrow('fault');
  });
});
