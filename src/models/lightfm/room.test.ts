import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TrainData } from '../../core/model';
import { parseParams } from '../../core/params';
import { createRandom, type Random } from '../../core/random';
import { csrFromTriplets, type Csr } from '../../math/csr';
// oxlint-disable-next-line no-restricted-imports -- the test world all models share is no sibling model
import { checkerboard, trainOf } from '../small-world';
import { likedRow, Rivals } from './examples';
import { fit } from './fit';
import { params } from './params';
import { stepRoom } from './room';
import { warpWeight, type Model } from './steps';
import { plainRoom } from './visits';
import { initialWeights, type SideWeights } from './weights';

const shapes = fc.record({
  loss: fc.constantFrom('warp' as const, 'bpr' as const, 'logistic' as const), optimiser: fc.constantFrom('adagrad' as const, 'sgd' as const),
  factors: fc.integer({ min: 1, max: 13 }), regularisation: fc.constantFrom(0, 0.02), maxSampled: fc.integer({ min: 1, max: 5 }),
  U: fc.integer({ min: 1, max: 8 }), I: fc.integer({ min: 1, max: 9 }), N: fc.integer({ min: 1, max: 60 }), extra: fc.integer({ min: 0, max: 4 }), ids: fc.boolean(), seed: fc.nat(1e6),
});

/** Rows of one own feature each, of shared ones, of both, or of none at all. */
function featuresOf(rows: number, extra: number, ids: boolean, r: Random): Csr {
  const list: [number, number, number][] = [];
  for (let e = 0; e < rows; e++) {
    if (ids) list.push([e, e, 1]);
    for (let f = 0; f < extra; f++) if (r.next() < 0.4) list.push([e, rows + f, r.next() < 0.5 ? 1 : r.next()]);
  }
  return csrFromTriplets(rows, rows + extra, list.map((x) => x[0]), list.map((x) => x[1]), list.map((x) => x[2]));
}
const numbers = (w: SideWeights): number[] => [...w.embedding, ...w.bias, ...w.embeddingSquares, ...w.biasSquares];

it('SIMD and plain arithmetic agree to the bit: weights, loss and generator, for every loss, optimiser, width and kind of features', async () => {
  await fc.assert(fc.asyncProperty(shapes, async (shape) => {
    const { U, I, N, extra, ids, seed } = shape;
    const given = parseParams(params, { loss: shape.loss, optimiser: shape.optimiser, factors: shape.factors, regularisation: shape.regularisation, maxSampled: shape.maxSampled, learningRate: 0.3 });
    const r = createRandom(seed, 'room');
    const rows = { users: featuresOf(U, extra, ids, r), items: featuresOf(I, extra, ids, r) };
    const train = {
      U, I, user: Int32Array.from({ length: N }, () => r.int(U)), item: Int32Array.from({ length: N }, () => r.int(I)), value: Float32Array.from({ length: N }, (_, n) => (n > 0 && r.next() < 0.2 ? -1 : 1)),
    } as unknown as TrainData;
    const liked = Int32Array.from({ length: N }, (_, n) => n).filter((n) => likedRow(train, n));
    const warp = Array.from({ length: given.maxSampled + 1 }, (_, t) => (t ? warpWeight(40, t) : 0));
    const modelOf = (): Model => ({ d: given.factors, userRows: rows.users, itemRows: rows.items, users: initialWeights(U + extra, given.factors, createRandom(seed, 'users')), items: initialWeights(I + extra, given.factors, createRandom(seed, 'items')) });
    const rivals = new Rivals(train, liked);
    const [fast, slow] = [modelOf(), modelOf()];
    const order = Int32Array.from({ length: N }, () => (shape.loss === 'logistic' ? r.int(N) : liked[r.int(liked.length)]!));
    const half = r.int(N + 1);
    const done = [await stepRoom(fast, train, rivals, given, warp), plainRoom(slow, train, rivals, given, warp)].map((room) => {
      const draw = createRandom(seed, 'draw');
      room!.write();
      room!.order(order);
      const sum = room!.take(draw, half, N, room!.take(draw, 0, half, 0));
      room!.read();
      return { sum, state: draw.state() };
    });
    expect(done[0]).toEqual(done[1]);
    for (const side of ['users', 'items'] as const) {
      const [a, b] = [numbers(fast[side]), numbers(slow[side])];
      // Plain equality: a zero's sign may differ, and no result depends on it.
      expect(a.findIndex((x, k) => x !== b[k])).toBe(-1);
    }
  }), { numRuns: 150 });
});

it.each(['warp', 'bpr', 'logistic'] as const)('%s: a machine without SIMD trains the same model', async (loss) => {
  const train = trainOf(checkerboard(), 1);
  const scores = async (): Promise<number[]> => {
    const model = await fit({ train, text: null, params: parseParams(params, { loss, factors: 6, epochs: 3 }), random: createRandom(5, 'fit'), signal: new AbortController().signal, report: async () => 'continue' });
    return Object.values((await model.save()).arrays).flatMap((a) => Array.from(a.data));
  };
  const fast = await scores();
  const { validate } = WebAssembly;
  WebAssembly.validate = () => false;
  try {
    expect(await scores()).toEqual(fast);
  } finally {
    WebAssembly.validate = validate;
  }
});

it('the module in the repository is what its source gives', () => {
  expect(execFileSync(process.execPath, ['src/models/lightfm/simd/build.mjs', '--check'], { encoding: 'utf8' })).toContain('is what steps.as gives');
}, 30_000);
