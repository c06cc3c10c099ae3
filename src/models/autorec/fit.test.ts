import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../compute/load-backend';
import { allToOurs, compare, tensorStudy, twinStudy, type Expected, type FixtureTensor, type FixtureWeights } from '../../compute/reference/fixture';
import { memory, tensor2d } from '../../compute/tensors';
import type { SparseRows } from '../../compute/layers';
import type { TrainData } from '../../core/model';
import { parseParams } from '../../core/params';
import { createRandom } from '../../core/random';
import { fit, restore } from './fit';
import { autorec } from './index';
import { autoRecLoss, type AutoRecLoss } from './network';
import { twinAutoRec } from './twin';

const file = path.resolve('../shared/reference/neural/autoencoders.json');
interface Case extends Expected {
  name: string;
  config: { output: 'sigmoid' | 'identity'; reduction: 'users' | 'observed entries'; weightDecay: number };
  weights: FixtureWeights;
  inputs: { r: FixtureTensor; mask: FixtureTensor };
  training: Expected['training'] & { lr: number };
}
const OUTPUTS = { hidden: 'hidden', output: 'output', squaredError: 'squaredError', loss: 'loss' };
const flips = (name: string): boolean => name.startsWith('W');
const lossOf = (c: Case): AutoRecLoss => ({ output: c.config.output, weightDecay: c.config.weightDecay, reduction: c.config.reduction === 'users' ? 'rows' : 'observed entries' });

function sparse({ shape, data }: FixtureTensor): SparseRows {
  const [B, C] = shape as [number, number];
  const places = data.map((v, k) => ({ v, k })).filter(({ v }) => v !== 0);
  const start = Int32Array.from({ length: B + 1 }, (_, b) => places.filter(({ k }) => k < b * C).length);
  return { columns: C, start, index: Int32Array.from(places, ({ k }) => k % C), value: Float32Array.from(places, ({ v }) => v) };
}

describe.skipIf(!existsSync(file))('AutoRec against PyTorch (skipped without ../shared)', () => {
  const all = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] }).cases : [];
  const cases = all.filter((c) => c.name.startsWith('AutoRec'));

  it.each(cases)('$name: the float64 twin to 1e-9 in values, gradients and after 1 and 3 steps', (c) => {
    const found = twinStudy(allToOurs(c.weights, flips), (t, p) => {
      const node = (x: FixtureTensor) => t.node(x.shape[0]!, x.shape[1]!, x.data);
      return twinAutoRec(t, p, node(c.inputs.r), node(c.inputs.mask), lossOf(c));
    }, { learningRate: c.training.lr, steps: 3 });
    for (const [what, d] of Object.entries(compare(found, c, OUTPUTS, flips, 'float64'))) expect(d, what).toBeLessThan(1);
  });

  describe.each(['cpu', 'wasm'] as const)('tensors on %s', (backend) => {
    beforeAll(() => loadBackend(backend));
    it.each(cases)('$name: to 1e-4, weights to 1e-5, no tensor left', async (c) => {
      const before = memory().numTensors;
      const { r, mask } = c.inputs;
      const everything = mask.data.every((m) => m === 1);
      const found = await tensorStudy(allToOurs(c.weights, flips), (p) => {
        const dense = (x: FixtureTensor) => tensor2d(x.data, x.shape as [number, number]);
        return autoRecLoss(p, sparse(r), dense(r), everything ? null : dense(mask), lossOf(c));
      }, { learningRate: c.training.lr, steps: 3 });
      for (const [what, d] of Object.entries(compare(found, c, OUTPUTS, flips, 'float32'))) expect(d, what).toBeLessThan(1);
      expect(memory().numTensors).toBe(before);
    });
  });
});

