import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemIndex, userIndex } from '../../core/ids';
import type { FitContext, Recommender, TrainData } from '../../core/model';
import { parseParams } from '../../core/params';
import { createRandom } from '../../core/random';
import { halfSweep, objective, RowSolver } from '../../math/alternating-rows';
import { csrFromTriplets, transpose } from '../../math/csr';
import { weigh } from '../../math/term-weighting';
// oxlint-disable-next-line no-restricted-imports -- the test world all models share is no sibling model
import { checkerboard, trainOf } from '../small-world';
import { confidence, sideOf } from './confidence';
import { fit } from './fit';
import { params, type AlsParams } from './params';

const train = trainOf(checkerboard(), 1);
const fitted = (given: Partial<AlsParams>, data: TrainData = train, report: FitContext<AlsParams>['report'] = async () => 'continue'): Promise<Recommender> =>
  fit({ train: data, text: null, params: parseParams(params, given), random: createRandom(1, 'fit'), signal: new AbortController().signal, report });

/** Solves M x = b by elimination with pivoting: slow and plain. */
function solved(M: number[][], b: number[]): number[] {
  const n = b.length;
  const A = M.map((row, r) => [...row, b[r]!]);
  for (let c = 0; c < n; c++) {
    const p = A.slice(c).reduce((best, row, k) => (Math.abs(row[c]!) > Math.abs(A[best]![c]!) ? k + c : best), c);
    [A[c], A[p]] = [A[p]!, A[c]!];
    for (let r = 0; r < n; r++) if (r !== c) {
      const q = A[r]![c]! / A[c]![c]!;
      for (let k = c; k <= n; k++) A[r]![k]! -= q * A[c]![k]!;
    }
  }
  return A.map((row, r) => row[n]! / row[r]!);
}
/** (Yᵀ C Y + λ)⁻¹ Yᵀ C p over all items, as the paper prints it: no Gramian trick. */
function twinRow(c: number[], p: number[], Y: number[][], lambda: number): number[] {
  const f = Y[0]!.length;
  const A = Array.from({ length: f }, (_, a) => Array.from({ length: f }, (_, b) => Y.reduce((s, y, i) => s + c[i]! * y[a]! * y[b]!, a === b ? lambda : 0)));
  return solved(A, Array.from({ length: f }, (_, a) => Y.reduce((s, y, i) => s + c[i]! * p[i]! * y[a]!, 0)));
}

describe('implicit ALS', () => {
  it('equals the equations of the paper, written out over all pairs, on random worlds', () => {
    fc.assert(fc.property(fc.record({ f: fc.integer({ min: 1, max: 5 }), U: fc.integer({ min: 1, max: 6 }), I: fc.integer({ min: 1, max: 8 }), seed: fc.nat(1e6) }), ({ f, U, I, seed }) => {
      const r = createRandom(seed, 'als');
      const pairs = Array.from({ length: U }, () => Array.from({ length: I }, () => (r.next() < 0.4 ? 1 + r.int(5) : 0)));
      const Y = Array.from({ length: I }, () => Array.from({ length: f }, () => r.normal()));
      const flat = pairs.flatMap((row, u) => row.flatMap((v, i) => (v ? [[u, i, v * 2]] : [])));
      const C = csrFromTriplets(U, I, flat.map((t) => t[0]!), flat.map((t) => t[1]!), flat.map((t) => t[2]!));
      const X = new Float64Array(U * f).fill(9);
      for (const _ of halfSweep(new RowSolver(f, 1, 0), sideOf(C, 0.3), Float64Array.from(Y.flat()), X));
      for (let u = 0; u < U; u++) {
        const twin = pairs[u]!.some(Boolean) ? twinRow(pairs[u]!.map((v) => (v ? 2 * v : 1)), pairs[u]!.map((v) => (v ? 1 : 0)), Y, 0.3) : Array.from({ length: f }, () => 0);
        twin.forEach((x, a) => expect(Math.abs(X[u * f + a]! - x)).toBeLessThan(1e-9 * Math.max(1, Math.abs(x))));
      }
    }), { numRuns: 60 });
  });

  it('the loss falls with every exact iteration and with conjugate gradient', async () => {
    for (const solver of ['cholesky', 'cg'] as const) {
      const losses: number[] = [];
      await fitted({ solver, factors: 4, epochs: 8 }, train, async (p) => {
        if (p.kind === 'epoch') losses.push(p.loss);
        return 'continue';
      });
      expect(losses).toHaveLength(8);
      for (let k = 1; k < losses.length; k++) expect(losses[k]!).toBeLessThanOrEqual(losses[k - 1]! * (1 + 1e-12));
    }
  });

  it('a new user with the history of a known one, solved exactly, is recommended like them', async () => {
    const model = await fitted({ solver: 'cholesky', factors: 6, epochs: 60, lambda: 1 });
    const known = new Float32Array(train.I);
    const folded = new Float32Array(train.I);
    for (const u of [0, 3, 11]) {
      await model.score([userIndex(u)], known);
      model.foldIn!([...train.item.subarray(train.userStart[u], train.userStart[u + 1])].map(itemIndex)).score(folded);
      for (let i = 0; i < train.I; i++) expect(Math.abs(known[i]! - folded[i]!)).toBeLessThan(1e-3);
    }
    model.foldIn!([]).score(folded);
    expect([...folded].every((s) => s === 0)).toBe(true);
  });

  it('explains an even item by even plays, with shares that stay within 1', async () => {
    const model = await fitted({ solver: 'cholesky', factors: 2, epochs: 30 });
    const reasons = model.explain!(userIndex(2), itemIndex(4));
    expect(reasons.length).toBe(5);
    for (const r of reasons) expect(Number(r.text.replace('Because of ', '')) % 2).toBe(0);
    expect(reasons.reduce((s, r) => s + Math.abs(r.weight!), 0)).toBeLessThanOrEqual(1 + 1e-12);
    expect(model.explain!(userIndex(train.U - 1), itemIndex(4))[0]!.text).toContain('no plays');
  });

  it('items of one colour are neighbours; an item nobody has is like none', async () => {
    const model = await fitted({ factors: 2, epochs: 30 });
    const near = await model.similarItems!(itemIndex(3), 7);
    expect([...near.items].every((i) => i % 2 === 1)).toBe(true);
    expect([...(await model.similarItems!(itemIndex(train.I - 1), 3)).scores]).toEqual([0, 0, 0]);
  });

  it('counts: the same, by value, by log; a value below 0 takes the pair out', () => {
    const one = { ...train, U: 1, I: 2, user: Int32Array.of(0, 0), item: Int32Array.of(0, 1), value: Float32Array.of(3, -1) };
    const targets = (counts: AlsParams['counts']) => [...confidence(one, { alpha: 2, lambda: 1, counts, weighting: 'none' }).users.target];
    expect(targets('same')).toEqual([2, 2]);
    expect(targets('value')).toEqual([6, 0]);
    expect(targets('log')).toEqual([2 * Math.log1p(3), 0]);
  });
});

