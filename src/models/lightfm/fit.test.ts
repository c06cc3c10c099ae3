import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemIndex, userIndex } from '../../core/ids';
import type { FitContext, Recommender, TrainData } from '../../core/model';
import { parseParams } from '../../core/params';
import { createRandom, type Random } from '../../core/random';
import { csrFromTriplets, type Csr } from '../../math/csr';
// oxlint-disable-next-line no-restricted-imports -- the test world all models share is no sibling model
import { checkerboard, trainOf } from '../small-world';
import { likedRow, Rivals } from './examples';
import { featureRows } from './features';
import { fit } from './fit';
import { params, type LightFmParams } from './params';
import { sigmoid, Stepper, warpWeight, type Model } from './steps';
import { initialWeights, type SideWeights } from './weights';

const train = trainOf(checkerboard(), 1);
const fitted = (given: Partial<LightFmParams>, data: TrainData = train, report: FitContext<LightFmParams>['report'] = async () => 'continue'): Promise<Recommender> =>
  fit({ train: data, text: null, params: parseParams(params, given), random: createRandom(1, 'fit'), signal: new AbortController().signal, report });
const csrOf = (dense: number[][]): Csr => {
  const t = dense.flatMap((row, r) => row.flatMap((v, c) => (v ? [[r, c, v]] : [])));
  return csrFromTriplets(dense.length, dense[0]!.length, t.map((x) => x[0]!), t.map((x) => x[1]!), t.map((x) => x[2]!));
};

/** The same steps on dense matrices, one parameter at a time, as the paper and the library's rules read. */
class Twin {
  constructor(readonly T: { u: number[][]; i: number[][] }, readonly E: { u: number[][]; i: number[][] }, readonly b: { u: number[]; i: number[] }, readonly lr: number) {
    this.GE = { u: E.u.map((r) => r.map(() => 1)), i: E.i.map((r) => r.map(() => 1)) };
    this.Gb = { u: b.u.map(() => 1), i: b.i.map(() => 1) };
  }
  GE: { u: number[][]; i: number[][] };
  Gb: { u: number[]; i: number[] };
  vector(side: 'u' | 'i', e: number): number[] {
    return this.E[side][0]!.map((_, a) => this.T[side][e]!.reduce((s, w, f) => s + w * this.E[side][f]![a]!, 0));
  }
  score(u: number, i: number): number {
    const q = this.vector('i', i);
    const bias = (side: 'u' | 'i', e: number): number => this.T[side][e]!.reduce((s, w, f) => s + w * this.b[side][f]!, 0);
    return this.vector('u', u).reduce((s, x, a) => s + x * q[a]!, 0) + bias('u', u) + bias('i', i);
  }
  /** Adagrad: divide by the root of the sum so far, then add. */
  down(side: 'u' | 'i', e: number, gradient: number[], biasGradient: number): void {
    this.T[side][e]!.forEach((w, f) => {
      if (!w) return;
      this.b[side][f]! -= (this.lr / Math.sqrt(this.Gb[side][f]!)) * biasGradient * w;
      this.Gb[side][f]! += (biasGradient * w) ** 2;
      gradient.forEach((g, a) => {
        this.E[side][f]![a]! -= (this.lr / Math.sqrt(this.GE[side][f]![a]!)) * g * w;
        this.GE[side][f]![a]! += (g * w) ** 2;
      });
    });
  }
  pair(u: number, i: number, j: number, w: number): void {
    const [p, q, n] = [this.vector('u', u), this.vector('i', i), this.vector('i', j)];
    this.down('i', i, p.map((x) => -w * x), -w);
    this.down('i', j, p.map((x) => w * x), w);
    this.down('u', u, n.map((x, a) => w * (x - q[a]!)), w);
  }
}
const weightsOf = (E: number[][]): SideWeights => ({
  embedding: Float64Array.from(E.flat()), bias: new Float64Array(E.length),
  embeddingSquares: new Float64Array(E.flat().length).fill(1), biasSquares: new Float64Array(E.length).fill(1),
});
const far = (a: ArrayLike<number>, b: number[]): number => Math.max(...b.map((x, k) => Math.abs(x - a[k]!)));

