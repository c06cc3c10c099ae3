import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../compute/load-backend';
import { Parameters } from '../../compute/parameters';
import { allToOurs, compare, deviation, tensorStudy, twinPass, twinStudy, type Expected, type FixtureTensor, type FixtureWeights, type Weights64 } from '../../compute/reference/fixture';
import { memory, tidy } from '../../compute/tensors';
import type { Progress, TrainData } from '../../core/model';
import { parseParams } from '../../core/params';
import { createRandom } from '../../core/random';
import { fit, fused } from './fit';
import { neumf } from './index';
import { allLogits, binaryLoss, logitsOf, type Part } from './network';
import { OwnItems, pairsOf } from './pairs';
import { twinLogits, twinLoss } from './twin';

const file = path.resolve('../shared/reference/neural/neumf.json');
interface Case extends Expected { name: string; weights: FixtureWeights; forward: Record<'logits' | 'probabilities' | 'loss' | 'allLogits', FixtureTensor>; training: Required<Expected['training']> }
interface Fixture { sizes: { U: number; I: number; layers: number[] }; batches: Record<'users' | 'items' | 'labels', FixtureTensor>[]; cases: Case[]; fusion: { alpha: number; 'out.W': FixtureTensor; 'out.b': FixtureTensor; allLogits: FixtureTensor } }
const flips = (name: string): boolean => name.endsWith('.W');
const OUTPUTS = { logits: 'logits', loss: 'loss', allLogits: 'all' };
const settings = { learningRate: 1e-3, steps: 3 };

describe.skipIf(!existsSync(file))('GMF, MLP and NeuMF against PyTorch (skipped without ../shared)', () => {
  const f = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Fixture) : null;
  const cases = f?.cases ?? [];
  const part = (c: Case): Part => c.name.toLowerCase() as Part;
  const batch = (step: number) => {
    const { users, items, labels } = f!.batches[step]!;
    return { users: Int32Array.from(users.data), items: Int32Array.from(items.data), labels: Float32Array.from(labels.data) };
  };
  const every = () => {
    const { U, I } = f!.sizes;
    return { users: Int32Array.from({ length: U * I }, (_, k) => Math.floor(k / I)), items: Int32Array.from({ length: U * I }, (_, k) => k % I) };
  };
  const layers = f?.sizes.layers.length ?? 0;
  const everyUser = () => Int32Array.from({ length: f!.sizes.U }, (_, u) => u);

  it.each(cases)('$name: the float64 twin to 1e-9 in values, gradients and after 1 and 3 steps', (c) => {
    const found = twinStudy(allToOurs(c.weights, flips), (t, p, step) => {
      const b = batch(step);
      const logits = twinLogits(t, p, part(c), layers, b.users, b.items);
      return { logits, all: twinLogits(t, p, part(c), layers, every().users, every().items), loss: twinLoss(t, logits, b.labels) };
    }, settings);
    for (const [what, d] of Object.entries(compare(found, c, OUTPUTS, flips, 'float64'))) expect(d, what).toBeLessThan(1);
  });

  it('joining pre-trained halves with α = .5 gives PyTorch’s weights and logits', () => {
    const after = (name: string) => allToOurs(cases.find((c) => c.name === name)!.training.weightsAfter3, flips);
    const [gmf, mlp] = [after('GMF'), after('MLP')];
    const last = (w: Weights64) => ({ W: w['out.W']!.data, b: w['out.b']!.data });
    const out = fused(last(gmf), last(mlp), f!.fusion.alpha);
    expect(deviation(out.W, f!.fusion['out.W'].data, 0, 1e-7)).toBeLessThan(1);
    const whole: Weights64 = { ...gmf, ...mlp, 'out.W': { shape: [out.W.length, 1], data: Float64Array.from(out.W) }, 'out.b': { shape: [1], data: Float64Array.from(out.b) } };
    const { outputs } = twinPass(whole, (t, p) => {
      const all = twinLogits(t, p, 'neumf', layers, every().users, every().items);
      return { all, loss: t.mean(all) };
    });
    expect(deviation(outputs['all']!.data, f!.fusion.allLogits.data, 1e-6, 1e-6)).toBeLessThan(1);
  });

  describe.each(['cpu', 'wasm'] as const)('tensors on %s', (backend) => {
    beforeAll(() => loadBackend(backend));
    it.each(cases)('$name: to 1e-4, weights to 1e-5, no tensor left', async (c) => {
      const before = memory().numTensors;
      const found = await tensorStudy(allToOurs(c.weights, flips), (p, step) => {
        const b = batch(step);
        const logits = logitsOf(p, part(c), layers, b);
        return { logits, all: allLogits(p, part(c), layers, everyUser()), loss: binaryLoss(logits, b.labels) };
      }, settings);
      for (const [what, d] of Object.entries(compare(found, c, OUTPUTS, flips, 'float32'))) expect(d, what).toBeLessThan(1);
      expect(memory().numTensors).toBe(before);
    });
  });
});

