import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemIndex, userIndex } from '../../core/ids';
import { parseParams } from '../../core/params';
import { createRandom } from '../../core/random';
import { halfSweep, objective, RowSolver } from '../../math/alternating-rows';
import { csrFromTriplets, transpose } from '../../math/csr';
// oxlint-disable-next-line no-restricted-imports -- the test world all models share is no sibling model
import { checkerboard, trainOf } from '../small-world';
import { fit, sideOf } from './fit';
import { params } from './params';

const p = { lambda: 0.05, alpha0: 0.2, nu: 0.8 };

/** The objective of the paper as a double loop. */
function twin(pairs: number[][], X: number[][], Y: number[][]): number {
  const square = (v: number[]): number => v.reduce((s, x) => s + x * x, 0);
  const plays = (column: number): number => pairs.reduce((s, row) => s + row[column]!, 0);
  let sum = 0;
  X.forEach((x, u) => Y.forEach((y, i) => {
    const s = x.reduce((t, v, a) => t + v * y[a]!, 0);
    sum += pairs[u]![i]! * (s - 1) ** 2 + p.alpha0 * s * s;
  }));
  X.forEach((x, u) => (sum += p.lambda * (pairs[u]!.reduce((s, v) => s + v, 0) + p.alpha0 * Y.length) ** p.nu * square(x)));
  Y.forEach((y, i) => (sum += p.lambda * (plays(i) + p.alpha0 * X.length) ** p.nu * square(y)));
  return sum;
}
const rowsOf = (M: Float64Array, f: number): number[][] => Array.from({ length: M.length / f }, (_, r) => [...M.subarray(r * f, (r + 1) * f)]);

describe('iALS', () => {
  it('its loss is the double loop over all pairs, and each exact half sweep ends where no small move lowers it', () => {
    fc.assert(fc.property(fc.record({ f: fc.integer({ min: 1, max: 4 }), U: fc.integer({ min: 1, max: 6 }), I: fc.integer({ min: 1, max: 8 }), seed: fc.nat(1e6) }), ({ f, U, I, seed }) => {
      const r = createRandom(seed, 'ials');
      const pairs = Array.from({ length: U }, () => Array.from({ length: I }, () => (r.next() < 0.4 ? 1 : 0)));
      const flat = pairs.flatMap((row, u) => row.flatMap((v, i) => (v ? [[u, i]] : [])));
      const S = csrFromTriplets(U, I, flat.map((t) => t[0]!), flat.map((t) => t[1]!), null);
      const users = sideOf(S, p);
      const items = sideOf(transpose(S), p);
      const X = Float64Array.from({ length: U * f }, () => r.normal());
      const Y = Float64Array.from({ length: I * f }, () => r.normal());
      for (const _ of halfSweep(new RowSolver(f, p.alpha0, 0), users, Y, X));
      const best = twin(pairs, rowsOf(X, f), rowsOf(Y, f));
      expect(Math.abs(objective(users, items.ridge, p.alpha0, f, X, Y) - best)).toBeLessThan(1e-10 * Math.max(1, best));
      for (const by of [1e-3, -1e-3]) {
        const Z = X.slice();
        Z[(U - 1) * f]! += by;
        expect(twin(pairs, rowsOf(Z, f), rowsOf(Y, f))).toBeGreaterThan(best);
      }
    }), { numRuns: 50 });
  });

  it('a new user with the history of a known one is recommended like them; one without a history gets 0 everywhere', async () => {
    const train = trainOf(checkerboard(), 1);
    const model = await fit({
      train, text: null, params: parseParams(params, { factors: 2, epochs: 100, lambda: 0.05 }), random: createRandom(1, 'fit'),
      signal: new AbortController().signal, report: async () => 'continue',
    });
    const known = new Float32Array(train.I);
    const folded = new Float32Array(train.I);
    await model.score([userIndex(5)], known);
    model.foldIn!([...train.item.subarray(train.userStart[5], train.userStart[6])].map(itemIndex)).score(folded);
    for (let i = 0; i < train.I; i++) expect(Math.abs(known[i]! - folded[i]!)).toBeLessThan(1e-3);
    model.foldIn!([]).score(folded);
    expect([...folded].every((s) => s === 0)).toBe(true);
  });
});

const file = '../shared/reference/als.json';
interface Fixture {
  inputs: { users: number; items: number; ratings: [number, number, number][]; factors: number; user_start: number[][]; item_start: number[][] };
  ials: { inputs: { alpha0: number; lambda: number; nu: number }; after_iterations: Record<string, { loss: number; users: number[][]; items: number[][] }> };
}
describe.skipIf(!existsSync(file))('against independent figures (../shared/reference/als.json)', () => {
  it('factors to 1e-9 and loss after 1 and 2 iterations', () => {
    const ref = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
    const { users: U, items: I, ratings, factors: f } = ref.inputs;
    const S = csrFromTriplets(U, I, ratings.map((t) => t[0]), ratings.map((t) => t[1]), null);
    const given = ref.ials.inputs;
    const users = sideOf(S, given);
    const items = sideOf(transpose(S), given);
    const X = new Float64Array(U * f);
    const Y = Float64Array.from(ref.inputs.item_start.flat());
    const solver = new RowSolver(f, given.alpha0, 0);
    for (const iteration of ['1', '2']) {
      for (const _ of halfSweep(solver, users, Y, X));
      for (const _ of halfSweep(solver, items, X, Y));
      const expected = ref.ials.after_iterations[iteration]!;
      expect(Math.max(...expected.users.flat().map((x, k) => Math.abs(x - X[k]!)))).toBeLessThan(1e-9);
      expect(Math.max(...expected.items.flat().map((y, k) => Math.abs(y - Y[k]!)))).toBeLessThan(1e-9);
      expect(Math.abs(objective(users, items.ridge, given.alpha0, f, X, Y) / expected.loss - 1)).toBeLessThan(1e-11);
    }
  });
});
