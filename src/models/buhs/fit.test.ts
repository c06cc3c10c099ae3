import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SideFeatures } from '../../compute/entity-features';
import { EntityInput } from '../../compute/entity-input';
import { loadBackend } from '../../compute/load-backend';
import { pairPreActivation } from '../../compute/pair-scorer';
import { allToOurs, compare, deviation, tensorStudy, twinStudy, type Expected, type FixtureTensor, type FixtureWeights } from '../../compute/reference/fixture';
import { memory, reshape, tensor1d, tensor2d } from '../../compute/tensors';
import { rows } from '../../compute/layers';
import type { EntityTable } from '../../core/dataset';
import type { TrainData } from '../../core/model';
import { parseParams } from '../../core/params';
import { createRandom } from '../../core/random';
import { fit } from './fit';
import { biasedShares, sampleHistory } from './history-sample';
import { buhs } from './index';
import { attentionWeights, marginLoss, perceptron, pooledHistory, setsOf, type PoolingShape } from './network';
import { Twin } from './twin';

const file = path.resolve('../shared/reference/neural/buhs.json');
interface Case extends Expected { name: string; weights: FixtureWeights; startStates?: FixtureTensor[] }
interface Fixture {
  sizes: { U: number; I: number; history: number; B: number; set: number[]; item: number[]; gruWidth: number };
  features: Record<'userCountry' | 'itemArtist' | 'itemTag' | 'itemText', FixtureTensor>;
  batch: Record<'users' | 'positives' | 'history' | 'negatives', FixtureTensor>;
  cases: Case[];
  sampling: { degrees: number[]; T: number; p: FixtureTensor; inclusionOf2Draws?: FixtureTensor; pWithoutItem2?: FixtureTensor }[];
}
const flips = (name: string): boolean => /\.(L\d|text|q|k|out)\.W$|\.W_(ih|hh)$/.test(name);
const OUTPUTS = { pooledHistory: 'pooled', sets: 'sets', items: 'items', scores: 'scores', loss: 'loss' };