/** Users and items of two kinds: 20 users have 6 of the 9 items of their own. */
function twoKinds(): TrainData {
  const [U, I, each] = [20, 18, 6];
  const item = Int32Array.from({ length: U * each }, (_, n) => ((2 * ((n % each) + Math.floor(n / each))) % I) + (Math.floor(n / each) % 2));
  const ids = (n: number) => ({ ids: Array.from({ length: n }, (_, k) => String(k)), columns: [], label: null });
  return {
    U, I, item, user: item.map((_, n) => Math.floor(n / each)), time: null, value: null, userStart: Int32Array.from({ length: U + 1 }, (_, u) => u * each),
    itemDegree: new Int32Array(I).fill(1), users: ids(U), items: ids(I), validationItem: Int32Array.from({ length: U }, (_, u) => ((2 * (6 + u)) % I) + (u % 2)),
  };
}

describe('training', () => {
  beforeAll(() => loadBackend('wasm'));
  const run = async (params: Record<string, unknown>, extra: object = {}) => {
    const told: Extract<Progress, { kind: 'epoch' }>[] = [];
    const model = await fit({
      train: twoKinds(), text: null, random: createRandom(2), signal: new AbortController().signal, report: async (p) => (p.kind === 'epoch' && told.push(p), 'continue'),
      params: parseParams(neumf.params, { factors: 4, epochs: 4, batch: 32, ...params }), ...extra,
    });
    return { model, told };
  };

  it('negatives are never the user’s own nor the validation item', () => {
    const train = twoKinds();
    const own = new OwnItems(train);
    const pairs = pairsOf(train, own, Int32Array.from(train.user.keys()), 7, createRandom(4));
    pairs.labels.forEach((y, k) => expect(own.has(pairs.users[k]!, pairs.items[k]!)).toBe(y === 1));
    expect(pairs.labels.reduce((a, b) => a + b)).toBe(train.user.length);
  });

  it('pre-training leaves the joined layer alone, and joining does not change what is scored', async () => {
    const scores: Float32Array[] = [];
    const before = memory().numTensors;
    const context = { report: async (p: Progress) => {
      if (p.kind === 'epoch') {
        const out = new Float32Array(18);
        await p.model.score(Int32Array.of(3), out);
        scores.push(out);
      }
      return 'continue' as const;
    } };
    const { model } = await run({ pretraining: 2, epochs: 2 }, context);
    const weights = (await model.save()).arrays;
    const { W } = fused({ W: weights['gmf.out.W']!.data, b: weights['gmf.out.b']!.data }, { W: weights['mlp.out.W']!.data, b: weights['mlp.out.b']!.data }, 0.5);
    expect([...weights['out.W']!.data]).toEqual([...W]);
    const last = new Float32Array(18);
    await model.score(Int32Array.of(3), last);
    expect(last).toEqual(scores[1]);
    model.dispose?.();
    expect(memory().numTensors).toBe(before);
  });

  it.each(['gmf', 'mlp', 'neumf'] as const)('%s: blocks of pairs score like one pair at a time', async (part) => {
    const { model } = await run({ part, pretraining: 1 });
    const w = new Parameters((await model.save()).arrays);
    const out = new Float32Array(20 * 18);
    await model.score(Int32Array.from({ length: 20 }, (_, u) => u), out);
    const single = tidy(() => logitsOf(w.get, part, 2, { users: Int32Array.of(7, 11), items: Int32Array.of(0, 13) }).dataSync());
    expect(single[0]).toBeCloseTo(out[7 * 18]!, 4);
    expect(single[1]).toBeCloseTo(out[11 * 18 + 13]!, 4);
    w.dispose();
    model.dispose?.();
  });
});
