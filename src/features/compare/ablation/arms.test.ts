import { describe, expect, it } from 'vitest';
import { DEFAULT_SPLIT } from '../../../core/split';
import { cardOf } from '../../../models/catalogue';
import { ablationPlan, armsOf, typedValues, type AblationForm } from './arms';

const world = { dataHash: 'd', split: DEFAULT_SPLIT, vectors: [{ key: 'lyrics · minilm', column: 'lyrics', encoder: 'minilm' }, { key: 'title · minilm', column: 'title', encoder: 'minilm' }] };
const form: AblationForm = { model: 'two-tower', preset: null, vary: 'text', values: ['none', 'lyrics · minilm'], seeds: '1, 2', epochs: '2' };
const make = (patch: Partial<AblationForm>) => ablationPlan({ ...form, ...patch }, cardOf(patch.model ?? form.model), world, 'p', '2026-11-21T12:00:00.000Z');

describe('an ablation as a plan', () => {
  it('two text choices and two seeds are four runs of one split that differ in text and seed alone', () => {
    const made = make({});
    if (!('plan' in made)) throw new Error(made.obstacle);
    expect(made.plan.runs.map((r) => [r.textKey, r.seed, r.params['epochs']])).toEqual([[null, 1, 2], [null, 2, 2], ['lyrics · minilm', 1, 2], ['lyrics · minilm', 2, 2]]);
    expect(new Set(made.plan.runs.map((r) => JSON.stringify(r.split))).size).toBe(1);
    expect(armsOf(made.plan)).toEqual([{ label: 'no text', runs: ['arm0-seed1', 'arm0-seed2'] }, { label: 'lyrics', runs: ['arm1-seed1', 'arm1-seed2'] }]);
  });
  it('a model without chance in it runs once per value', () => {
    const made = make({ model: 'ease', vary: 'lambda', values: ['10', '500'], epochs: '' });
    if (!('plan' in made)) throw new Error(made.obstacle);
    expect(made.plan.runs.map((r) => r.params['lambda'])).toEqual([10, 500]);
  });
  it.each([
    [{ values: ['none'] }, /two or more/],
    [{ seeds: '1, x' }, /"x" is not a seed/],
    [{ epochs: '0' }, /epochs must be a whole number from 1 to/],
    [{ values: ['none', 'summary · minilm'] }, /There are no vectors/],
    [{ seeds: Array.from({ length: 20 }, (_, k) => k).join(), values: ['none', 'lyrics · minilm', 'title · minilm', 'none2'] }, /no vectors|too many/],
  ])('refuses %j and says what is allowed', (patch, message) => {
    const made = make(patch);
    expect('obstacle' in made && made.obstacle).toMatch(message);
  });
  it('values are read with commas or spaces, each once', () => {
    expect(typedValues('10, 500 500;1e3')).toEqual(['10', '500', '1e3']);
  });
});
