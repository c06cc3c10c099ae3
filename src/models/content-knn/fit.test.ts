import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Column, TextVectors } from '../../core/dataset';
import { itemIndex, userIndex } from '../../core/ids';
import type { TrainData } from '../../core/model';
import { cosinesOf, largest } from '../../math/cosine-rows';
import { contextFor, dot, largestDifference, scoreRows, smallWorld, trainFrom } from '../../math/small-matrices';
import { standardise, toUnitRows } from '../../math/standardise';
import { fitModule } from './fit';
import { itemVectors } from './vectors';

const plain = { k: 10, source: 'auto', among: 'history' } as const;
const numeric = (name: string, values: number[]): Column => ({ kind: 'numeric', name, values: Float64Array.from(values) });
const withColumns = (train: TrainData, ...columns: Column[]): TrainData => ({ ...train, items: { ...train.items, columns } });

/** The definition, written down: standardise, cosine, mean of the k largest (or sum over the catalogue's k nearest). */
function twin(train: TrainData, columns: number[][], k: number, among: 'history' | 'catalogue'): number[][] {
  const scaled = columns.map((c) => {
    const mean = c.reduce((s, x) => s + x, 0) / c.length;
    const sd = Math.sqrt(c.reduce((s, x) => s + (x - mean) ** 2, 0) / c.length);
    return c.map((x) => (sd > 1e-9 ? (x - mean) / sd : 0));
  });
  const rows = Array.from({ length: train.I }, (_, i) => scaled.map((c) => c[i]!));
  const cosine = (i: number, j: number): number => dot(rows[i]!, rows[j]!) / (Math.sqrt(dot(rows[i]!, rows[i]!) * dot(rows[j]!, rows[j]!)) || 1);
  const nearest = (i: number, of: number[]): number[] =>
    of.filter((j) => j !== i).sort((a, b) => Math.round(cosine(i, b) * 1e10) - Math.round(cosine(i, a) * 1e10) || a - b).slice(0, k);
  return Array.from({ length: train.U }, (_, u) => {
    const own = [...new Set(train.item.subarray(train.userStart[u]!, train.userStart[u + 1]!))];
    return Array.from({ length: train.I }, (_, i) => {
      if (among === 'catalogue') return nearest(i, rows.map((_, j) => j)).filter((j) => own.includes(j)).reduce((s, j) => s + cosine(i, j), 0);
      const best = nearest(i, own);
      return best.length ? best.reduce((s, j) => s + cosine(i, j), 0) / best.length : 0;
    });
  });
}

describe('content kNN', () => {
  it('equals its slow twin on random small worlds, whatever k and wherever neighbours are looked for', async () => {
    const worlds = smallWorld.chain((train) => fc.record({
      train: fc.constant(train),
      // Whole numbers from a wide range: no near-ties that rounding could turn either way.
      columns: fc.array(fc.array(fc.integer({ min: -9999, max: 9999 }), { minLength: train.I, maxLength: train.I }), { minLength: 2, maxLength: 4 }),
    }));
    await fc.assert(fc.asyncProperty(worlds, fc.integer({ min: 1, max: 6 }), fc.constantFrom('history', 'catalogue'), async ({ train, columns }, k, among) => {
      const data = withColumns(train, ...columns.map((c, n) => numeric(`c${n}`, c)));
      const model = await fitModule.fit(contextFor(data, { ...plain, k, among }));
      expect(largestDifference(await scoreRows(model, data), twin(data, columns, k, among))).toBeLessThan(1e-5);
    }), { numRuns: 120 });
  });

  it('an item nobody has scores by what it is, and so does a listener given only by their items', async () => {
    // Items 0 and 3 are loud, 1 and 2 quiet; nobody has item 3.
    const train = withColumns(trainFrom(2, 4, [[0, 0, 1], [1, 1, 1]]), numeric('energy', [0.9, 0.1, 0.2, 0.8]));
    const model = await fitModule.fit(contextFor(train, plain));
    const [loud, quiet] = await scoreRows(model, train);
    expect(loud![3]).toBeCloseTo(1, 6);
    expect(quiet![3]).toBeCloseTo(-1, 6);
    const out = new Float32Array(4);
    model.foldIn!([itemIndex(0)]).score(out);
    expect([...out]).toEqual(loud);
    expect(model.explain!(userIndex(0), itemIndex(3))).toEqual([{ text: 'Sounds or reads like “0”, similarity 1.000', weight: 1 }]);
    expect([...(await model.similarItems!(itemIndex(0), 1)).items]).toEqual([3]);
  });

  it('an empty cell counts as the mean, a constant column as nothing', () => {
    const { data, mean, sd } = standardise([Float64Array.of(1, 3, NaN), Float64Array.of(0.1, 0.1, 0.1)], 3);
    expect([...data]).toEqual([-1, 0, 1, 0, 0, 0]);
    expect([mean[0], sd[0], sd[1]]).toEqual([2, 1, 0]);
  });

  it('takes text where there is text, audio features before other numbers, and says what is missing', async () => {
    const train = withColumns(trainFrom(1, 2, [[0, 0, 1]]), numeric('year', [1999, 2020]), numeric('Energy', [0, 1]));
    const text: TextVectors = { column: 'title', encoder: 'test', dim: 2, vectors: Float32Array.of(3, 4, 0, 0), missing: 1 };
    expect(itemVectors(train.items, null, 'auto')).toMatchObject({ source: 'Energy', dim: 1 });
    const byText = itemVectors(train.items, text, 'auto');
    expect([byText.source, ...byText.data].map(String)).toEqual(['title (test)', String(Math.fround(0.6)), String(Math.fround(0.8)), '0', '0']);
    expect([...text.vectors]).toEqual([3, 4, 0, 0]);
    expect(() => itemVectors(train.items, null, 'text')).toThrow('there are no text vectors');
    await expect(fitModule.fit(contextFor(trainFrom(1, 2, [[0, 0, 1]]), { ...plain, source: 'numeric' }))).rejects.toThrow('the items have none');
  });
});

