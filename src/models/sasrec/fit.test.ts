import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../compute/load-backend';
import { allToOurs, compare, tensorStudy, twinStudy, type Expected, type FixtureTensor, type FixtureWeights } from '../../compute/reference/fixture';
import { memory } from '../../compute/tensors';
import type { Progress, TrainData } from '../../core/model';
import { parseParams } from '../../core/params';
import { createRandom } from '../../core/random';
import { fit } from './fit';
import { sasrec } from './index';
import { allLogits, binaryCrossEntropy, crossEntropy, hiddenStates, rowLogits, type Architecture, type Arrangement } from './network';
import { sequencesOf, strangers, trainingBatch } from './sequences';
import { twinBinary, twinCrossEntropy, twinHidden, twinLogits, twinRowLogits } from './twin';

const file = path.resolve('../shared/reference/neural/sasrec.json');
interface LossCase { loss: FixtureTensor; gradients: FixtureWeights; zeroByTheory: string[]; training: Expected['training'] }
interface Case {
  name: string;
  config: { arrangement: string; heads: number };
  weights: FixtureWeights;
  forward: Record<'hidden' | 'logits' | 'positiveLogits' | 'negativeLogits', FixtureTensor>;
  bce: LossCase;
  crossEntropy: LossCase;
}
interface Fixture { sizes: { T: number; blocks: number }; inputs: FixtureTensor; targets: FixtureTensor; negatives: FixtureTensor; cases: Case[] }
const ARRANGEMENTS: Record<string, Arrangement> = { original: 'original', 'original with projection': 'projection', 'pre-norm': 'preNorm' };
const flips = (name: string): boolean => name.endsWith('.W');
const OUTPUTS = { hidden: 'hidden', logits: 'logits', positiveLogits: 'positive', negativeLogits: 'negative', loss: 'loss' };

/** The fixture's windows are padded with 0 on the left and its item table starts with a row for that; ours have neither. */
function unpadded(f: Fixture) {
  const T = f.sizes.T;
  const real = f.inputs.data.flatMap((i, k) => (i ? [k] : []));
  const pick = (t: FixtureTensor): FixtureTensor => {
    const wide = t.data.length / f.inputs.data.length;
    return { shape: [real.length, wide], data: real.flatMap((k) => t.data.slice(k * wide, (k + 1) * wide)) };
  };
  const items = (t: FixtureTensor): Int32Array => Int32Array.from(real, (k) => t.data[k]! - 1);
  const lists = Array.from({ length: f.inputs.shape[0]! }, (_, s) => f.inputs.data.slice(s * T, (s + 1) * T).filter(Boolean).map((i) => i - 1));
  return { pick, sequences: sequencesOf(lists, T), targets: items(f.targets), negatives: items(f.negatives) };
}
const withoutPaddingRow = (w: FixtureWeights): FixtureWeights =>
  Object.fromEntries(Object.entries(w).map(([n, t]) => [n, n === 'item' ? { shape: [t.shape[0]! - 1, t.shape[1]!], data: t.data.slice(t.shape[1]) } : t]));

describe.skipIf(!existsSync(file))('SASRec against PyTorch (skipped without ../shared)', () => {
  const f = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Fixture) : null;
  const cases = (f?.cases ?? []).flatMap((c) => (['crossEntropy', 'bce'] as const).map((loss) => ({ name: `${c.name}, ${loss}`, c, loss })));
  const prepared = (c: Case, loss: 'crossEntropy' | 'bce') => {
    const u = unpadded(f!);
    const l = c[loss];
    const expected: Expected = {
      forward: { ...Object.fromEntries(Object.entries(c.forward).map(([n, t]) => [n, u.pick(t)])), loss: l.loss },
      gradients: withoutPaddingRow(l.gradients), zeroByTheory: l.zeroByTheory,
      training: { losses: l.training.losses, weightsAfter3: withoutPaddingRow(l.training.weightsAfter3!) },
    };
    const a: Architecture = { arrangement: ARRANGEMENTS[c.config.arrangement]!, heads: c.config.heads, blocks: f!.sizes.blocks };
    return { ...u, expected, a, weights: allToOurs(withoutPaddingRow(c.weights), flips), settings: { learningRate: 1e-3, beta2: 0.98, steps: 3 } };
  };

  it.each(cases)('$name: the float64 twin to 1e-9 in values, gradients and after 3 steps', ({ c, loss }) => {
    const x = prepared(c, loss);
    const found = twinStudy(x.weights, (t, p) => {
      const hidden = twinHidden(t, p, x.a, x.sequences);
      return {
        hidden, logits: twinLogits(t, p, hidden), positive: twinRowLogits(t, p, hidden, x.targets), negative: twinRowLogits(t, p, hidden, x.negatives),
        loss: loss === 'bce' ? twinBinary(t, p, hidden, x.targets, x.negatives) : twinCrossEntropy(t, p, hidden, x.targets),
      };
    }, x.settings);
    for (const [what, d] of Object.entries(compare(found, x.expected, OUTPUTS, flips, 'float64'))) expect(d, what).toBeLessThan(1);
  });

  describe.each(['cpu', 'wasm'] as const)('tensors on %s', (backend) => {
    beforeAll(() => loadBackend(backend));
    it.each(cases)('$name: to 1e-4, weights to 1e-5, no tensor left', async ({ c, loss }) => {
      const before = memory().numTensors;
      const x = prepared(c, loss);
      const found = await tensorStudy(x.weights, (p) => {
        const hidden = hiddenStates(p, x.a, x.sequences);
        return {
          hidden, logits: allLogits(p, hidden), positive: rowLogits(p, hidden, x.targets), negative: rowLogits(p, hidden, x.negatives),
          loss: loss === 'bce' ? binaryCrossEntropy(p, hidden, x.targets, x.negatives) : crossEntropy(p, hidden, x.targets),
        };
      }, x.settings);
      for (const [what, d] of Object.entries(compare(found, x.expected, OUTPUTS, flips, 'float32'))) expect(d, what).toBeLessThan(1);
      expect(memory().numTensors).toBe(before);
    });
  });
});

