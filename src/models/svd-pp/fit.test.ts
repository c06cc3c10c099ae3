import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random';
import { ratingMatrix, type RatingMatrix } from '../../math/rating-matrix';
import { smallWorld } from '../../math/small-matrices';
import { visit, visitPlainly, type Weights } from './visit';

function start(m: RatingMatrix, D: number, seed: number): Weights {
  const r = createRandom(seed);
  const draw = (n: number): Float64Array => Float64Array.from({ length: n }, () => 0.3 * r.normal());
  return { bu: draw(m.U), bi: draw(m.I), p: draw(m.U * D), q: draw(m.I * D), y: draw(m.I * D) };
}

describe('SVD++', () => {
  it('moving all y of a user at once equals moving each after each rating: three epochs on random small worlds', () => {
    fc.assert(fc.property(smallWorld, fc.integer({ min: 1, max: 4 }), fc.integer(), (train, factors, seed) => {
      const m = ratingMatrix(train);
      const o = { factors, learningRate: 0.03, regularisation: 0.2 };
      const [fast, slow] = [start(m, factors, seed), start(m, factors, seed)];
      for (let epoch = 0; epoch < 3; epoch++) expect(visit(m, fast, o, 0, m.U)).toBeCloseTo(visitPlainly(m, slow, o, 0, m.U), 9);
      for (const name of ['bu', 'bi', 'p', 'q', 'y'] as const) fast[name].forEach((x, k) => expect(x).toBeCloseTo(slow[name][k]!, 10));
    }), { numRuns: 60 });
  });
});