const FILES = ['../shared/reference/knn_audio.json', '../shared/data/spotify_songs.csv.zip'] as const;
interface Reference {
  inputs: { columns: string[] };
  expected: {
    rows_read: number; rows_kept: number; mean: number[]; population_sd: number[]; first_row_standardised: number[]; last_row_standardised: number[];
    queries: { row: number; track_id: string; neighbours: [number, string, number][]; next_similarity: number; smallest_gap: number }[];
    mean_top10_similarity_of_every_100th_row: { rows: number; value: number };
  };
}
describe.skipIf(!FILES.every((f) => existsSync(f)))('content kNN on 28,356 tracks against scikit-learn (knn_audio.json; skipped where ../shared is absent)', () => {
  it('scaling to 1e-9, ten neighbours of 25 tracks to 2e-6 and in order except between near-ties, and every 100th track on average', () => {
    const { inputs, expected } = JSON.parse(readFileSync(FILES[0], 'utf8')) as Reference;
    const csv = strFromU8(unzipSync(readFileSync(FILES[1]))['spotify_songs.csv']!);
    const { data: all } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
    expect(all.length).toBe(expected.rows_read);
    const seen = new Set<string>();
    const tracks = all.filter((r) => !seen.has(r['track_id']!) && seen.add(r['track_id']!));
    const rows = tracks.length;
    expect(rows).toBe(expected.rows_kept);
    const { mean, sd, data } = standardise(inputs.columns.map((c) => Float64Array.from(tracks, (t) => Number(t[c]))), rows);
    const dim = inputs.columns.length;
    expect(largestDifference(
      [mean, sd, data.subarray(0, dim), data.subarray((rows - 1) * dim)],
      [expected.mean, expected.population_sd, expected.first_row_standardised, expected.last_row_standardised],
    )).toBeLessThan(1e-9);
    const matrix = { rows, dim, data: toUnitRows(data, dim) };
    const cosines = new Float64Array(rows);
    const tenOf = (row: number): Int32Array => {
      cosinesOf(matrix, row, cosines);
      return largest(cosines, 10, row);
    };
    expect(expected.queries.length).toBe(25);
    for (const query of expected.queries) {
      const ours = tenOf(query.row);
      expect(tracks[query.row]!['track_id']).toBe(query.track_id);
      expect(largestDifference([Array.from(ours, (j) => cosines[j]!)], [query.neighbours.map((n) => n[2])])).toBeLessThan(2e-6);
      expect([...ours]).toEqual(query.neighbours.map((n) => n[0]));
      expect(Array.from(ours, (j) => tracks[j]!['track_id'])).toEqual(query.neighbours.map((n) => n[1]));
    }
    let sum = 0;
    let count = 0;
    for (let r = 0; r < rows; r += 100, count++) for (const j of tenOf(r)) sum += cosines[j]! / 10;
    expect(count).toBe(expected.mean_top10_similarity_of_every_100th_row.rows);
    expect(Math.abs(sum / count - expected.mean_top10_similarity_of_every_100th_row.value)).toBeLessThan(2e-6);
  });
});

describe('content kNN on an item nobody has had', () => {
  it.each(['history', 'catalogue'] as const)('scores it as it would score an item of the catalogue that is the same (%s)', async (among) => {
    // Item 3 is nobody's; a new item with its numbers must be worth what item 3 is.
    const train = withColumns(trainFrom(2, 4, [[0, 0, 1], [1, 1, 1]]), numeric('energy', [0.9, 0.1, 0.2, 0.8]), numeric('tempo', [1, 2, 3, 1]));
    const model = await fitModule.fit(contextFor(train, { ...plain, k: 2, among }));
    const own = await scoreRows(model, train);
    const fresh = await model.scoreNewItem!({ text: null, columns: { energy: 0.8, tempo: 1 } });
    const out = new Float32Array(2);
    await fresh.score(Int32Array.of(0, 1), out);
    expect([...fresh.similarItems(1).items]).toEqual([3]);
    if (among === 'history') out.forEach((s, u) => expect(s).toBeCloseTo(own[u]![3]!, 6));
    else expect(out[0]).toBeGreaterThan(out[1]!);
  });
  it('an unknown number counts as the mean, and a text of another encoder is refused', async () => {
    const train = withColumns(trainFrom(1, 2, [[0, 0, 1]]), numeric('energy', [0, 1]));
    const model = await fitModule.fit(contextFor(train, plain));
    const out = new Float32Array(1);
    await (await model.scoreNewItem!({ text: null, columns: {} })).score(Int32Array.of(0), out);
    expect(out[0]).toBe(0);
    const byText = await fitModule.fit({ ...contextFor(train, plain), text: { column: 't', encoder: 'e', dim: 2, vectors: Float32Array.of(1, 0, 0, 1), missing: 0 } });
    expect(() => byText.scoreNewItem!({ text: Float32Array.of(1, 2, 3), columns: {} })).toThrow("has 3 numbers, the catalogue's have 2");
  });
});
