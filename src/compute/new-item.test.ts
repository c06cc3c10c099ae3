import { beforeAll, describe, expect, it } from 'vitest';
import type { EntityTable } from '../core/dataset';
import { createRandom } from '../core/random';
import { logScaled, readFeatures } from './entity-features';
import { EntityInput } from './entity-input';
import { loadBackend } from './load-backend';
import { newItemRow, placeOfNewItem } from './new-item';
import { Parameters } from './parameters';
import { StartValues } from './start-values';
import { memory, tidy } from './tensors';

const items: EntityTable = {
  ids: ['a', 'b', 'c', 'd'], label: null,
  columns: [
    { kind: 'categorical', name: 'genre', levels: ['rock', 'folk'], codes: Int32Array.of(0, 1, -1, 0) },
    { kind: 'tags', name: 'tags', levels: ['slow', 'loud', 'live'], offsets: Int32Array.of(0, 2, 3, 3, 5), codes: Int32Array.of(0, 2, 1, 1, 2) },
    { kind: 'numeric', name: 'year', values: Float64Array.of(1990, 2001, NaN, 2020) },
  ],
};
const users: EntityTable = { ids: ['u'], columns: [], label: null };

describe('the input of an item that is in no data set', () => {
  beforeAll(() => loadBackend('cpu'));
  const text = { column: 'title', encoder: 'test', dim: 3, vectors: Float32Array.from({ length: 12 }, (_, k) => Math.sin(k)), missing: 0 };
  const make = () => {
    const f = readFeatures(users, items, text, { useIds: true, userColumns: '*', itemColumns: '*' });
    const input = new EntityInput('item', { ...f.item, numeric: logScaled(items)! });
    const w = new StartValues(createRandom(3));
    input.start(w, 4, 1);
    const parameters = new Parameters(w.weights);
    return { input, parameters, free: () => (input.dispose(), parameters.dispose()) };
  };
  const everything = Uint8Array.of(1, 1, 1, 1);

  it('is that of the catalogue’s item with the same labels, text and numbers, but for the id, which is the average', async () => {
    const before = memory().numTensors;
    const { input, parameters, free } = make();
    const row = await newItemRow(input, { text: text.vectors.slice(9), columns: { genre: ['rock'], tags: ['loud', 'live'], year: 2020 } }, items, parameters.get, everything);
    const known = tidy(() => input.rows(parameters.get, Int32Array.of(3)).dataSync());
    expect(row).toHaveLength(known.length);
    for (let k = 4; k < row.length; k++) expect(row[k]).toBeCloseTo(known[k]!, 5);
    const ids = parameters.get('item.id').dataSync();
    for (let c = 0; c < 4; c++) expect(row[c]).toBeCloseTo([0, 1, 2, 3].reduce((s, r) => s + ids[4 * r + c]! / 4, 0), 5);
    free();
    expect(memory().numTensors).toBe(before);
  });

  it('what is absent counts as empty, an unknown label and one that training never reached as the average', async () => {
    const { input, parameters, free } = make();
    const genre = parameters.get('item.genre').dataSync(); // rock, folk, empty
    const at = async (columns: Record<string, string[]>, seen = everything) => (await newItemRow(input, { text: null, columns }, items, parameters.get, seen)).slice(4, 8);
    const mean = (rows: number[]) => [0, 1, 2, 3].map((c) => rows.reduce((s, r) => s + genre[4 * r + c]!, 0) / rows.length);
    const close = (a: Float32Array, b: number[]) => a.forEach((x, c) => expect(x).toBeCloseTo(b[c]!, 5));
    close(await at({}), mean([2]));
    close(await at({ genre: ['folk'] }), mean([1]));
    close(await at({ genre: ['folk'] }, Uint8Array.of(1, 0, 0, 1)), mean([0]));
    free();
  });

  it('a text of another dimension is refused', async () => {
    const { input, parameters, free } = make();
    await expect(newItemRow(input, { text: new Float32Array(5), columns: {} }, items, parameters.get, everything)).rejects.toThrow("has 5 numbers, the catalogue's have 3");
    free();
  });
});

describe('what puts a new item where it is', () => {
  const f = { ...readFeatures(users, items, null, { useIds: true, userColumns: '*', itemColumns: '*' }).item, numeric: logScaled(items)! };
  it('names what is known of it and what is not; with nothing known it stands at the average', () => {
    expect(placeOfNewItem(f, { text: null, columns: { tags: ['loud'], year: 2020 } }, items)).toBe(
      'It is placed by its tags, year; of its genre nothing is known. For an id of its own the average of the trained ones stands in.',
    );
    expect(placeOfNewItem(f, { text: null, columns: { genre: ['polka'] } }, items)).toMatch(/^Nothing is known of it .* average of the items/);
  });
});
