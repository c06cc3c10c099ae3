import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SideFeatures } from '../../compute/entity-features';
import { logScaled } from '../../compute/entity-features';
import { EntityInput } from '../../compute/entity-input';
import { loadBackend } from '../../compute/load-backend';
import { allToOurs, compare, deviation, tensorStudy, twinPass, twinStudy, type Expected, type FixtureTensor, type FixtureWeights } from '../../compute/reference/fixture';
import { memory } from '../../compute/tensors';
import type { Column, EntityTable } from '../../core/dataset';
import type { TrainData } from '../../core/model';
import { parseParams } from '../../core/params';
import { createRandom } from '../../core/random';
import { fit } from './fit';
import { twoTowerRetrieval } from './index';
import { correctionOf, retrievalLoss, towerOf, unitRows } from './network';
import { twinInBatch, twinTower } from './twin';

const file = path.resolve('../shared/reference/neural/retrieval.json');
interface BatchCase {
  name: string;
  config: { logQ: boolean; mask: boolean; normalise: boolean; temperature: number };
  inputs: Record<'u' | 'v' | 'items' | 'logq' | 'weight', FixtureTensor>;
  outputs: Record<'probabilities' | 'perRow' | 'loss', FixtureTensor>;
  gradients: FixtureWeights;
}
interface Model {
  weights: FixtureWeights;
  inputs: { userNumeric: FixtureTensor; itemNumeric: FixtureTensor; itemLogQ: FixtureTensor; steps: Record<'users' | 'items', FixtureTensor>[] };
  forward: Record<'users' | 'items', FixtureTensor>;
  gradients: FixtureWeights;
  training: Expected['training'];
}
interface Fixture { logQSign: { q: FixtureTensor; logQ: FixtureTensor; after: FixtureTensor; popularItem: number; rareItem: number }; cases: BatchCase[]; model: Model }
const flips = (name: string): boolean => name.endsWith('.W');

/** −ln q per column and the mask, from the fixture's per-row values. */
function correction(c: BatchCase): Float32Array {
  const items = Int32Array.from(c.inputs.items.data);
  const logQ = new Float32Array(Math.max(...items) + 1);
  items.forEach((i, b) => (logQ[i] = c.inputs.logq.data[b]!));
  return correctionOf(items, c.config.logQ ? logQ : null, c.config.mask);
}
/** The same in float64: logarithms are not exact in float32. */
const correction64 = (c: BatchCase): number[] => {
  const B = c.inputs.items.data.length;
  return Array.from(correction(c), (x, k) => (x < -1e8 ? -1e9 : 0) - (c.config.logQ ? c.inputs.logq.data[k % B]! : 0));
};