describe('LightFM steps', () => {
  it('equal the dense twin on random worlds with shared features, step after step', () => {
    fc.assert(fc.property(fc.record({ d: fc.integer({ min: 1, max: 4 }), U: fc.integer({ min: 1, max: 4 }), I: fc.integer({ min: 2, max: 5 }), F: fc.integer({ min: 1, max: 4 }), seed: fc.nat(1e6) }), ({ d, U, I, F, seed }) => {
      const r = createRandom(seed, 'lightfm');
      const table = (rows: number): number[][] => Array.from({ length: rows }, () => Array.from({ length: F }, () => (r.next() < 0.6 ? r.next() : 0)));
      const noise = (): number[][] => Array.from({ length: F }, () => Array.from({ length: d }, () => r.normal() / 2));
      const T = { u: table(U), i: table(I) };
      const E = { u: noise(), i: noise() };
      const model: Model = { d, userRows: csrOf(T.u), itemRows: csrOf(T.i), users: weightsOf(E.u), items: weightsOf(E.i) };
      const zeros = (): number[] => Array.from({ length: F }, () => 0);
      const twin = new Twin(T, E, { u: zeros(), i: zeros() }, 0.05);
      const step = new Stepper(model, { learningRate: 0.05, adagrad: true, regularisation: 0 });
      for (let n = 0; n < 8; n++) {
        const [u, i, j] = [r.int(U), r.int(I), r.int(I)];
        const s = step.meet(u, i);
        expect(Math.abs(s - twin.score(u, i))).toBeLessThan(1e-11);
        if (n % 2) {
          const y = n % 4 === 1 ? 1 : 0;
          const g = sigmoid(twin.score(u, i)) - y;
          const [p, q] = [twin.vector('u', u), twin.vector('i', i)];
          step.logistic(u, i, s, y);
          twin.down('i', i, p.map((x) => g * x), g);
          twin.down('u', u, q.map((x) => g * x), g);
        } else {
          expect(Math.abs(step.rival(j) - twin.score(u, j))).toBeLessThan(1e-11);
          step.pair(u, i, j, 0.7);
          twin.pair(u, i, j, 0.7);
        }
      }
      expect(far(model.users.embedding, twin.E.u.flat())).toBeLessThan(1e-11);
      expect(far(model.items.embedding, twin.E.i.flat())).toBeLessThan(1e-11);
      expect(far(model.users.bias, twin.b.u)).toBeLessThan(1e-11);
      expect(far(model.items.bias, twin.b.i)).toBeLessThan(1e-11);
    }), { numRuns: 60 });
  });

  it('the BPR step follows the slope of ln(1 + e^−x), by finite differences', () => {
    const r = createRandom(4, 'slope');
    const make = (): Model => ({ d: 3, userRows: csrOf([[1]]), itemRows: csrOf([[1, 0], [0, 1]]), users: initialWeights(1, 3, r), items: initialWeights(2, 3, r) });
    const model = make();
    const lossOf = (): number => {
      const probe = new Stepper(model, { learningRate: 0, adagrad: false, regularisation: 0 });
      return Math.log1p(Math.exp(-(probe.meet(0, 0) - probe.rival(1))));
    };
    const before = [...model.users.embedding, ...model.items.embedding];
    const slope = [model.users.embedding, model.items.embedding].flatMap((E) => [...E].map((x, k) => {
      E[k] = x + 1e-5;
      const up = lossOf();
      E[k] = x - 1e-5;
      const down = lossOf();
      E[k] = x;
      return (up - down) / 2e-5;
    }));
    const step = new Stepper(model, { learningRate: 0.1, adagrad: false, regularisation: 0 });
    step.pair(0, 0, 1, sigmoid(-(step.meet(0, 0) - step.rival(1))));
    const after = [...model.users.embedding, ...model.items.embedding];
    after.forEach((x, k) => expect((before[k]! - x) / 0.1).toBeCloseTo(slope[k]!, 8));
  });
});

