import { describe, expect, it } from 'vitest';
import { parseSettings } from './settings';

const fresh = { theme: 'auto', backend: 'auto', savedToDisk: null, tour: 'new' };
describe('stored settings', () => {
  it.each([[null], [''], ['{'], ['[]'], ['7'], ['null']])('%s gives the defaults', (text) => {
    expect(parseSettings(text)).toEqual(fresh);
  });
  it('loses only what is damaged', () => {
    expect(parseSettings('{"theme":"dark","backend":"abacus"}')).toEqual({ ...fresh, theme: 'dark' });
  });
});
