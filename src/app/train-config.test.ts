import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyModelCard } from '../core/model';
import { choice, type ParamValue } from '../core/params';
import { changedParams, configFromQuery, configToQuery, defaultCard, freshConfig, paramErrors, presetValues, resolveText, type TrainConfig } from './train-config';
import { createTrainForm, viewFromQuery, viewToQuery } from './train-form';
import type { RunRecord } from '../core/run';

const count: AnyModelCard = {
  id: 'count', name: 'Count', paper: null, chooseWhen: '', task: 'rank', iterative: false, tensors: false, needs: {}, params: {}, main: [], presets: [],
  load: () => Promise.reject(new Error('a page must not load a model')),
};
const net: AnyModelCard = {
  ...count, id: 'net', name: 'Net', iterative: true, needs: { text: 'optional' },
  params: {
    epochs: { kind: 'int', label: 'Epochs', help: '', min: 1, max: 100, default: 10 },
    rate: { kind: 'number', label: 'Rate', help: '', min: 1e-6, max: 1, default: 1e-3, scale: 'log' },
    scorer: choice({ label: 'Scorer', help: '', options: [{ value: 'dot', label: 'Dot' }, { value: 'mlp', label: 'MLP' }], default: 'dot' }),
    centred: { kind: 'toggle', label: 'Centred', help: '', default: true },
    items: { kind: 'columns', label: 'Columns', help: '', entity: 'items', default: '*' },
  },
  main: ['epochs'],
  presets: [
    { id: 'fast', label: 'Fast', note: '', params: { epochs: 5 } },
    { id: 'published', label: 'As published', note: '', params: { epochs: 2, rate: 2e-4 }, evaluation: { selection: 'test', maskValidation: false } },
  ],
};
const catalogue = [count, net];
const query = (patch: Record<string, string | null>): URLSearchParams => new URLSearchParams(Object.entries(patch).flatMap(([k, v]) => (v === null ? [] : [[k, v]])));

describe('train form and address', () => {
  const config: fc.Arbitrary<TrainConfig> = fc.record({
    preset: fc.constantFrom('fast', 'published'),
    epochs: fc.integer({ min: 1, max: 100 }),
    rate: fc.double({ min: 1e-6, max: 1, noNaN: true }),
    scorer: fc.constantFrom('dot', 'mlp'),
    centred: fc.boolean(),
    items: fc.constantFrom('*', '', 'country', 'a b,c&d'),
    text: fc.constantFrom(undefined, null, 'lyrics', 'lyrics · minilm@1'),
    seed: fc.integer({ min: 0, max: 0xffffffff }),
    patience: fc.integer({ min: 0, max: 1000 }),
  }).map(({ preset, text, seed, patience, ...params }) => ({ model: 'net', preset, params: params as Record<string, ParamValue>, text, seed, patience }));

  it('every configuration survives the way into the address and back', () => {
    fc.assert(fc.property(config, (c) => {
      const through = new URLSearchParams(query(configToQuery(net, c)).toString());
      expect(configFromQuery(catalogue, through)).toEqual({ config: c, problems: [] });
    }));
  });

  it('an untouched preset puts no parameter into the address', () => {
    expect(Object.entries(configToQuery(net, freshConfig(net))).filter(([, v]) => v !== null)).toEqual([['model', 'net'], ['preset', 'fast']]);
  });

  it('what an address asks for and cannot have is named, and the rest is taken', () => {
    const { config: c, problems } = configFromQuery(catalogue, new URLSearchParams('model=net&preset=slow&p.epochs=0&p.depth=3&p.scorer=mlp&seed=x&patience=-1'));
    expect(c.params).toMatchObject({ epochs: 5, scorer: 'mlp' });
    expect(c.seed).toBe(42);
    expect(c.patience).toBe(5);
    expect(problems).toHaveLength(5);
    expect(problems.join(' ')).toMatch(/no preset "slow".*epochs must be a whole number.*no parameter "depth".*seed must be a whole number from 0 to 4294967295; received "x".*patience must be a whole number from 0 to 1000; received "-1"/);
  });

  it('an unknown model falls back to the default one and says which there are', () => {
    const { config: c, problems } = configFromQuery(catalogue, new URLSearchParams('model=gone&p.epochs=3'));
    expect(c).toEqual(freshConfig(net));
    expect(problems).toEqual(['There is no model "gone"; this build has count, net.']);
  });

  it('the default model is the first that trains in epochs and has presets', () => {
    expect(defaultCard(catalogue).id).toBe('net');
    expect(defaultCard([count]).id).toBe('count');
  });

  it('a preset sets what it names and defaults the rest; an edit is counted as changed', () => {
    expect(presetValues(net, 'published')).toEqual({ epochs: 2, rate: 2e-4, scorer: 'dot', centred: true, items: '*' });
    const c = freshConfig(net);
    expect(changedParams(net, c)).toEqual([]);
    expect(changedParams(net, { ...c, params: { ...c.params, epochs: 6 } })).toEqual(['epochs']);
  });

  it('errors say what is allowed, per parameter', () => {
    expect(paramErrors(net, { ...freshConfig(net).params, epochs: '', rate: 7 })).toEqual({
      epochs: 'Must be a whole number from 1 to 100; received "".',
      rate: 'Must be a number from 0.000001 to 1; received 7.',
    });
  });

  it('text: lyrics unless something else was said; a column name finds its vectors; none stays none', () => {
    const vectors = [{ key: 'title · m', column: 'title' }, { key: 'lyrics · m', column: 'lyrics' }];
    expect(resolveText(net, undefined, vectors)).toBe('lyrics · m');
    expect(resolveText(net, undefined, vectors.slice(0, 1))).toBe('title · m');
    expect(resolveText(net, 'title', vectors)).toBe('title · m');
    expect(resolveText(net, null, vectors)).toBeNull();
    expect(resolveText(net, 'plot', vectors)).toBeNull();
    expect(resolveText(count, undefined, vectors)).toBeNull();
  });

  it('metric, K and slices survive the address; nonsense gives the defaults', () => {
    const view = { metric: 'MRR', k: 50, slices: ['cold' as const] };
    expect(viewFromQuery(query(viewToQuery(view)))).toEqual(view);
    expect(viewFromQuery(new URLSearchParams('metric=AUC&k=7&slices=hot'))).toEqual({ metric: 'HR', k: 10, slices: ['all', 'warm', 'cold', 'new'] });
  });

  it('selection on test comes with the preset that asks for it, edited or not, and goes with it', () => {
    const form = createTrainForm(catalogue);
    expect(form.selectionOf()).toEqual({ selection: 'validation', maskValidation: true });
    form.takePreset('published');
    form.setParam('epochs', 4);
    expect(form.selectionOf()).toEqual({ selection: 'test', maskValidation: false });
    form.takePreset('fast');
    expect(form.selectionOf().selection).toBe('validation');
  });

  it('the configuration of a run chosen on test brings the preset that says so', () => {
    const form = createTrainForm(catalogue);
    const run = { model: { id: 'net', params: { epochs: 5, rate: 1e-3, scorer: 'mlp', gone: 1 } }, selection: 'test', text: { column: 'title', encoder: 'm' }, seed: 7, measured: { patience: 3, maskValidation: false } } as unknown as RunRecord;
    form.takeRun(run);
    expect(form.store.getState().config).toEqual({ model: 'net', preset: 'published', params: { epochs: 5, rate: 1e-3, scorer: 'mlp', centred: true, items: '*' }, text: 'title · m', seed: 7, patience: 3 });
  });
});
