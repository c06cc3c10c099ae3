/** Zip archives: the table of contents at the end, then each entry inflated as a stream and checked against its CRC. */
import { Inflate } from 'fflate';
import { Problem } from '../../core/problem';
import { MAX_BYTES, slices, tooLarge, type ByteSource } from './byte-source';
import { crc32 } from './crc32';

interface Entry {
  path: string;
  method: number;
  encrypted: boolean;
  crc: number;
  compressed: number;
  size: number;
  /** Where the entry's local header starts. */
  offset: number;
}

const END = 0x06054b50;
const END64 = 0x06064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

const view = async (file: Blob, from: number, to: number): Promise<DataView> => new DataView(await file.slice(Math.max(0, from), to).arrayBuffer());
const damaged = (file: string, detail: string): Problem => new Problem(`The zip file is damaged: ${detail}.`, { file }, 'Download it again, or unpack it on your computer and drop the files in it here.');

/** Every file in the archive as a byte source (folders left out). Opening an encrypted or unknown entry throws. */
export async function zipSources(file: File): Promise<ByteSource[]> {
  if (file.size > MAX_BYTES) throw tooLarge(file.name, file.size);
  const entries = await contents(file).catch((error: unknown) => {
    // Lengths in a damaged table of contents can point anywhere; reading past an end is a RangeError.
    throw error instanceof RangeError ? damaged(file.name, 'its table of contents makes no sense') : error;
  });
  return entries
    .filter((e) => !e.path.endsWith('/'))
    .map((e) => ({
      key: `${file.name}/${e.path}`,
      name: e.path.split('/').at(-1) ?? e.path,
      size: e.size,
      open: (signal, onDone) => inflate(file, e, signal, onDone),
    }));
}

async function contents(file: File): Promise<Entry[]> {
  const tailStart = Math.max(0, file.size - 65_557);
  const tail = await view(file, tailStart, file.size);
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== END) at--;
  if (at < 0) throw damaged(file.name, 'its table of contents, which stands at the end, is missing, so the file was probably cut off');
  let count = tail.getUint16(at + 10, true);
  let size = tail.getUint32(at + 12, true);
  let start = tail.getUint32(at + 16, true);
  if (start === 0xffffffff || count === 0xffff || size === 0xffffffff) {
    const locator = at - 20;
    if (locator < 0) throw damaged(file.name, 'its 64-bit table of contents is missing');
    const where = Number(tail.getBigUint64(locator + 8, true));
    const end64 = await view(file, where, where + 56);
    if (end64.byteLength < 56 || end64.getUint32(0, true) !== END64) throw damaged(file.name, 'its 64-bit table of contents cannot be read');
    count = Number(end64.getBigUint64(32, true));
    size = Number(end64.getBigUint64(40, true));
    start = Number(end64.getBigUint64(48, true));
  }
  if (start + size > file.size) throw damaged(file.name, 'its table of contents points past its end');
  const list = await view(file, start, start + size);
  const entries: Entry[] = [];
  let p = 0;
  for (let k = 0; k < count; k++) {
    if (p + 46 > list.byteLength || list.getUint32(p, true) !== CENTRAL) throw damaged(file.name, `entry ${k + 1} of ${count} in its table of contents cannot be read`);
    const flags = list.getUint16(p + 8, true);
    const nameLength = list.getUint16(p + 28, true);
    const extraLength = list.getUint16(p + 30, true);
    const bytes = new Uint8Array(list.buffer, p + 46, nameLength);
    const entry: Entry = {
      // Old archives do not say how names are encoded; Latin-1 keeps them apart and is right for plain letters.
      path: new TextDecoder(flags & 0x800 ? 'utf-8' : 'latin1').decode(bytes),
      method: list.getUint16(p + 10, true),
      encrypted: (flags & 1) === 1,
      crc: list.getUint32(p + 16, true),
      compressed: list.getUint32(p + 20, true),
      size: list.getUint32(p + 24, true),
      offset: list.getUint32(p + 42, true),
    };
    readZip64(list, p + 46 + nameLength, extraLength, entry);
    entries.push(entry);
    p += 46 + nameLength + extraLength + list.getUint16(p + 32, true);
  }
  return entries;
}

/** Sizes and offset that do not fit 32 bits stand in extra field 1, in this order, only those that are needed. */
function readZip64(list: DataView, from: number, length: number, entry: Entry): void {
  for (let p = from; p + 4 <= from + length; ) {
    const id = list.getUint16(p, true);
    const bytes = list.getUint16(p + 2, true);
    if (id === 1) {
      let q = p + 4;
      for (const key of ['size', 'compressed', 'offset'] as const) {
        if (entry[key] !== 0xffffffff || q + 8 > p + 4 + bytes) continue;
        entry[key] = Number(list.getBigUint64(q, true));
        q += 8;
      }
    }
    p += 4 + bytes;
  }
}

async function* inflate(file: File, e: Entry, signal?: AbortSignal, onDone?: (done: number) => void): AsyncGenerator<Uint8Array> {
  const place = `${file.name}/${e.path}`;
  if (e.encrypted) throw new Problem('This file in the zip is locked with a password.', { file: place }, 'Unpack it on your computer with the password and drop the files in it here.');
  if (e.method !== 0 && e.method !== 8) throw new Problem(`This file in the zip is compressed in a way that cannot be read here (method ${e.method}).`, { file: place }, 'Unpack it on your computer, or make the zip again with the usual "deflate" compression.');
  if (e.size > MAX_BYTES) throw tooLarge(place, e.size);
  const local = await view(file, e.offset, e.offset + 30);
  if (local.byteLength < 30 || local.getUint32(0, true) !== LOCAL) throw damaged(place, 'the start of this entry is not where the table of contents says');
  const start = e.offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  const end = start + e.compressed;
  if (end > file.size) throw damaged(place, 'this entry reaches past the end of the file');

  const out: Uint8Array[] = [];
  const engine = e.method === 8 ? new Inflate((part) => out.push(part)) : null;
  let crc = 0;
  let done = 0;
  let read = start;
  // Pieces are small because one piece can inflate to a thousand times its size.
  for await (const piece of slices(file, start, end, signal, undefined, 2 ** 19)) {
    read += piece.length;
    if (engine) {
      try {
        engine.push(piece, read === end);
      } catch (error) {
        throw damaged(place, error instanceof Error ? error.message : 'it cannot be unpacked');
      }
    } else out.push(piece);
    for (const part of out.splice(0)) {
      crc = crc32(part, crc);
      done += part.length;
      if (done > e.size) throw damaged(place, 'it holds more than its table of contents says');
      onDone?.(done);
      yield part;
    }
  }
  if (done !== e.size || crc !== e.crc) throw damaged(place, done === e.size ? 'its check sum does not match' : `it holds ${done.toLocaleString('en-US')} of ${e.size.toLocaleString('en-US')} bytes`);
}
