/** Vectors a person made elsewhere: .npy with or without ids, CSV or Parquet with an id column, or the zip that Coldwave exports. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { messageOf, Problem } from '../../core/problem';
import { zeroRows } from '../../math/standardise';
import { readNpy, writeNpy } from './npy';

export interface OwnVectors {
  dim: number;
  /** In the order of `ids` as asked; a row of zeros where the file had none. */
  vectors: Float32Array; // [I, dim]
  /** Items without a row in the file. */
  missing: number;
  /** Rows of the file whose id is no item. */
  strangers: number;
}
interface Table {
  /** null: rows are in the order of the items. */
  ids: string[] | null;
  data: Float32Array; // [rows, dim]
  dim: number;
}

/** 'vectors.npy' [I, dim] and 'ids.csv', one id a line under the heading "id", in one zip. */
export function packVectors(ids: readonly string[], vectors: Float32Array, dim: number, about: string): Uint8Array<ArrayBuffer> {
  const cell = (id: string): string => (/[",\r\n]/.test(id) ? `"${id.replaceAll('"', '""')}"` : id);
  return zipSync({
    'vectors.npy': [writeNpy(vectors, ids.length, dim), { level: 0 }],
    'ids.csv': strToU8(`id\r\n${ids.map(cell).join('\r\n')}\r\n`),
    'README.txt': strToU8(`${about}\r\nvectors.npy: numpy.load("vectors.npy"), row n belongs to line n + 2 of ids.csv; a row of zeros had no text.\r\n`),
  }) as Uint8Array<ArrayBuffer>;
}

/**
 * Rows for `ids` from one or two files (vectors, and ids where the vectors carry none).
 * @throws Problem naming file, line and value where something cannot be used
 */
export async function readOwnVectors(files: readonly { name: string; bytes: Uint8Array }[], ids: readonly string[]): Promise<OwnVectors> {
  const parts = files.flatMap(({ name, bytes }) => (/\.zip$/i.test(name) ? unzipped(name, bytes) : [{ name, bytes }]));
  const is = (pattern: RegExp) => parts.find(({ name }) => pattern.test(name));
  const npy = is(/\.npy$/i);
  const parquet = is(/\.parquet$/i);
  const csv = is(/\.(csv|tsv|txt)$/i);
  if (npy) return match(await withIds(npy, csv), ids, npy.name);
  if (parquet) return match(await readParquet(parquet.name, parquet.bytes), ids, parquet.name);
  if (csv) return match(await readCsv(csv.name, csv.bytes), ids, csv.name);
  throw new Problem(`There are no vectors in ${parts.map(({ name }) => name).join(', ') || 'these files'}.`, {}, 'Choose a .npy, .csv or .parquet file, or a zip that holds one.');
}

function unzipped(name: string, bytes: Uint8Array): { name: string; bytes: Uint8Array }[] {
  try {
    return Object.entries(unzipSync(bytes))
      .filter(([entry]) => entry !== 'README.txt')
      .map(([entry, content]) => ({ name: entry, bytes: content }));
  } catch {
    throw new Problem('This zip cannot be opened.', { file: name }, 'Make it again, or choose the files in it.');
  }
}

async function withIds(npy: { name: string; bytes: Uint8Array }, csv: { name: string; bytes: Uint8Array } | undefined): Promise<Table> {
  const { data, rows, cols } = readNpy(npy.bytes, npy.name);
  if (!csv) return { ids: null, data, dim: cols };
  const { default: Papa } = await import('papaparse');
  const found = Papa.parse<string[]>(strFromU8(csv.bytes), { skipEmptyLines: true }).data.map((row) => row[0] ?? '');
  const list = found.length === rows + 1 ? found.slice(1) : found;
  if (list.length !== rows) throw new Problem(`There are ${rows} vectors and ${list.length} ids.`, { file: csv.name }, 'Give one id a line, in the order of the vectors; a heading may stand above.');
  return { ids: list, data, dim: cols };
}

async function readCsv(file: string, bytes: Uint8Array): Promise<Table> {
  const { default: Papa } = await import('papaparse');
  const lines = Papa.parse<string[]>(strFromU8(bytes).replace(/^\uFEFF/, ''), { skipEmptyLines: true }).data;
  const first = lines[0];
  if (!first || first.length < 2) throw new Problem('Each line needs an id and then the numbers of its vector.', { file, line: 1 }, 'Separate them with commas, tabs or semicolons.');
  const heading = first.slice(1).some((x) => x.trim() === '' || Number.isNaN(Number(x)));
  const rows = heading ? lines.slice(1) : lines;
  const dim = first.length - 1;
  const data = new Float32Array(rows.length * dim);
  rows.forEach((row, r) => {
    const line = r + (heading ? 2 : 1);
    if (row.length !== dim + 1) throw new Problem(`This line has ${row.length - 1} numbers, the first one ${dim}.`, { file, line }, 'Give every item a vector of one length.');
    for (let d = 0; d < dim; d++) {
      const x = Number(row[d + 1]);
      if (row[d + 1]!.trim() === '' || !Number.isFinite(x)) throw new Problem('This is not a number.', { file, line, column: heading ? (first[d + 1] ?? '') : `number ${d + 1}`, value: row[d + 1]! }, 'Correct the line, or leave the item out.');
      data[r * dim + d] = x;
    }
  });
  return { ids: rows.map((row) => row[0]!), data, dim };
}

/** First column: ids. Then either one column of lists, or one column for each number. */
async function readParquet(file: string, bytes: Uint8Array): Promise<Table> {
  const { parquetReadObjects } = await import('hyparquet');
  let rows: Record<string, unknown>[];
  try {
    rows = await parquetReadObjects({ file: bytes.slice().buffer });
  } catch (error) {
    throw new Problem(`This Parquet file cannot be read: ${messageOf(error)}`, { file }, 'Save it uncompressed or with Snappy compression.');
  }
  const columns = Object.keys(rows[0] ?? {});
  const listed = columns.find((c) => Array.isArray(rows[0]?.[c]));
  const id = columns.find((c) => c !== listed);
  if (id === undefined || columns.length < 2) throw new Problem('A column of ids and one or more of numbers are needed.', { file }, 'Save a table with the id first.');
  const cells = (row: Record<string, unknown>): unknown[] => (listed ? (row[listed] as unknown[]) : columns.filter((c) => c !== id).map((c) => row[c]));
  const dim = cells(rows[0]!).length;
  const data = new Float32Array(rows.length * dim);
  rows.forEach((row, r) => {
    const values = cells(row);
    if (values.length !== dim) throw new Problem(`Row ${r + 1} has ${values.length} numbers, the first one ${dim}.`, { file }, 'Give every item a vector of one length.');
    values.forEach((x, d) => {
      const number = typeof x === 'bigint' ? Number(x) : x;
      if (typeof number !== 'number' || !Number.isFinite(number)) throw new Problem('This is not a number.', { file, column: listed ?? columns[d + 1] ?? '', value: String(x) }, `Correct row ${r + 1}, or leave it out.`);
      data[r * dim + d] = number;
    });
  });
  return { ids: rows.map((row) => String(row[id])), data, dim };
}

function match(table: Table, ids: readonly string[], file: string): OwnVectors {
  const { dim } = table;
  const rows = table.data.length / Math.max(1, dim);
  const bad = table.data.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) throw new Problem(`Row ${Math.floor(bad / dim) + 1} holds a number that is not finite.`, { file, value: String(table.data[bad]) }, 'Replace it, or leave the item out.');
  if (!table.ids) {
    if (rows !== ids.length) throw new Problem(`There are ${rows} vectors and ${ids.length} items.`, { file }, 'Give the ids along with the vectors (a CSV with one id a line), so that rows and items can be matched.');
    return { dim, vectors: table.data, missing: zeroRows(table.data, dim), strangers: 0 };
  }
  const place = new Map(ids.map((id, i) => [id, i]));
  const vectors = new Float32Array(ids.length * dim);
  let strangers = 0;
  table.ids.forEach((id, r) => {
    const at = place.get(id) ?? place.get(id.trim());
    if (at === undefined) strangers++;
    else vectors.set(table.data.subarray(r * dim, (r + 1) * dim), at * dim);
  });
  if (strangers === table.ids.length) {
    throw new Problem(`None of the ${strangers} ids is an item of this data set.`, { file, value: table.ids[0] ?? '' }, `Items here have ids like ${JSON.stringify(ids[0] ?? '')}.`);
  }
  return { dim, vectors, missing: zeroRows(vectors, dim), strangers };
}
