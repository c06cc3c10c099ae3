import { describe, expect, expectTypeOf, it } from 'vitest';
import { choice, chosenColumns, defaultsOf, parseParams, type ParamsOf } from './params';

const specs = {
  epochs: { kind: 'int', label: 'Epochs', help: '', min: 1, max: 100, default: 10 },
  rate: { kind: 'number', label: 'Rate', help: '', min: 0, max: 1, default: 0.1, scale: 'log' },
  scorer: choice({ label: 'Scorer', help: '', options: [{ value: 'dot', label: 'Dot' }, { value: 'mlp', label: 'MLP' }], default: 'dot' }),
  centred: { kind: 'toggle', label: 'Centred', help: '', default: true },
  items: { kind: 'columns', label: 'Columns', help: '', entity: 'items', default: '*' },
} as const;

describe('parameters', () => {
  it('missing values take their default', () => {
    expect(parseParams(specs, {})).toEqual(defaultsOf(specs));
  });
  it('text from a URL becomes numbers and truth values', () => {
    expect(parseParams(specs, { epochs: '3', rate: '1e-2', centred: 'false' })).toMatchObject({ epochs: 3, rate: 0.01, centred: false });
  });
  it('a parameter may be given by its alias, which then counts and is what a refusal names', () => {
    const sweeps = { epochs: { ...specs.epochs, alias: 'iterations' } } as const;
    expect(parseParams(sweeps, { iterations: '7' })).toEqual({ epochs: 7 });
    expect(parseParams(sweeps, { epochs: 3, iterations: 7 })).toEqual({ epochs: 7 });
    expect(() => parseParams(sweeps, { iterations: 0 })).toThrow('iterations must be a whole number from 1 to 100; received 0');
    expect(() => parseParams(specs, { iterations: 7 })).toThrow('no parameter "iterations"');
  });
  it.each([
    [{ epochs: 0 }, /epochs must be a whole number from 1 to 100; received 0/],
    [{ epochs: 2.5 }, /whole number/],
    [{ rate: 'fast' }, /rate must be a number from 0 to 1; received "fast"/],
    [{ rate: Number.NaN }, /rate must be a number/],
    [{ scorer: 'cosine' }, /one of dot, mlp; received "cosine"/],
    [{ centred: 'perhaps' }, /true or false/],
    [{ depth: 3 }, /no parameter "depth". This model has: epochs, rate/],
  ])('%j is refused with the name, the value and what is allowed', (given, says) => {
    expect(() => parseParams(specs, given)).toThrow(says);
  });
  it('types follow the declaration', () => {
    expectTypeOf<ParamsOf<typeof specs>['scorer']>().toEqualTypeOf<'dot' | 'mlp'>();
    expectTypeOf<ParamsOf<typeof specs>['epochs']>().toEqualTypeOf<number>();
    expectTypeOf<ParamsOf<typeof specs>['centred']>().toEqualTypeOf<boolean>();
  });
  it('columns: * means all, an unknown name says which there are', () => {
    expect(chosenColumns('*', ['country', 'tag'])).toEqual(['country', 'tag']);
    expect(chosenColumns('', ['country'])).toEqual([]);
    expect(() => chosenColumns('genre', ['country', 'tag'])).toThrow('Available: country, tag');
  });
});