describe.skipIf(!existsSync(file))('user-history synthesis against PyTorch (skipped without ../shared)', () => {
  const f = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Fixture) : null;
  const cases = f?.cases ?? [];
  const shapeOf = (c: Case): PoolingShape => ({
    pooling: c.name.startsWith('gru') ? 'gru' : c.name.startsWith('attention') ? 'attention' : 'mean',
    history: f!.sizes.history, attentionOut: c.name === 'attention', gruLayers: c.name === 'gru' ? 2 : 1, gruWidth: f!.sizes.gruWidth,
  });
  const outputs = (c: Case) => (c.name.startsWith('attention') ? { ...OUTPUTS, attentionWeights: 'weights' } : OUTPUTS);
  const settings = { learningRate: 2e-3, steps: 3 };
  const [setLayers, itemLayers] = [f?.sizes.set.length ?? 0, f?.sizes.item.length ?? 0];
  /** Positive and negatives of each row, [B · (1 + 2n)], and the row each belongs to. */
  const pairs = () => {
    const { positives, negatives, users } = f!.batch;
    const B = users.data.length;
    const K = negatives.shape[1]!;
    const items = positives.data.flatMap((i, b) => [i, ...negatives.data.slice(b * K, (b + 1) * K)]);
    return { B, columns: 1 + K, items, row: items.map((_, k) => Math.floor(k / (1 + K))) };
  };

  it.each(cases)('$name: the float64 twin to 1e-9 in values, gradients and after 3 steps', (c) => {
    const found = twinStudy(allToOurs(c.weights, flips), (t, p) => {
      const twin = new Twin(t, p);
      const node = (x: FixtureTensor) => t.node(x.shape[0]!, x.shape[1]!, x.data);
      const x = f!.features;
      const user = t.concat([p('user.id'), t.gather(p('user.country'), x.userCountry.data)]);
      const text = t.add(t.matMul(node(x.itemText), p('item.text.W')), p('item.text.b'));
      const item = t.concat([p('item.id'), t.gather(p('item.artist'), x.itemArtist.data), t.gather(p('item.tag'), x.itemTag.data), text]);
      const s = shapeOf(c);
      const starts = (c.startStates ?? [{ shape: [f!.sizes.B, s.gruWidth], data: Array<number>(f!.sizes.B * s.gruWidth).fill(0) }]).map(node);
      const u = t.gather(user, f!.batch.users.data);
      const { pooled, weights } = twin.pooled(s, u, t.gather(item, f!.batch.history.data), starts);
      const sets = twin.perceptron('set', setLayers, t.concat([u, pooled]));
      const items = twin.perceptron('item', itemLayers, item);
      const { B, columns, items: which, row } = pairs();
      const scores = t.reshape(twin.scores(t.gather(sets, row), t.gather(items, which), 3), B, columns);
      const loss = t.mean(t.relu(t.affine(t.sub(t.columns(scores, 1, columns), t.columns(scores, 0, 1)), 1, 1)));
      return { pooled, ...(weights ? { weights } : {}), sets, items, scores, loss };
    }, settings);
    for (const [what, d] of Object.entries(compare(found, c, outputs(c), flips, 'float64'))) expect(d, what).toBeLessThan(1);
  });

  describe.each(['cpu', 'wasm'] as const)('tensors on %s', (backend) => {
    beforeAll(() => loadBackend(backend));
    it.each(cases)('$name: to 1e-4, weights to 1e-5, no tensor left', async (c) => {
      const before = memory().numTensors;
      const codes = (name: string, x: ArrayLike<number>) => ({ kind: 'codes' as const, name, size: 1 + Math.max(...Array.from(x)), codes: Int32Array.from(x) });
      const range = (n: number) => Int32Array.from({ length: n }, (_, k) => k);
      const x = f!.features;
      const { U, I } = f!.sizes;
      const side = (rows_: number, features: SideFeatures['features'], text: SideFeatures['text']): SideFeatures => ({ rows: rows_, features, text });
      const user = new EntityInput('user', side(U, [codes('id', range(U)), codes('country', x.userCountry.data)], null));
      const item = new EntityInput('item', side(I, [codes('id', range(I)), codes('artist', x.itemArtist.data), codes('tag', x.itemTag.data)], { dim: x.itemText.shape[1]!, vectors: Float32Array.from(x.itemText.data) }));
      const s = shapeOf(c);
      const found = await tensorStudy(allToOurs(c.weights, flips), (p) => {
        const u = user.rows(p, Int32Array.from(f!.batch.users.data));
        const all = item.rows(p, range(I));
        const history = rows(all, tensor1d(Int32Array.from(f!.batch.history.data), 'int32'));
        const pooled = pooledHistory(p, s, u, history, c.startStates?.map((h) => tensor2d(h.data, h.shape as [number, number])));
        const sets = setsOf(p, setLayers, u, pooled);
        const items = perceptron(p, 'item', itemLayers, all);
        const { B, columns, items: which, row } = pairs();
        const index = (k: number[]) => tensor1d(Int32Array.from(k), 'int32');
        const scores = reshape(pairPreActivation(p, { scorer: 'dotCompress', output: f!.sizes.set.at(-1)!, hidden: [8, 4] }, sets, items, index(row), index(which)), [B, columns]);
        return { pooled, ...(s.pooling === 'attention' ? { weights: attentionWeights(p, u, history, s.history) } : {}), sets, items, scores, loss: marginLoss(scores, 1) };
      }, settings);
      user.dispose();
      item.dispose();
      for (const [what, d] of Object.entries(compare(found, c, outputs(c), flips, 'float32'))) expect(d, what).toBeLessThan(1);
      expect(memory().numTensors).toBe(before);
    });
  });

  it('sampling probabilities and inclusion shares follow the fixture', () => {
    for (const s of f!.sampling) {
      expect(deviation(biasedShares(s.degrees, s.T), s.p.data, 1e-9, 1e-12)).toBeLessThan(1);
      if (s.pWithoutItem2) expect(deviation(biasedShares(s.degrees.filter((_, k) => k !== 2), s.T), s.pWithoutItem2.data, 1e-9, 1e-12)).toBeLessThan(1);
      if (!s.inclusionOf2Draws) continue;
      const random = createRandom(3, 'inclusion');
      const n = 20_000;
      const hits = new Float64Array(s.degrees.length);
      const history = Int32Array.from(s.degrees.keys());
      for (let k = 0; k < n; k++) for (const i of sampleHistory(history, Int32Array.from(s.degrees), 2, s.T, -1, random)) hits[i]! += 1 / n;
      s.inclusionOf2Draws.data.forEach((p, i) => expect(Math.abs(hits[i]! - p), `item ${i} at T = ${s.T}`).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / n) + 1e-9));
    }
  });
});