describe.skipIf(!existsSync(file))('retrieval against PyTorch (skipped without ../shared)', () => {
  const f = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Fixture) : null;
  const cases = (f?.cases ?? []).filter((c) => c.name.startsWith('in-batch'));
  const weightsOf = (c: BatchCase) => allToOurs({ u: c.inputs.u, v: c.inputs.v }, () => false);

  it('there are five in-batch cases', () => expect(cases).toHaveLength(5));

  it.each(cases)('$name: the float64 twin to 1e-9', (c) => {
    const { outputs, gradients } = twinPass(weightsOf(c), (t, p) => {
      const unit = (n: string) => (c.config.normalise ? t.unitRows(p(n)) : p(n));
      return twinInBatch(t, unit('u'), unit('v'), c.config.temperature, correction64(c), c.inputs.weight.data);
    });
    for (const n of ['probabilities', 'perRow', 'loss'] as const) expect(deviation(outputs[n]!.data, c.outputs[n].data, 1e-9, 1e-9), n).toBeLessThan(1);
    for (const n of ['u', 'v']) expect(deviation(gradients[n]!, c.gradients[n]!.data, 1e-9, 1e-9), n).toBeLessThan(1);
  });

  it('a whole model: the float64 twin to 1e-9 in vectors, gradients and after 1 and 3 steps', () => {
    const m = f!.model;
    const found = twinStudy(allToOurs(m.weights, flips), (t, p, step) => {
      const all = (side: 'user' | 'item') => {
        const numbers = m.inputs[`${side}Numeric`];
        return twinTower(t, p, side, 2, t.concat([p(`${side}.id`), t.node(numbers.shape[0]!, numbers.shape[1]!, numbers.data)]));
      };
      const [users, items] = [all('user'), all('item')];
      const s = m.inputs.steps[step]!;
      const c = Float64Array.from({ length: s.items.data.length ** 2 }, (_, k) => {
        const [a, b] = [Math.floor(k / s.items.data.length), k % s.items.data.length];
        return -m.inputs.itemLogQ.data[s.items.data[b]!]! - (a !== b && s.items.data[a] === s.items.data[b] ? 1e9 : 0);
      });
      return { users, items, loss: twinInBatch(t, t.gather(users, s.users.data), t.gather(items, s.items.data), 0.125, c).loss };
    }, { learningRate: 1e-3, steps: 3 });
    for (const [what, d] of Object.entries(compare(found, m, { users: 'users', items: 'items' }, flips, 'float64'))) expect(d, what).toBeLessThan(1);
  });

  describe.each(['cpu', 'wasm'] as const)('tensors on %s', (backend) => {
    beforeAll(() => loadBackend(backend));

    // Training weighs all rows alike, so the case with row weights is the twin's alone.
    it.each(cases.filter((c) => c.inputs.weight.data.every((w) => w === 1)))('$name: loss and gradients to 1e-4', async (c) => {
      const found = await tensorStudy(weightsOf(c), (p) => {
        const unit = (n: string) => (c.config.normalise ? unitRows(p(n)) : p(n));
        return { loss: retrievalLoss(unit('u'), unit('v'), c.config.temperature, correction(c)) };
      }, { learningRate: 1e-3, steps: 1 });
      expect(deviation(found.losses, c.outputs.loss.data, 1e-4, 1e-5)).toBeLessThan(1);
      for (const n of ['u', 'v']) expect(deviation(found.gradients[n]!, c.gradients[n]!.data, 1e-4, 1e-5), n).toBeLessThan(1);
    });

    it('a whole model: to 1e-4, weights to 1e-5, no tensor left', async () => {
      const before = memory().numTensors;
      const m = f!.model;
      const input = (side: 'user' | 'item'): EntityInput => {
        const numbers = m.inputs[`${side}Numeric`];
        const rows = numbers.shape[0]!;
        const of: SideFeatures = {
          rows, text: null, numeric: { names: ['a', 'b'], values: Float32Array.from(numbers.data) },
          features: [{ kind: 'codes', name: 'id', size: rows, codes: Int32Array.from({ length: rows }, (_, k) => k) }],
        };
        return new EntityInput(side, of);
      };
      const [user, item] = [input('user'), input('item')];
      const everybody = (i: EntityInput) => Int32Array.from({ length: i.of.rows }, (_, k) => k);
      const logQ = Float32Array.from(m.inputs.itemLogQ.data);
      const found = await tensorStudy(allToOurs(m.weights, flips), (p, step) => {
        const vectors = (i: EntityInput, who: Int32Array) => towerOf(p, i.side, 2, i.rows(p, who));
        const s = m.inputs.steps[step]!;
        const [users, items] = [Int32Array.from(s.users.data), Int32Array.from(s.items.data)];
        return {
          users: vectors(user, everybody(user)), items: vectors(item, everybody(item)),
          loss: retrievalLoss(vectors(user, users), vectors(item, items), 0.125, correctionOf(items, logQ, true)),
        };
      }, { learningRate: 1e-3, steps: 3 });
      user.dispose();
      item.dispose();
      for (const [what, d] of Object.entries(compare(found, m, { users: 'users', items: 'items' }, flips, 'float32'))) expect(d, what).toBeLessThan(1);
      expect(memory().numTensors).toBe(before);
    });
  });

  it('the sign of logQ: no logit falls, the popular item’s rises least, as in PyTorch', () => {
    const { logQ, after, popularItem, rareItem } = f!.logQSign;
    const I = logQ.data.length;
    const first = correctionOf(Int32Array.from({ length: I }, (_, k) => k), Float32Array.from(logQ.data), true).slice(0, I);
    expect(deviation(first, after.data, 1e-6, 1e-6)).toBeLessThan(1);
    expect(Math.min(...first)).toBe(first[popularItem]);
    expect(Math.max(...first)).toBe(first[rareItem]);
    expect(first.every((x) => x >= 0)).toBe(true);
  });
});

describe('corrections', () => {
  it('an accidental hit is masked in every column but the row’s own', () => {
    expect([...correctionOf(Int32Array.of(5, 2, 5), null, true)]).toEqual([0, 0, -1e9, 0, 0, 0, -1e9, 0, 0]);
    expect([...correctionOf(Int32Array.of(5, 2, 5), null, false)].every((x) => x === 0)).toBe(true);
  });
});

