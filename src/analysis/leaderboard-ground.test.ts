import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../core/run';
import { apartFrom, groundKey, groundOf } from './leaderboard-ground';
import { rankedRun } from './ranked-run';

const base = rankedRun([1, 2, 3]);
/** Each differs from `base` in one thing that results rest on, or, the first, in none. */
const variants: Record<string, Partial<RunRecord>> = {
  'another seed': { seed: 99 },
  'other data': { data: { ...base.data, hash: 'data-b' } },
  'another split': { split: { ...base.split, hash: 'split-b' } },
  'listed candidates': { sampled: { origin: 'listed', negatives: 99 } },
  'fewer listed candidates': { sampled: { origin: 'listed', negatives: 50 } },
  'validation items among the candidates': { split: { ...base.split, validation: 3 }, measured: { patience: 0, maskValidation: false } },
  'an epoch chosen on the test': { selection: 'test' },
};
const runs = [base, ...Object.values(variants).map((change) => ({ ...base, ...change }))];

describe('the ground a run stands on', () => {
  it('two runs have one key exactly when one may stand on the board of the other', () => {
    for (const a of runs) for (const b of runs) expect(groundKey(groundOf(a)) === groundKey(groundOf(b)), `${apartFrom(a, groundOf(b))}`).toBe(apartFrom(a, groundOf(b)) === null);
  });
  it.each(Object.keys(variants).slice(1))('%s is another ground; another seed is not', (name) => {
    expect(apartFrom({ ...base, ...variants[name] }, groundOf(base))).not.toBeNull();
    expect(apartFrom({ ...base, ...variants['another seed'] }, groundOf(base))).toBeNull();
  });
});
