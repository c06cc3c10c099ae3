/** Where bytes come from: a dropped file, an entry of a zip, the inside of a gzip file. */
import { messageOf, Problem } from '../../core/problem';

export interface ByteSource {
  /** Stable name of the whole path: 'archive.zip/inner.csv' or 'name.csv'. */
  key: string;
  /** The last part of the key. */
  name: string;
  /** Bytes on the scale `done` reports: uncompressed for files and zip entries, compressed for gzip. */
  size: number;
  /** Of a format that names its columns itself: the bytes are then CSV without a header (src/data/read/records). */
  records?: { names: string[]; format: string };
  /** The bytes in order. `onDone` hears how many of `size` have been read. */
  open(signal?: AbortSignal, onDone?: (done: number) => void): AsyncIterable<Uint8Array>;
}

const GIB = 1024 ** 3;
/** Larger files do not fit the memory of one browser tab once their rows are typed arrays beside their text. */
export const MAX_BYTES = 2 * GIB;

export function tooLarge(name: string, bytes: number): Problem {
  return new Problem(
    `The file has ${(bytes / GIB).toFixed(1)} GB; a browser tab can work with at most ${MAX_BYTES / GIB} GB.`,
    { file: name },
    'Cut it down first: keep only the columns user, item, time and value, or take a sample of users. Nothing was read.',
  );
}

const CHUNK = 2 ** 20;

/** Refuses by File.size, before a byte is read. */
export function fileSource(file: File): ByteSource {
  if (file.size > MAX_BYTES) throw tooLarge(file.name, file.size);
  return { key: file.name, name: file.name, size: file.size, open: (signal, onDone) => slices(file, 0, file.size, signal, onDone) };
}

/** Bytes `from`…`to` of a blob in pieces; awaiting each piece lets a cancel be heard. */
export async function* slices(blob: Blob, from: number, to: number, signal?: AbortSignal, onDone?: (done: number) => void, step = CHUNK): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += step) {
    signal?.throwIfAborted();
    const end = Math.min(to, at + step);
    let bytes: ArrayBuffer;
    try {
      bytes = await blob.slice(at, end).arrayBuffer();
    } catch (error) {
      const name = blob instanceof File ? blob.name : undefined;
      throw new Problem(`The file could not be read (${messageOf(error)}).`, { file: name }, 'Perhaps it was moved, changed or deleted after it was chosen. Choose it again.');
    }
    yield new Uint8Array(bytes);
    onDone?.(end - from);
  }
}

/** The first `limit` bytes, or all there are. */
export async function head(source: ByteSource, limit: number, signal?: AbortSignal): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let n = 0;
  for await (const part of source.open(signal)) {
    parts.push(part);
    n += part.length;
    if (n >= limit) break;
  }
  const out = new Uint8Array(Math.min(n, limit));
  let at = 0;
  for (const part of parts) {
    out.set(part.subarray(0, out.length - at), at);
    at += Math.min(part.length, out.length - at);
  }
  return out;
}

/** All bytes at once, for formats that are read from their end. */
export async function wholeOf(source: ByteSource, signal?: AbortSignal): Promise<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let n = 0;
  for await (const part of source.open(signal)) {
    parts.push(part);
    n += part.length;
  }
  const out = new Uint8Array(n);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out.buffer;
}

const REMEMBERED = 2 ** 25;

/**
 * Keeps the bytes of a small packed source after its first full reading, since each table is read twice:
 * once to find its encoding, once for its rows. They live as long as the source, which is one inspection or one load.
 */
export function remembering(source: ByteSource): ByteSource {
  if (source.size > REMEMBERED) return source;
  let kept: Uint8Array[] | null = null;
  return {
    ...source,
    async *open(signal, onDone) {
      if (kept) {
        for (const part of kept) {
          signal?.throwIfAborted();
          yield part;
        }
        onDone?.(source.size);
        return;
      }
      const parts: Uint8Array[] = [];
      let bytes = 0;
      for await (const part of source.open(signal, onDone)) {
        bytes += part.length;
        if (bytes <= REMEMBERED) parts.push(part);
        yield part;
      }
      if (bytes <= REMEMBERED) kept = parts;
    },
  };
}