describe('LightFM examples', () => {
  it('a BPR rival is never one the user likes; a user who has everything gets none', () => {
    const all = { ...train, value: null };
    const rivals = new Rivals(all, Int32Array.from(all.user, (_, n) => n));
    const draw = createRandom(2, 'rivals');
    for (let n = 0; n < 300; n++) expect(rivals.likes(n % 24, rivals.unlikedByPopularity(n % 24, draw))).toBe(false);
    const one: TrainData = { ...train, U: 1, I: 2, user: Int32Array.of(0, 0), item: Int32Array.of(0, 1), value: null };
    expect(new Rivals(one, Int32Array.of(0, 1)).unlikedByPopularity(0, draw)).toBe(-1);
  });

  it('a value below 0 is a dislike, anything else a play', () => {
    expect([0, 1, 2].map((n) => likedRow({ value: Float32Array.of(-1, 0, 5) }, n))).toEqual([false, true, true]);
    expect(likedRow({ value: null }, 7)).toBe(true);
  });

  it('WARP weighs 40 items: found at the 1st try ln 39, at the 2nd ln 19, at the 40th 0', () => {
    expect(warpWeight(40, 1)).toBeCloseTo(Math.log(39), 14);
    expect(warpWeight(40, 2)).toBeCloseTo(Math.log(19), 14);
    expect(warpWeight(40, 40)).toBe(0);
    expect(warpWeight(1e6, 1)).toBe(10);
  });
});

describe('LightFM features', () => {
  const table = {
    ids: ['a', 'b', 'c'], label: null,
    columns: [
      { kind: 'categorical' as const, name: 'land', codes: Int32Array.of(0, 1, -1), levels: ['x', 'y'] },
      { kind: 'tags' as const, name: 'genre', offsets: Int32Array.of(0, 2, 2, 3), codes: Int32Array.of(0, 2, 1), levels: ['p', 'q', 'r'] },
      { kind: 'categorical' as const, name: 'serial', codes: Int32Array.of(0, 1, 2), levels: ['1', '2', '3'] },
    ],
  };
  const row = (m: Csr, e: number) => Object.fromEntries(Array.from({ length: m.start[e + 1]! - m.start[e]! }, (_, k) => [m.index[m.start[e]! + k]!, m.value[m.start[e]! + k]!]));

  it('id, one level, tags sharing one weight: 1/3, 1/3, 1/6 and 1/6; empty cells leave more to the rest; * skips the serial number', () => {
    const { matrix, nameOf } = featureRows(table, 'item', '*', true, true);
    expect(matrix.cols).toBe(3 + 2 + 3);
    const near = (got: Record<string, number>, want: Record<string, number>): void => {
      expect(Object.keys(got)).toEqual(Object.keys(want));
      for (const k of Object.keys(want)) expect(got[k]).toBeCloseTo(want[k]!, 14);
    };
    near(row(matrix, 0), { 0: 1 / 3, 3: 1 / 3, 5: 1 / 6, 7: 1 / 6 });
    near(row(matrix, 1), { 1: 1 / 2, 4: 1 / 2 });
    near(row(matrix, 2), { 2: 1 / 2, 6: 1 / 2 });
    expect(row(featureRows(table, 'item', '*', true, false).matrix, 0)).toEqual({ 0: 1, 3: 1, 5: 1 / 2, 7: 1 / 2 });
    expect([0, 4, 7].map(nameOf)).toEqual([null, 'land: y', 'genre: r']);
  });
  it('a column that is not there, and a side without anything to know it by, are refused', () => {
    expect(() => featureRows(table, 'item', 'colour', true, true)).toThrow('no categorical column "colour"');
    expect(() => featureRows(table, 'user', '', false, true)).toThrow('nothing to know users by');
  });
});