/** Items go round in a circle of 12: after i comes i + 1. User u starts at u; the validation item is the next one. */
function circle(time: boolean): TrainData {
  const [U, I, each] = [30, 12, 7];
  const item = Int32Array.from({ length: U * each }, (_, n) => (Math.floor(n / each) + (n % each)) % I);
  const ids = (n: number) => ({ ids: Array.from({ length: n }, (_, k) => String(k)), columns: [], label: null });
  return {
    U, I, item, user: item.map((_, n) => Math.floor(n / each)), time: time ? Float64Array.from(item, (_, n) => n) : null, value: null,
    userStart: Int32Array.from({ length: U + 1 }, (_, u) => u * each), itemDegree: new Int32Array(I).fill(17), users: ids(U), items: ids(I),
    validationItem: Int32Array.from({ length: U }, (_, u) => (u + each) % I),
  };
}
async function trained(train: TrainData, params: Record<string, unknown>) {
  await loadBackend('wasm');
  const told: Progress[] = [];
  const model = await fit({
    train, text: null, random: createRandom(2), signal: new AbortController().signal, report: async (p) => (told.push(p), 'continue'),
    params: parseParams(sasrec.params, { dim: 16, length: 5, epochs: 20, batch: 10, learningRate: 0.01, dropout: 0, ...params }),
  });
  return { model, told };
}
/** The item with the highest score that is not among `own`. */
const best = (scores: ArrayLike<number>, own: readonly number[]): number =>
  Array.from(scores).reduce((b, s, i, all) => (!own.includes(i) && (b < 0 || s > all[b]!) ? i : b), -1);

describe('on items that follow each other in a circle', () => {
  it.each(['crossEntropy', 'bce'] as const)('%s: the next item comes first; at the test, the one after the validation item', async (loss) => {
    const train = circle(true);
    const { model } = await trained(train, { loss, ...(loss === 'bce' ? { epochs: 50 } : {}) });
    const [now, test] = [new Float32Array(train.I), new Float32Array(train.I)];
    for (const u of [0, 5, 11]) {
      await model.score(Int32Array.of(u), now);
      await model.scoreForTest!(Int32Array.of(u), test);
      const own = [...train.item.subarray(train.userStart[u]!, train.userStart[u + 1]!)];
      expect(best(now, own)).toBe((u + 7) % 12);
      expect(best(test, [...own, (u + 7) % 12])).toBe((u + 8) % 12);
    }
    const fresh = new Float32Array(train.I);
    model.foldIn!([3, 4, 5] as never).score(fresh);
    expect(best(fresh, [3, 4, 5])).toBe(6);
    model.dispose?.();
  });

  it('without times it says that row order was used, once', async () => {
    const { model, told } = await trained(circle(false), { epochs: 2 });
    expect(told.flatMap((p) => (p.kind === 'epoch' && p.warning ? [p.warning] : []))).toEqual([expect.stringContaining('no times')]);
    model.dispose?.();
  });
  it('a width that the heads do not divide is refused', async () => {
    await expect(trained(circle(true), { dim: 16, heads: 3 })).rejects.toThrow('multiple of 3');
  });
});

describe('sequences', () => {
  it('the newest item stands at the last position, and only the newest L are read', () => {
    expect(sequencesOf([[7, 8], [], [1, 2, 3, 4]], 3)).toEqual({ items: Int32Array.of(7, 8, 2, 3, 4), positions: Int32Array.of(1, 2, 0, 1, 2), start: Int32Array.of(0, 2, 2, 5) });
  });
  it('every item predicts the one after it', () => {
    const train = { item: Int32Array.of(4, 5, 6, 1, 2), userStart: Int32Array.of(0, 3, 5) };
    const b = trainingBatch(train, Int32Array.of(0, 1), 10);
    expect([b.items, b.targets, b.start]).toEqual([Int32Array.of(4, 5, 1), Int32Array.of(5, 6, 2), Int32Array.of(0, 2, 3)]);
    const short = trainingBatch(train, Int32Array.of(0), 1);
    expect([short.items, short.targets]).toEqual([Int32Array.of(5), Int32Array.of(6)]);
  });
  it('negatives are never the user’s own, nor the validation item', () => {
    const train = circle(true);
    const drawn = strangers(train, Int32Array.of(0), Int32Array.of(0, 500), createRandom(1));
    expect([...new Set(drawn)].sort((a, b) => a - b)).toEqual([8, 9, 10, 11]);
  });
});
