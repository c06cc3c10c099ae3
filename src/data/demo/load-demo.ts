/** Reads the bundled demo into a frozen data set with known truth and ready text vectors. */
import Papa from 'papaparse';
import { z } from '../../core/schema';
import type { CategoricalColumn, Column, EntityTable, KnownTruth, TextVectors } from '../../core/dataset';
import { Problem } from '../../core/problem';
import type { LoadedData } from '../../../workers/protocol';
import { assemble } from '../assemble';
import { decodePack, type Pack } from './pack';
import { dequantise } from './quantise';

const manifestSchema = z.object({
  format: z.literal('coldwave-demo'),
  version: z.literal(1),
  seed: z.number().int(),
  counts: z.object({ users: z.number().int(), items: z.number().int(), interactions: z.number().int() }),
  rescued: z.number().int(),
  encoder: z.string().nullable(),
  files: z.record(z.string(), z.object({ bytes: z.number().int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

type Rows = Record<string, string>[];
const REMEDY = 'Reload the page; if it happens again, make the demo data anew with "npm run demo-data".';

function parse(bytes: ArrayBuffer, file: string, columns: readonly string[]): Rows {
  const { data, errors, meta } = Papa.parse<Record<string, string>>(new TextDecoder().decode(bytes), { header: true, delimiter: ',', newline: '\n', skipEmptyLines: true });
  const missing = columns.filter((c) => !meta.fields?.includes(c));
  if (missing.length) throw new Problem(`A demo file lacks the column ${missing.join(', ')}.`, { file, line: 1 }, REMEDY);
  const first = errors[0];
  if (first) throw new Problem(`A demo file cannot be read: ${first.message}.`, { file, line: (first.row ?? 0) + 2 }, REMEDY);
  return data;
}

const text = (rows: Rows, name: string): Column => ({ kind: 'text', name, values: rows.map((r) => r[name]!) });
function categorical(rows: Rows, name: string): CategoricalColumn {
  const levels = [...new Set(rows.map((r) => r[name]!))].filter(Boolean).sort();
  const code = new Map(levels.map((level, k) => [level, k]));
  return { kind: 'categorical', name, codes: Int32Array.from(rows, (r) => code.get(r[name]!) ?? -1), levels };
}
/** A date as a year with a fraction: 2 July 2024 is 2024.5. */
function years(rows: Rows, name: string): Column {
  const values = Float64Array.from(rows, (r) => {
    const ms = Date.parse(r[name]!);
    const year = new Date(ms).getUTCFullYear();
    const [start, end] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
    return year + Math.round((100 * (ms - start)) / (end - start)) / 100;
  });
  return { kind: 'numeric', name, values };
}

function truthIn(pack: Pack): KnownTruth {
  const { users, items } = pack.arrays;
  if (!(users?.data instanceof Float32Array) || !(items?.data instanceof Float32Array)) throw new Problem('A demo file holds no truth.', { file: 'truth.bin' }, REMEDY);
  return { dim: users.shape[1] ?? 0, users: users.data, items: items.data };
}

/** One TextVectors per column, row i for the item at dense index i; `ids` are the data set's, `source` the file's. */
function vectorsIn(pack: Pack, ids: readonly string[], source: readonly string[]): TextVectors[] {
  const { encoder, dim, columns } = z.object({ encoder: z.string(), dim: z.number().int(), columns: z.array(z.string()) }).parse(pack.meta);
  const rowOf = new Map(source.map((id, r) => [id, r]));
  return columns.map((column) => {
    const values = pack.arrays[`${column}.values`]?.data;
    const scales = pack.arrays[`${column}.scales`]?.data;
    if (!(values instanceof Int8Array) || !(scales instanceof Float32Array)) throw new Problem(`A demo file holds no vectors of "${column}".`, { file: 'vectors.bin' }, REMEDY);
    const inFile = dequantise({ values, scales }, dim); // [rows of items.csv, dim]
    const vectors = new Float32Array(ids.length * dim); // [I, dim]
    let missing = 0;
    ids.forEach((id, i) => {
      const r = rowOf.get(id);
      if (r === undefined || scales[r] === 0) missing += 1;
      else vectors.set(inFile.subarray(r * dim, (r + 1) * dim), i * dim);
    });
    return { column, encoder, dim, vectors, missing };
  });
}

/**
 * @param read gives the bytes of one file of public/demo/ by name (fetch in the page, fs in Node).
 * @throws Problem when a file is missing a column, damaged or does not fit the others.
 */
export async function loadDemo(read: (name: string) => Promise<ArrayBuffer>): Promise<LoadedData & { vectors: TextVectors[] }> {
  const started = performance.now();
  const manifest = manifestSchema.parse(JSON.parse(new TextDecoder().decode(await read('manifest.json'))));
  const hasVectors = 'vectors.bin' in manifest.files;
  const [playsFile, usersFile, itemsFile, truthFile, vectorFile] = await Promise.all([
    read('interactions.csv'), read('users.csv'), read('items.csv'), read('truth.bin'), hasVectors ? read('vectors.bin') : null,
  ]);
  const plays = parse(playsFile, 'interactions.csv', ['user', 'item', 'time', 'plays']);
  const people = parse(usersFile, 'users.csv', ['id', 'name', 'country', 'age_group', 'joined']);
  const songs = parse(itemsFile, 'items.csv', ['id', 'title', 'artist', 'tag', 'country', 'released', 'lyrics', 'summary']);
  const users: EntityTable = {
    ids: people.map((r) => r['id']!),
    columns: [text(people, 'name'), categorical(people, 'country'), categorical(people, 'age_group'), years(people, 'joined')],
    label: 'name',
  };
  const items: EntityTable = {
    ids: songs.map((r) => r['id']!),
    columns: [text(songs, 'title'), categorical(songs, 'artist'), categorical(songs, 'tag'), categorical(songs, 'country'), years(songs, 'released'), text(songs, 'lyrics'), text(songs, 'summary')],
    label: 'title',
  };
  const truth = truthIn(decodePack(truthFile, 'truth.bin'));
  if (truth.users.length !== users.ids.length * truth.dim || truth.items.length !== items.ids.length * truth.dim) {
    throw new Problem(`The demo files do not fit each other: the truth knows ${truth.users.length / truth.dim} users and ${truth.items.length / truth.dim} items.`, { file: 'truth.bin' }, REMEDY);
  }
  const source = (name: string, bytes: ArrayBuffer, role: 'interactions' | 'users' | 'items', rows: Rows) => ({ name, bytes: bytes.byteLength, role, rows: rows.length, rejected: 0 });
  const { data, notes } = assemble({
    name: 'Coldwave demo',
    recipe: 'coldwave-demo',
    sources: [source('interactions.csv', playsFile, 'interactions', plays), source('users.csv', usersFile, 'users', people), source('items.csv', itemsFile, 'items', songs)],
    interactions: {
      user: plays.map((r) => r['user']!),
      item: plays.map((r) => r['item']!),
      time: Float64Array.from(plays, (r) => Number(r['time'])),
      value: Float32Array.from(plays, (r) => Number(r['plays'])),
      row: Int32Array.from(plays, (_, k) => k),
    },
    users,
    items,
    truth,
  });
  const vectors = vectorFile ? vectorsIn(decodePack(vectorFile, 'vectors.bin'), data.items.ids, items.ids) : [];
  return { raw: data, vectors, rejected: { total: 0, reasons: [] }, notes, seconds: (performance.now() - started) / 1000 };
}