describe('LightFM', () => {
  it.each(['warp', 'bpr'] as const)('%s on ids alone learns the checkerboard, and its loss falls', async (loss) => {
    const losses: number[] = [];
    const model = await fitted({ loss, factors: 8, epochs: 60, itemFeatures: '', userFeatures: '' }, train, async (p) => {
      if (p.kind === 'epoch') losses.push(p.loss);
      return 'continue';
    });
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2);
    const out = new Float32Array(train.I);
    let right = 0;
    for (let u = 0; u < train.U - 1; u++) {
      await model.score([userIndex(u)], out);
      const own = train.item.subarray(train.userStart[u], train.userStart[u + 1]);
      const open = Array.from({ length: train.I - 1 }, (_, i) => i).filter((i) => !own.includes(i));
      if (open.reduce((best, i) => (out[i]! > out[best]! ? i : best), open[0]!) % 2 === u % 2) right++;
    }
    expect(right).toBeGreaterThanOrEqual(22); // of 24
  });

  it('an item nobody has played is offered to those who like its kind when columns are used', async () => {
    const { data } = checkerboard();
    const column = data.items.columns[0]!;
    if (column.kind !== 'categorical') throw new Error('The checkerboard has a categorical column.');
    // Two new items, 16 (even) and 17 (odd): known by their column alone.
    const items = { ids: [...data.items.ids, '16', '17'], label: null, columns: [{ ...column, codes: Int32Array.of(...column.codes, 0, 1) }] };
    const widened: TrainData = { ...trainOf(checkerboard()), I: 18, items, itemDegree: Int32Array.of(...trainOf(checkerboard()).itemDegree, 0, 0) };
    const model = await fitted({ loss: 'warp', factors: 4, epochs: 60, itemIds: false, userFeatures: '' }, widened);
    const out = new Float32Array(18);
    for (const u of [0, 1, 2, 3, 10, 11]) {
      await model.score([userIndex(u)], out);
      expect(out[16 + (u % 2)]!).toBeGreaterThan(out[16 + ((u + 1) % 2)]!);
    }
  });

  it('explains a score by columns and id, shares adding up to 1, and its vectors’ dot product is the score', async () => {
    const model = await fitted({ loss: 'warp', factors: 4, epochs: 20 });
    const reasons = model.explain!(userIndex(0), itemIndex(2));
    expect(reasons.some((r) => r.text.includes('parity: even'))).toBe(true);
    expect(reasons.reduce((s, r) => s + Math.abs(r.weight!), 0)).toBeCloseTo(1, 12);
    const out = new Float32Array(train.I);
    await model.score([userIndex(3)], out);
    const { users, items } = await model.vectors!();
    for (let i = 0; i < train.I; i++) {
      let s = 0;
      for (let a = 0; a < users.cols; a++) s += users.data[3 * users.cols + a]! * items.data[i * items.cols + a]!;
      expect(Math.abs(s - out[i]!)).toBeLessThan(1e-5);
    }
  });
});