describe('numbers', () => {
  const table = (...columns: Column[]): EntityTable => ({ ids: ['a', 'b', 'c'], columns, label: null });
  it('go in on a log scale with mean 0 and deviation 1; empty cells are the average', () => {
    const n = logScaled(table({ kind: 'numeric', name: 'plays', values: Float64Array.of(0, NaN, Math.E - 1) }))!;
    expect([...n.values]).toEqual([-1, 0, 1]);
  });
  it('a column of one value, or of none, is left out', () => {
    expect(logScaled(table({ kind: 'numeric', name: 'x', values: Float64Array.of(4, 4, NaN) }))).toBeNull();
    expect(logScaled(table())).toBeNull();
  });
});

/** Two kinds of users and items that the column names; item 12 is new but says its kind, item 13 is new and says nothing. */
function world(columns: boolean): TrainData {
  const [U, I, each] = [16, 14, 4];
  const item = Int32Array.from({ length: U * each }, (_, n) => ((2 * ((n % each) + Math.floor(n / (2 * each)))) % 12) + (Math.floor(n / each) % 2));
  const itemDegree = new Int32Array(I);
  for (const i of item) itemDegree[i]!++;
  const side = (n: number): EntityTable => ({
    ids: Array.from({ length: n }, (_, k) => String(k)), label: null,
    columns: columns ? [{ kind: 'categorical', name: 'kind', levels: ['even', 'odd'], codes: Int32Array.from({ length: n }, (_, k) => (k === 13 && n === I ? -1 : k % 2)) }] : [],
  });
  return {
    U, I, item, itemDegree, user: item.map((_, n) => Math.floor(n / each)), time: null, value: null,
    userStart: Int32Array.from({ length: U + 1 }, (_, u) => u * each), users: side(U), items: side(I), validationItem: new Int32Array(U).fill(-1),
  };
}

describe('training', () => {
  beforeAll(() => loadBackend('wasm'));
  const run = (train: TrainData, params: Record<string, unknown> = {}) => fit({
    train, text: null, random: createRandom(2), signal: new AbortController().signal, report: async () => 'continue',
    params: parseParams(twoTowerRetrieval.params, { embedding: 8, hidden1: 16, hidden2: 16, output: 8, epochs: 30, batch: 16, learningRate: 0.01, ...params }),
  });

  it('a new item is placed by its column, and it says so', async () => {
    const train = world(true);
    const model = await run(train);
    const out = new Float32Array(2 * train.I);
    await model.score(Int32Array.of(0, 1), out);
    expect(out[12]).toBeGreaterThan(out[train.I + 12]!); // even, like user 0
    expect(model.explain!(0 as never, 12 as never)[0]!.text).toContain('Nobody in training has had “12”: it is placed by kind');
    expect(model.explain!(0 as never, 0 as never)[0]!.text).toContain('its own plays, kind');
    // An item of no data set scores like the catalogue's item that nobody had and that has the same label.
    const stranger = await model.scoreNewItem!({ text: null, columns: { kind: ['even'] } });
    const one = new Float32Array(2);
    await stranger.score(Int32Array.of(0, 1), one);
    expect(one[0]).toBeCloseTo(out[12]!, 4);
    expect(one[1]).toBeCloseTo(out[train.I + 12]!, 4);
    expect(stranger.similarItems(1).items[0]).toBe(12);
    stranger.dispose?.();
    model.dispose?.();
  });

  it('without anything to go by it stands at the average, and it says so', async () => {
    const model = await run(world(false), { epochs: 2 });
    expect(model.explain!(0 as never, 13 as never)[0]!.text).toContain('stands at the average');
    const { items } = await model.vectors!();
    expect(items.data.slice(12 * 8, 13 * 8)).toEqual(items.data.slice(13 * 8));
    model.dispose?.();
  });

  it('vectors have length 1 and multiply to the score; a history of one item stands where the item stands', async () => {
    const before = memory().numTensors;
    const train = world(true);
    const model = await run(train, { epochs: 2 });
    const { users, items } = await model.vectors!();
    const dot = (a: Float32Array, x: number, b: Float32Array, y: number) => Array.from({ length: 8 }, (_, d) => a[x * 8 + d]! * b[y * 8 + d]!).reduce((s, v) => s + v, 0);
    const out = new Float32Array(train.I);
    await model.score(Int32Array.of(5), out);
    expect(dot(users.data, 5, items.data, 3)).toBeCloseTo(out[3]!, 5);
    expect(dot(items.data, 3, items.data, 3)).toBeCloseTo(1, 5);
    model.foldIn!([3] as never).score(out);
    expect(out[3]).toBeCloseTo(1, 5);
    model.dispose?.();
    expect(memory().numTensors).toBe(before);
  });
});