describe('the history sample', () => {
  it('never holds the target, holds no item twice where there are enough, and keeps the order of the history', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom(0.001, 0.01, 1, 50), fc.integer(), (list, H, T, seed) => {
      const history = Int32Array.from(list);
      const target = history[0]!;
      const degree = Int32Array.from({ length: 31 }, (_, i) => 1 + ((i * 7) % 40));
      const sample = sampleHistory(history, degree, H, T, target, createRandom(seed));
      expect(sample).toHaveLength(H);
      expect(sample.includes(target)).toBe(false);
      const expected = list.length === 1 ? [-1] : list;
      for (const i of sample) expect(expected).toContain(i);
      if (list.length - 1 >= H) expect(new Set(sample).size).toBe(H);
      const places = Array.from(sample, (i) => list.indexOf(i));
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }));
  });

  it('small T draws the rarely played, large T all alike', () => {
    const degree = Int32Array.of(1, 1000, 1000, 1000);
    const first = (T: number) => Array.from({ length: 2000 }, (_, k) => sampleHistory(Int32Array.of(0, 1, 2, 3), degree, 1, T, -1, createRandom(k))[0]!).filter((i) => i === 0).length / 2000;
    expect(first(0.01)).toBe(1);
    expect(Math.abs(first(100) - 0.25)).toBeLessThan(0.04);
  });
});

/** Two kinds of users and items that the column names; nobody has item 12 or 13, user 16 has nothing. */
function world(): TrainData {
  const [U, I, each] = [17, 14, 4];
  const item = Int32Array.from({ length: 16 * each }, (_, n) => ((2 * ((n % each) + Math.floor(n / (2 * each)))) % 12) + (Math.floor(n / each) % 2));
  const itemDegree = new Int32Array(I);
  for (const i of item) itemDegree[i]!++;
  const side = (n: number): EntityTable => ({ ids: Array.from({ length: n }, (_, k) => String(k)), label: null, columns: [{ kind: 'categorical', name: 'kind', levels: ['even', 'odd'], codes: Int32Array.from({ length: n }, (_, k) => k % 2) }] });
  return {
    U, I, item, itemDegree, user: item.map((_, n) => Math.floor(n / each)), time: null, value: null,
    userStart: Int32Array.from({ length: U + 1 }, (_, u) => Math.min(u, 16) * each), users: side(U), items: side(I), validationItem: new Int32Array(U).fill(-1),
  };
}

it.each(['mean', 'attention', 'gru'] as const)('%s: trains, places a new item by its column, says so, and leaves no tensor', async (pooling) => {
  await loadBackend('wasm');
  const before = memory().numTensors;
  const train = world();
  const model = await fit({
    train, text: null, random: createRandom(2), signal: new AbortController().signal, report: async () => 'continue',
    params: parseParams(buhs.params, { pooling, history: 3, embedding: 8, output: 8, projection: 4, gruWidth: 4, epochs: pooling === 'gru' ? 20 : 10, batch: 16, learningRate: 0.01, negatives: 3 }),
  });
  const out = new Float32Array(3 * train.I);
  await model.score(Int32Array.of(0, 1, 16), out);
  expect(out.every(Number.isFinite)).toBe(true);
  expect(out[12]).toBeGreaterThan(out[13]!); // user 0 and item 12 are even
  const said = model.explain!(0 as never, 12 as never).map((r) => r.text).join(' ');
  expect(said).toContain('items of their history');
  expect(said).toContain('it is placed by kind');
  const fresh = new Float32Array(train.I);
  model.foldIn!([0, 2, 4] as never).score(fresh);
  expect(fresh[6]! + fresh[8]!).toBeGreaterThan(fresh[7]! + fresh[9]!); // a newcomer with even items
  model.foldIn!([]).score(fresh);
  expect(fresh.every(Number.isFinite)).toBe(true);
  // An item of no data set scores like the catalogue's item that nobody had and that has the same label.
  const stranger = await model.scoreNewItem!({ text: null, columns: { kind: ['even'] } });
  const one = new Float32Array(2);
  await stranger.score(Int32Array.of(0, 1), one);
  expect(one[0]).toBeCloseTo(out[12]!, 4);
  expect(one[1]).toBeCloseTo(out[train.I + 12]!, 4);
  expect(stranger.similarItems(1).items[0]).toBe(12);
  stranger.dispose?.();
  model.dispose?.();
  expect(memory().numTensors).toBe(before);
});
