import { describe, expect, it } from 'vitest';
import { DEFAULT_SPLIT } from '../../../core/split';
import { cardOf } from '../../../models/catalogue';
import { presetValues } from '../../../app/train-config';
import type { ParamSpec } from '../../../core/params';
import { ablationPlan, armsOf, modelValues, typedValues, usualValues, type AblationForm } from './arms';

const world = { dataHash: 'd', split: DEFAULT_SPLIT, vectors: [{ key: 'lyrics · minilm', column: 'lyrics', encoder: 'minilm' }, { key: 'title · minilm', column: 'title', encoder: 'minilm' }] };
const form: AblationForm = { model: 'two-tower', preset: null, vary: 'text', values: ['none', 'lyrics · minilm'], seeds: '1, 2', epochs: '2' };
const make = (patch: Partial<AblationForm>) => ablationPlan({ ...form, ...patch }, cardOf(patch.model ?? form.model), world, 'p', '2026-11-21T12:00:00.000Z');

describe('an ablation as a plan', () => {
  it('two text choices and two seeds are four runs of one split that differ in text and seed alone', () => {
    const made = make({});
    if (!('plan' in made)) throw new Error(made.obstacle);
    expect(made.plan.runs.map((r) => [r.textKey, r.seed, r.params['epochs']])).toEqual([[null, 1, 2], [null, 2, 2], ['lyrics · minilm', 1, 2], ['lyrics · minilm', 2, 2]]);
    expect(new Set(made.plan.runs.map((r) => JSON.stringify(r.split))).size).toBe(1);
    expect(armsOf(made.plan, cardOf('two-tower').name)).toEqual([{ label: 'no text', runs: ['arm0-seed1', 'arm0-seed2'] }, { label: 'lyrics', runs: ['arm1-seed1', 'arm1-seed2'] }]);
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
  it('an arm is called by what its form says, also where model and choice have commas in their names', () => {
    const made = make({ model: 'neumf', vary: 'optimiser', values: ['adam', 'lazyAdam'], seeds: '1', epochs: '1' });
    if (!('plan' in made)) throw new Error(made.obstacle);
    expect(armsOf(made.plan, cardOf('neumf').name).map((a) => a.label)).toEqual(['Optimiser Adam', 'Optimiser Adam, touched rows']);
  });
  it('models are arms too: each with its own preset, named by model and preset, reading the same text', () => {
    const made = make({ preset: 'fast', vary: 'model', values: ['two-tower', 'buhs', 'popularity'], seeds: '1, 2', epochs: '' });
    if (!('plan' in made)) throw new Error(made.obstacle);
    const [fast, quick] = [presetValues(cardOf('two-tower'), 'fast'), presetValues(cardOf('buhs'), cardOf('buhs').presets[0]!.id)];
    expect(made.plan.runs.map((r) => [r.model, r.seed, r.textKey, r.params['epochs']])).toEqual([
      ['two-tower', 1, 'lyrics · minilm', fast['epochs']], ['two-tower', 2, 'lyrics · minilm', fast['epochs']],
      ['buhs', 1, 'lyrics · minilm', quick['epochs']], ['buhs', 2, 'lyrics · minilm', quick['epochs']], ['popularity', 1, null, undefined],
    ]);
    expect(armsOf(made.plan, cardOf('two-tower').name).map((a) => a.runs.length)).toEqual([2, 2, 1]);
    expect(armsOf(made.plan, cardOf('two-tower').name)[1]!.label).toBe(`${cardOf('buhs').name}, ${cardOf('buhs').presets[0]!.label}`);
  });
  it('offers the chosen model first and each of the others once; refuses one that is not there, or there twice', () => {
    expect(modelValues('buhs')[0]).toBe('buhs');
    expect(new Set(modelValues('buhs')).size).toBe(modelValues('buhs').length);
    const refused = (values: string[]): string => {
      const made = make({ vary: 'model', values, epochs: '' });
      return 'obstacle' in made ? made.obstacle : '';
    };
    expect([refused(['buhs']), refused(['buhs', 'nobody']), refused(['buhs', 'buhs'])]).toEqual(['Choose two or more models.', 'There is no model "nobody".', expect.stringMatching(/is there twice/)]);
  });
  it('one value written in two ways is one arm, and is refused twice', () => {
    const made = make({ model: 'ease', vary: 'lambda', values: ['10', '10.0'], epochs: '' });
    expect('obstacle' in made && made.obstacle).toMatch(/is there twice/);
  });
  it('begins with what the preset has as the reference: every option of a choice, half and twice of a number, within its range', () => {
    const usual = (model: string, name: string, preset: string | null = null): string[] => usualValues((cardOf(model).params as Record<string, ParamSpec>)[name], presetValues(cardOf(model), preset)[name]);
    expect(usual('two-tower', 'scorer')).toEqual(['dotCompress', 'dot', 'mlp']);
    expect(usual('two-tower', 'useIds')).toEqual(['true', 'false']);
    expect(usual('two-tower', 'embedding', 'fast')).toEqual(['32', '16', '64']);
    expect(usual('two-tower', 'embedding')).toEqual(['96', '48', '192']);
    expect(usual('two-tower', 'weightDecay')).toEqual(['0', '0.01']);
  });
  it('values are read with commas or spaces, each once', () => {
    expect(typedValues('10, 500 500;1e3')).toEqual(['10', '500', '1e3']);
  });
});
