/**
 * A little container for number arrays: 'CWPK', header length (uint32), JSON header, then the arrays, each on a 4-byte boundary.
 * Everything is little-endian.
 */
import { Problem } from '../../core/problem';

export type PackedArray = Float32Array | Int8Array;
export interface Pack {
  meta: Record<string, unknown>;
  arrays: Record<string, { shape: number[]; data: PackedArray }>;
}
interface Header {
  meta: Record<string, unknown>;
  arrays: { name: string; type: 'float32' | 'int8'; shape: number[]; offset: number }[];
}
const MAGIC = 0x4b505743; // 'CWPK' read as little-endian
const aligned = (n: number) => (n + 3) & ~3;
const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

export function encodePack(pack: Pack): Uint8Array<ArrayBuffer> {
  let offset = 0;
  const header: Header = { meta: pack.meta, arrays: [] };
  for (const [name, { shape, data }] of Object.entries(pack.arrays)) {
    if (size(shape) !== data.length) throw new Error(`The array "${name}" has ${data.length} numbers, which do not fill the shape [${shape.join(', ')}].`);
    header.arrays.push({ name, type: data instanceof Int8Array ? 'int8' : 'float32', shape, offset });
    offset += aligned(data.byteLength);
  }
  let json = JSON.stringify(header);
  json += ' '.repeat(aligned(json.length) - json.length); // ASCII only: checked below
  const head = new TextEncoder().encode(json);
  if (head.length !== json.length) throw new Error('The header of a pack must be plain ASCII.');
  const out = new Uint8Array(8 + head.length + offset);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, head.length, true);
  out.set(head, 8);
  header.arrays.forEach(({ name, offset: at }) => {
    const { data } = pack.arrays[name]!;
    const start = 8 + head.length + at;
    if (data instanceof Int8Array) out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
    else data.forEach((x, k) => view.setFloat32(start + 4 * k, x, true));
  });
  return out;
}

/** @throws Problem naming `file` when the bytes are not a whole pack. */
export function decodePack(bytes: ArrayBuffer, file: string): Pack {
  const damaged = (what: string) => new Problem(`A demo file is damaged: ${what}.`, { file }, 'Reload the page; if it happens again, make the demo data anew with "npm run demo-data".');
  const view = new DataView(bytes);
  if (bytes.byteLength < 8 || view.getUint32(0, true) !== MAGIC) throw damaged('it does not start as it should');
  const headerLength = view.getUint32(4, true);
  if (8 + headerLength > bytes.byteLength) throw damaged('its header is cut off');
  let header: Header;
  try {
    header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, headerLength))) as Header;
  } catch {
    throw damaged('its header cannot be read');
  }
  const arrays: Pack['arrays'] = {};
  for (const { name, type, shape, offset } of header.arrays) {
    const start = 8 + headerLength + offset;
    const length = size(shape);
    if (start + length * (type === 'int8' ? 1 : 4) > bytes.byteLength) throw damaged(`the array "${name}" is cut off`);
    const data = type === 'int8' ? new Int8Array(bytes.slice(start, start + length)) : Float32Array.from({ length }, (_, k) => view.getFloat32(start + 4 * k, true));
    arrays[name] = { shape, data };
  }
  return { meta: header.meta, arrays };
}