const file = '../shared/reference/als.json';
interface Stage { loss: number; users: number[][]; items: number[][] }
interface Fixture {
  inputs: { users: number; items: number; ratings: [number, number, number][]; factors: number; user_start: number[][]; item_start: number[][] };
  als_exact: { inputs: { alpha: number; lambda: number }; loss_at_start: number; after_iterations: Record<string, Stage> };
  als_cg3: { after_iterations: Record<string, Stage> };
  bm25: { 'implicit_items_as_rows_K1_100_B_0.8': [number, number, number][] };
}
describe.skipIf(!existsSync(file))('against independent figures (../shared/reference/als.json)', () => {
  const ref = (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null) as Fixture;
  const ratings = () => {
    const { users: U, items: I, ratings: triplets } = ref.inputs;
    return csrFromTriplets(U, I, triplets.map((t) => t[0]), triplets.map((t) => t[1]), triplets.map((t) => t[2]));
  };

  it.each([['als_exact', 0], ['als_cg3', 3]] as const)('%s: factors to 1e-9 and loss after 1, 2 and 5 iterations', (section, steps) => {
    const { alpha, lambda } = ref.als_exact.inputs;
    const R = ratings();
    const C = { ...R, value: R.value.map((v) => alpha * v) };
    const users = sideOf(C, lambda);
    const items = sideOf(transpose(C), lambda);
    const f = ref.inputs.factors;
    const X = Float64Array.from(ref.inputs.user_start.flat());
    const Y = Float64Array.from(ref.inputs.item_start.flat());
    expect(Math.abs(objective(users, items.ridge, 1, f, X, Y) / ref.als_exact.loss_at_start - 1)).toBeLessThan(1e-11);
    const solver = new RowSolver(f, 1, steps);
    for (let iteration = 1; iteration <= 5; iteration++) {
      for (const _ of halfSweep(solver, users, Y, X));
      for (const _ of halfSweep(solver, items, X, Y));
      const expected = ref[section].after_iterations[String(iteration)];
      if (!expected) continue;
      expect(Math.max(...expected.users.flat().map((x, k) => Math.abs(x - X[k]!)))).toBeLessThan(1e-9);
      expect(Math.max(...expected.items.flat().map((y, k) => Math.abs(y - Y[k]!)))).toBeLessThan(1e-9);
      expect(Math.abs(objective(users, items.ridge, 1, f, X, Y) / expected.loss - 1)).toBeLessThan(1e-11);
    }
  });

  it('BM25 with items as documents, K1 = 100, B = 0.8: every weight to 1e-10', () => {
    const W = weigh(ratings(), 'bm25', 'columns', 100, 0.8).matrix;
    const expected = ref.bm25['implicit_items_as_rows_K1_100_B_0.8'];
    expect(W.value.length).toBe(expected.length);
    expected.forEach(([, i, w], e) => {
      expect(W.index[e]).toBe(i);
      expect(Math.abs(W.value[e]! - w)).toBeLessThan(1e-10);
    });
  });
});
