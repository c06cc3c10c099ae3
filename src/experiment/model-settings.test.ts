import { describe, expect, it } from 'vitest';
import { cardOf } from '../models/catalogue';
import { settings } from './model-settings';

const asked = (model: string, params: Record<string, string> = {}, more: { preset?: string; epochs?: number } = {}) => settings({ preset: null, epochs: null, params, ...more }, cardOf(model), () => {});

describe('settings on the command line', () => {
  it.each([
    ['item-knn', 'k', '0', /k must be a whole number from 1 to 2000; received "0"/],
    ['ease', 'lambda', '-1', /lambda must be a number from 0.01 to 1000000; received "-1"/],
    ['ease', 'lambda', 'NaN', /lambda must be a number from 0.01 to 1000000; received "NaN"/],
    ['als', 'alpha', 'Infinity', /alpha must be a number from .* to .*; received "Infinity"/],
    ['svd', 'factors', '', /factors must be a whole number from 1 to .*; received ""/],
    ['ease', 'depth', '3', /There is no parameter "depth"\. This model has: lambda/],
  ])('%s, %s=%s is refused with the range allowed', (model, name, value, message) => expect(() => asked(model, { [name]: value })).toThrow(message));
  it('what is set stands over the preset, --epochs over both', () => {
    expect(asked('als', { factors: '7' }, { preset: cardOf('als').presets[0]!.id, epochs: 3 }).params).toMatchObject({ factors: '7', epochs: 3 });
    expect(() => asked('als', {}, { preset: 'slow' })).toThrow('has no preset "slow"');
  });
});