interface Logistic {
  inputs: { user_features: number[][]; item_features: number[][]; sequence: [number, number, number][]; user_embeddings: number[][]; item_embeddings: number[][]; learning_rate: number };
  expected: Record<string, number[] | number[][]>;
}
interface Warp {
  inputs: { items: number; positive: number; negative: number; tries: number; learning_rate: number; user_embedding: number[]; positive_embedding: number[]; negative_embedding: number[] };
  expected: { weight: number; user_embedding: number[]; positive_embedding: number[]; negative_embedding: number[]; positive_bias: number; negative_bias: number; user_bias: number };
}
interface Bpr {
  inputs: { user: number; liked: number; other: number; liked_bias: number; other_bias: number; learning_rate: number; regularisation: number };
  expected: { x: number; gradient_weight: number; loss: number; user: number[]; liked: number[]; other: number[]; liked_bias: number; other_bias: number };
}
const folder = '../shared/reference';
describe.skipIf(!existsSync(`${folder}/lightfm.json`))('against independent figures (../shared/reference)', () => {
  const read = <T>(name: string): T => (existsSync(`${folder}/${name}`) ? JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) : null) as T;
  const steps = read<{ steps: { logistic_with_features: Logistic; warp_one_example: Warp } }>('lightfm.json')?.steps;
  const linear = read<{ inputs: { user_start: number[][]; item_start: number[][] }; bpr_step: Bpr; warp_weight: { items_40: [number, number][]; items_100000: [number, number][] } }>('als.json');

  it('five logistic steps with shared features: scores, embeddings, biases and accumulators to 1e-12', () => {
    const { inputs, expected } = steps.logistic_with_features;
    const model: Model = { d: 4, userRows: csrOf(inputs.user_features), itemRows: csrOf(inputs.item_features), users: weightsOf(inputs.user_embeddings), items: weightsOf(inputs.item_embeddings) };
    const step = new Stepper(model, { learningRate: inputs.learning_rate, adagrad: true, regularisation: 0 });
    const met = inputs.sequence.map(([u, i, y]) => {
      const s = step.meet(u, i);
      step.logistic(u, i, s, y > 0 ? 1 : 0);
      return s;
    });
    const got: Record<string, ArrayLike<number>> = {
      predictions_when_met: met, user_embeddings: model.users.embedding, item_embeddings: model.items.embedding, user_biases: model.users.bias, item_biases: model.items.bias,
      user_accumulators: model.users.embeddingSquares, item_accumulators: model.items.embeddingSquares, user_bias_accumulators: model.users.biasSquares, item_bias_accumulators: model.items.biasSquares,
    };
    expect(Object.keys(expected).sort()).toEqual(Object.keys(got).sort());
    // The file keeps 12 significant digits.
    for (const [name, want] of Object.entries(expected)) expect(far(got[name]!, want.flat()), name).toBeLessThan(1.5e-12 * 4);
  });

  it('one WARP step to 1e-12', () => {
    const { inputs: g, expected } = steps.warp_one_example;
    const E = Array.from({ length: g.items }, (_, i) => (i === g.positive ? g.positive_embedding : i === g.negative ? g.negative_embedding : [0, 0, 0, 0]));
    const identity = E.map((_, r) => E.map((__, c) => (r === c ? 1 : 0)));
    const model: Model = { d: 4, userRows: csrOf([[1]]), itemRows: csrOf(identity), users: weightsOf([g.user_embedding]), items: weightsOf(E) };
    const step = new Stepper(model, { learningRate: g.learning_rate, adagrad: true, regularisation: 0 });
    const s = step.meet(0, g.positive);
    expect(step.rival(g.negative)).toBeGreaterThan(s - 1);
    const w = warpWeight(g.items, g.tries);
    step.pair(0, g.positive, g.negative, w);
    const at = (i: number) => model.items.embedding.subarray(i * 4, i * 4 + 4);
    expect(Math.abs(w - expected.weight)).toBeLessThan(6e-12);
    expect(far(model.users.embedding, expected.user_embedding)).toBeLessThan(1e-12);
    expect(far(at(g.positive), expected.positive_embedding)).toBeLessThan(1e-12);
    expect(far(at(g.negative), expected.negative_embedding)).toBeLessThan(1e-12);
    expect(far([model.items.bias[g.positive]!, model.items.bias[g.negative]!, model.users.bias[0]!], [expected.positive_bias, expected.negative_bias, expected.user_bias])).toBeLessThan(1e-12);
  });

  it('one BPR step of plain SGD, and the WARP weights of 40 and of 100,000 items, to 1e-12', () => {
    const { inputs: g, expected } = linear.bpr_step;
    const I = linear.inputs.item_start.length;
    const model: Model = {
      d: 6, userRows: csrOf([[1]]), itemRows: csrOf(Array.from({ length: I }, (_, r) => Array.from({ length: I }, (__, c) => (r === c ? 1 : 0)))),
      users: weightsOf([linear.inputs.user_start[g.user]!]), items: weightsOf(linear.inputs.item_start),
    };
    model.items.bias[g.liked] = g.liked_bias;
    model.items.bias[g.other] = g.other_bias;
    const step = new Stepper(model, { learningRate: g.learning_rate, adagrad: false, regularisation: g.regularisation });
    const x = step.meet(0, g.liked) - step.rival(g.other);
    expect(Math.abs(x - expected.x)).toBeLessThan(1e-12);
    step.pair(0, g.liked, g.other, sigmoid(-x));
    const at = (i: number) => model.items.embedding.subarray(i * 6, i * 6 + 6);
    expect(far(model.users.embedding, expected.user)).toBeLessThan(1e-12);
    expect(far(at(g.liked), expected.liked)).toBeLessThan(1e-12);
    expect(far(at(g.other), expected.other)).toBeLessThan(1e-12);
    expect(far([model.items.bias[g.liked]!, model.items.bias[g.other]!], [expected.liked_bias, expected.other_bias])).toBeLessThan(1e-12);
    for (const [I2, table] of [[40, linear.warp_weight.items_40], [100000, linear.warp_weight.items_100000]] as const) {
      for (const [tries, w] of table) expect(Math.abs(warpWeight(I2, tries) - w)).toBeLessThan(6e-12);
    }
  });
});

describe('LightFM randomness', () => {
  it('another seed gives another model', async () => {
    const scoresWith = async (random: Random): Promise<number[]> => {
      const model = await fit({ train, text: null, params: parseParams(params, { epochs: 1, factors: 4 }), random, signal: new AbortController().signal, report: async () => 'continue' });
      const out = new Float32Array(train.I);
      await model.score([userIndex(0)], out);
      return [...out];
    };
    expect(await scoresWith(createRandom(1, 'fit'))).not.toEqual(await scoresWith(createRandom(2, 'fit')));
  });
});
