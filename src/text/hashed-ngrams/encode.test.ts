import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHashedNgrams, HASHED_DIM, hashedNgrams } from './encode';

const vector = (text: string): Float32Array => {
  const out = new Float32Array(HASHED_DIM);
  hashedNgrams(text, out);
  return out;
};
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, d) => sum + x * b[d]!, 0);

describe('hashed character n-grams', () => {
  it('any text that is not blank has length 1, always the same vector', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }).filter((t) => t.trim() !== ''), (text) => {
        const v = vector(text);
        expect(Math.hypot(...v)).toBeCloseTo(1, 5);
        expect(vector(text)).toEqual(v);
      }),
    );
  });
  it('ignores case, accents and punctuation', () => {
    expect(dot(vector('Café del Mar!'), vector('cafe del mar'))).toBeCloseTo(1, 6);
  });
  it('knows spelling ("rainy" near "rain") and not meaning ("storm" no nearer than "toast")', () => {
    expect(dot(vector('rain'), vector('rainy'))).toBeGreaterThan(0.3);
    expect(Math.abs(dot(vector('rain'), vector('storm')))).toBeLessThan(0.2);
    expect(Math.abs(dot(vector('rain'), vector('toast')))).toBeLessThan(0.2);
  });
  it('a blank text is a zero row and counted; order is kept', async () => {
    const texts = ['a long text about the harbour at night', '', 'rain', ' \t'];
    const { vectors, missing } = await createHashedNgrams().embed(texts);
    expect(missing).toBe(2);
    texts.forEach((text, k) => expect(vectors.slice(k * HASHED_DIM, (k + 1) * HASHED_DIM)).toEqual(vector(text)));
  });
});
