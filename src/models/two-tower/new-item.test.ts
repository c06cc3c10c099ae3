import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../compute/load-backend';
import { memory } from '../../compute/tensors';
import type { TagsColumn, TextVectors } from '../../core/dataset';
import type { TrainData } from '../../core/model';
import { parseParams } from '../../core/params';
import { createRandom } from '../../core/random';
import { fit } from './fit';
import { twoTower } from './index';

const [U, I, N] = [8, 12, 4];
/** Everybody plays four items; items 10 and 11 are never played. Labels, tags and text tell items apart. */
function world(): { train: TrainData; text: TextVectors } {
  const item = Int32Array.from({ length: U * N }, (_, k) => (k * 3) % 10);
  const itemDegree = new Int32Array(I);
  for (const i of item) itemDegree[i]!++;
  const tags: TagsColumn = { kind: 'tags', name: 'tag', offsets: Int32Array.from({ length: I + 1 }, (_, i) => 2 * i), codes: Int32Array.from({ length: 2 * I }, (_, n) => (n % 2 ? 2 : 0) + (n >> 1) % 2), levels: ['slow', 'fast', 'live', 'loud'] };
  const items = { ids: Array.from({ length: I }, (_, i) => `i${i}`), columns: [{ kind: 'categorical' as const, name: 'genre', codes: Int32Array.from({ length: I }, (_, i) => i % 3), levels: ['a', 'b', 'c'] }, tags], label: null };
  const users = { ids: Array.from({ length: U }, (_, u) => `u${u}`), columns: [], label: null };
  const random = createRandom(5);
  const text = { column: 'title', encoder: 'test', dim: 6, vectors: Float32Array.from({ length: I * 6 }, () => random.normal()), missing: 0 };
  return { text, train: { U, I, user: Int32Array.from({ length: U * N }, (_, k) => Math.floor(k / N)), item, time: null, value: null, userStart: Int32Array.from({ length: U + 1 }, (_, u) => u * N), itemDegree, users, items, validationItem: new Int32Array(U).fill(-1) } };
}
const LABELS = ['a', 'b', 'c'];

describe('two-tower: an item of no data set', () => {
  beforeAll(() => loadBackend('cpu'), 60_000);

  it.each([
    { scorer: 'dot', idDropout: 0 }, { scorer: 'dotCompress', idDropout: 0.3 }, { scorer: 'mlp', idDropout: 0, combine: 'sum' },
  ] as const)('scores like an item of the catalogue that nobody has had and that is the same: %j', async (set) => {
    const { train, text } = world();
    const before = memory().numTensors;
    const model = await fit({ train, text, params: parseParams(twoTower.params, { embedding: 4, output: 8, negatives: 2, batch: 16, epochs: 2, ...set }), random: createRandom(1), signal: new AbortController().signal, report: async () => 'continue' });
    const users = Int32Array.from({ length: U }, (_, u) => u);
    const all = new Float32Array(U * I);
    await model.score(users, all);
    const twin = 11;
    const fresh = await model.scoreNewItem!({ text: text.vectors.slice(twin * 6, twin * 6 + 6), columns: { genre: [LABELS[twin % 3]!], tag: ['loud', 'fast'] } });
    const out = new Float32Array(U);
    await fresh.score(users, out);
    out.forEach((s, u) => expect(s).toBeCloseTo(all[u * I + twin]!, 5));
    expect(fresh.similarItems(3).items[0]).toBe(twin);
    const other = await model.scoreNewItem!({ text: null, columns: {} });
    await other.score(users, out);
    expect(out.every(Number.isFinite)).toBe(true);
    await expect(model.scoreNewItem!({ text: new Float32Array(3), columns: {} })).rejects.toThrow("has 3 numbers, the catalogue's have 6");
    fresh.dispose!();
    other.dispose!();
    model.dispose!();
    expect(memory().numTensors).toBe(before);
  }, 30_000);
});