/** 24 users and 16 items: everybody has all items of their own parity but one. */
function checkerboard(): TrainData {
  const [U, I, each] = [24, 16, 7];
  const ids = (n: number) => ({ ids: Array.from({ length: n }, (_, k) => String(k)), columns: [], label: null });
  const item = Int32Array.from({ length: U * each }, (_, n) => ((2 * ((n % each) + Math.floor(n / each))) % I) + (Math.floor(n / each) % 2));
  const itemDegree = new Int32Array(I);
  for (const i of item) itemDegree[i]!++;
  return {
    U, I, item, itemDegree, time: null, user: item.map((_, n) => Math.floor(n / each)), value: Float32Array.from(item, (_, n) => 1 + (n % 3)),
    userStart: Int32Array.from({ length: U + 1 }, (_, u) => u * each), users: ids(U), items: ids(I), validationItem: new Int32Array(U).fill(-1),
  };
}

describe.each(['user', 'item'] as const)('the %s variant on a checkerboard', (side) => {
  beforeAll(() => loadBackend('wasm'));
  const train = checkerboard();
  const context = (feedback: 'plays' | 'ratings', output: 'sigmoid' | 'identity') => ({
    train, text: null, random: createRandom(3), signal: new AbortController().signal, report: async () => 'continue' as const,
    params: parseParams(autorec.params, { side, feedback, output, hidden: 8, epochs: 60, batch: 6, learningRate: 0.03 }),
  });
  const scoresOf = async (model: Awaited<ReturnType<typeof fit>>) => {
    const out = new Float32Array(train.U * train.I);
    await model.score(Int32Array.from({ length: train.U }, (_, u) => u), out);
    return out;
  };

  it.each([['plays', 'sigmoid'], ['ratings', 'identity'], ['ratings', 'sigmoid']] as const)('%s, %s output: trains, saves, restores, and leaves no tensor', async (feedback, output) => {
    const before = memory().numTensors;
    const c = context(feedback, output);
    const model = await fit(c);
    const scores = await scoresOf(model);
    const again = restore(await model.save(), c);
    expect(await scoresOf(again)).toEqual(scores);
    if (feedback === 'plays') {
      // The board's pattern: own colour above the other, on average.
      let [own, other] = [0, 0];
      scores.forEach((s, k) => (Math.floor(k / train.I) % 2 === (k % train.I) % 2 ? (own += s) : (other += s)));
      expect(own).toBeGreaterThan(2 * other);
    }
    model.dispose?.();
    again.dispose?.();
    expect(memory().numTensors).toBe(before);
  });

  it('ratings without a value column are refused with a way out', async () => {
    await expect(fit({ ...context('ratings', 'identity'), train: { ...train, value: null } })).rejects.toThrow('played or not');
  });

  it('vectors multiply to the score before the output function', async () => {
    const model = await fit(context('ratings', 'identity'));
    const scores = await scoresOf(model);
    const { users, items } = await model.vectors!();
    for (const [u, i] of [[0, 0], [5, 3], [train.U - 1, train.I - 1]] as const) {
      let dot = 0;
      for (let d = 0; d < users.cols; d++) dot += users.data[u * users.cols + d]! * items.data[i * users.cols + d]!;
      expect(dot).toBeCloseTo(scores[u * train.I + i]!, 4);
    }
    model.dispose?.();
  });
});

it('a new user with a known user’s history gets that user’s scores', async () => {
  await loadBackend('wasm');
  const train = checkerboard();
  const model = await fit({ train, text: null, random: createRandom(3), signal: new AbortController().signal, report: async () => 'continue', params: parseParams(autorec.params, { hidden: 8, epochs: 3 }) });
  const [known, fresh] = [new Float32Array(train.I), new Float32Array(train.I)];
  await model.score(Int32Array.of(4), known);
  model.foldIn!([...train.item.subarray(train.userStart[4]!, train.userStart[5]!)] as never).score(fresh);
  fresh.forEach((s, i) => expect(s).toBeCloseTo(known[i]!, 5));
  model.dispose?.();
});
