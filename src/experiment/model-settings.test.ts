import { describe, expect, it } from 'vitest';
import { cardOf } from '../models/catalogue';
import { namedModel, settings } from './model-settings';

const asked = (model: string, params: Record<string, string> = {}, more: { preset?: string; epochs?: number } = {}) => settings({ preset: null, epochs: null, params, ...more }, cardOf(model), () => {});

describe('settings on the command line', () => {
  it.each([
    ['item-knn', 'k', '0', /k must be a whole number from 1 to 2000; received "0"/],
    ['ease', 'lambda', '-1', /lambda must be a number from 0.01 to 1000000; received "-1"/],
    ['ease', 'lambda', 'NaN', /lambda must be a number from 0.01 to 1000000; received "NaN"/],
    ['als', 'alpha', 'Infinity', /alpha must be a number from .* to .*; received "Infinity"/],
    ['svd', 'factors', '', /factors must be a whole number from 1 to .*; received ""/],
    ['ease', 'lambda', '1e999', /lambda must be a number from .* to .*; received "1e999"/],
    ['als', 'factors', '10abc', /factors must be a whole number from 1 to 512; received "10abc"/],
    ['ease', 'lamda', '3', /EASE has no setting "lamda"\. Did you mean lambda\? It has: lambda/],
    ['ease', 'depth', '3', /It has: lambda.* depth is a setting of random-forest\. --model ease --help/],
  ])('%s, %s=%s is refused with the range allowed', (model, name, value, message) => expect(() => asked(model, { [name]: value })).toThrow(message));
  it('what is set stands over the preset, --epochs over both', () => {
    expect(asked('als', { factors: '7' }, { preset: cardOf('als').presets[0]!.id, epochs: 3 }).params).toMatchObject({ factors: '7', epochs: 3 });
    expect(() => asked('als', { iterations: '4' }, { epochs: 3 })).toThrow('--epochs 3 and --set iterations=4');
    expect(() => asked('als', {}, { preset: 'slow' })).toThrow('has no preset "slow"');
  });
});

describe('the model that is meant', () => {
  it('an id is itself; a name of the literature is a model with a setting, and says so', () => {
    expect(namedModel('ease')).toMatchObject({ card: { id: 'ease' }, preset: null, params: {}, words: null });
    expect(namedModel('gmf')).toMatchObject({ card: { id: 'neumf' }, params: { part: 'gmf' }, words: expect.stringContaining('--set part=gmf') as string });
    const bpr = namedModel('bpr-mf');
    expect(bpr).toMatchObject({ card: { id: 'lightfm' }, preset: 'bpr-mf' });
    expect(settings({ preset: bpr.preset, params: bpr.params, epochs: null }, bpr.card, () => {}).params).toMatchObject({ loss: 'bpr' });
  });
  it.each([['itemknn', 'item-knn'], ['SVD++', 'svd-pp'], ['two_tower', 'two-tower']])('%s -> did you mean %s?', (typed, meant) => expect(() => namedModel(typed)).toThrow(`There is no model "${typed}". Did you mean ${meant}?`));
  it('what is near nothing is told what there is', () => expect(() => namedModel('gru4rec')).toThrow(/^There is no model "gru4rec"\. There are: random, popularity/));
});
