import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random';
import { featureRows } from './features';
import { textRows } from './text-rows';

const random = createRandom(2, 'text rows');
const [I, dim] = [12, 20];
const vectors = Float32Array.from({ length: I * dim }, (_, k) => (Math.floor(k / dim) === 4 ? 0 : random.normal()));
const text = { column: 'lyrics', encoder: 'test', dim, vectors, missing: 1 };
const items = { ids: Array.from({ length: I }, (_, i) => `i${i}`), columns: [], label: null };

describe('a text as features of LightFM', () => {
  it('has length 1 where there is a text, and weighs nothing where there is none', async () => {
    const rows = (await textRows(text, 3))!;
    for (let i = 0; i < I; i++) expect(rows.data.subarray(3 * i, 3 * i + 3).reduce((s, x) => s + x * x, 0)).toBeCloseTo(i === 4 ? 0 : 1, 5);
    expect(await textRows(text, 0)).toBeNull();
    expect(await textRows(null, 3)).toBeNull();
    expect((await textRows(text, 99))!.width).toBe(dim);
  });
  it('stands behind the ids in the rows, keeps its signs, and can stand alone', async () => {
    const rows = (await textRows(text, 3))!;
    const { matrix, nameOf } = featureRows(items, 'item', '', true, false, rows);
    expect([matrix.cols, nameOf(0), nameOf(I)]).toEqual([I + 3, null, 'the text of lyrics']);
    expect(matrix.start[5]! - matrix.start[4]!).toBe(1); // the id alone
    expect(matrix.value.some((v) => v < 0)).toBe(true);
    expect(featureRows(items, 'item', '', false, true, rows).matrix.value.every(Number.isFinite)).toBe(true);
    expect(() => featureRows(items, 'item', '', false, false, null)).toThrow('nothing to know items by');
  });
});
