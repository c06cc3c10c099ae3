/** Parquet files, a row group at a time. */
import { gunzipSync } from 'fflate';
import { messageOf, Problem } from '../../core/problem';
import { wholeOf, type ByteSource } from './byte-source';
import { breathe } from './macrotask';
import { cellText, csvRow, recordSource } from './records';

/** The whole file is held while it is read, because its table of contents stands at the end. */
const LARGEST = 2 ** 30;

export const isParquet = (b: Uint8Array): boolean => b[0] === 0x50 && b[1] === 0x41 && b[2] === 0x52 && b[3] === 0x31;

/** @throws Problem for a damaged file or a compression that is not known here */
export async function parquetSource(source: ByteSource, signal?: AbortSignal): Promise<ByteSource> {
  if (source.size > LARGEST) throw new Problem(`This Parquet file has ${(source.size / 1e9).toFixed(1)} GB; 1 GB is the most.`, { file: source.key }, 'Save a sample of the users, or CSV, which is read piece by piece.');
  const { parquetMetadata, parquetRead } = await import('hyparquet');
  const bytes = await wholeOf(source, signal);
  const broken = (error: unknown): Problem => {
    const codec = /unsupported compression codec: (\w+)/.exec(String(error))?.[1];
    return codec
      ? new Problem(`This Parquet file is compressed with ${codec}, which cannot be read here.`, { file: source.key }, 'Save it with Snappy or gzip compression, or without any, or as CSV.')
      : new Problem(`The Parquet file is damaged or cut off (${messageOf(error)}).`, { file: source.key }, 'Save or download it again, or save it as CSV.');
  };
  let metadata: ReturnType<typeof parquetMetadata>;
  try {
    metadata = parquetMetadata(bytes);
  } catch (error) {
    throw broken(error);
  }
  const names = topLevel(metadata.schema);
  const file = { byteLength: bytes.byteLength, slice: (from: number, to?: number) => bytes.slice(from, to) };
  return recordSource(source, 'Parquet', names, async function* (stop, onDone) {
    let start = 0;
    const total = Number(metadata.num_rows);
    for (const group of metadata.row_groups) {
      const end = start + Number(group.num_rows);
      let rows: unknown[][] = [];
      try {
        await parquetRead({ file, metadata, rowStart: start, rowEnd: end, compressors: { GZIP: (input: Uint8Array) => gunzipSync(input) }, onComplete: (found) => (rows = found as unknown[][]) });
      } catch (error) {
        throw broken(error);
      }
      for (let at = 0; at < rows.length; at += 5000) {
        yield rows.slice(at, at + 5000).map((r) => csvRow(names.map((_, c) => cellText(r[c])))).join('');
        onDone?.(Math.round((source.size * (start + Math.min(rows.length, at + 5000))) / Math.max(1, total)));
        await breathe(stop);
      }
      start = end;
    }
  });
}

/** Names of the columns; what is nested below one is read as its value. */
function topLevel(schema: readonly { name: string; num_children?: number }[]): string[] {
  const names: string[] = [];
  const skip = (at: number): number => {
    let next = at + 1;
    for (let k = schema[at]?.num_children ?? 0; k > 0; k--) next = skip(next);
    return next;
  };
  for (let at = 1; at < schema.length; at = skip(at)) names.push(schema[at]!.name);
  return names;
}
