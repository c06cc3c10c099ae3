/**
 * Plain data with typed arrays ↔ one JSON text plus the arrays' bytes: how a data set becomes a file.
 * In the JSON an array stands as {"$array": "Float32Array", "at": 3}: third block of bytes. Little-endian, as every browser is.
 */
const kinds = { Float32Array, Float64Array, Int32Array, Uint8Array } as const;
type Kind = keyof typeof kinds;

export interface Packed {
  json: string;
  blocks: Uint8Array[];
}

/** Blocks are views of the value's own memory, not copies. */
export function pack(value: unknown): Packed {
  const blocks: Uint8Array[] = [];
  const json = JSON.stringify(value, (_key, v: unknown) => {
    if (!ArrayBuffer.isView(v)) return v;
    const name = v.constructor.name;
    if (!(name in kinds)) throw new Error(`A ${name} cannot be written to a workspace file.`);
    blocks.push(new Uint8Array(v.buffer, v.byteOffset, v.byteLength));
    return { $array: name, at: blocks.length - 1 };
  });
  return { json, blocks };
}

/** @throws Error when a block is missing or its length does not fit its kind. */
export function unpack({ json, blocks }: Packed): unknown {
  return JSON.parse(json, (_key, v: unknown) => {
    if (typeof v !== 'object' || v === null || !('$array' in v) || !('at' in v)) return v;
    const make = kinds[v.$array as Kind];
    const block = blocks[v.at as number];
    if (!make || !block) throw new Error(`a column is missing (block ${String(v.at)})`);
    if (block.byteLength % make.BYTES_PER_ELEMENT !== 0) throw new Error(`a column is cut short (block ${String(v.at)})`);
    // A fresh copy: inside the archive a block may start at an address its kind does not allow.
    return new make(block.slice().buffer);
  });
}
