/** Id cells looked up by their bytes: a text is made of a cell only when its bytes are new. */
import { cleanId, type IdColumn } from './ids';

/** Codes of cells that have none: cleaned to nothing; or not yet in a row that was kept. */
const NO_ID = -2;
const UNUSED = -1;

export class ByteIds {
  readonly #column: IdColumn;
  readonly #text: (bytes: Uint8Array) => string;
  // Hash table with open addressing: slot → entry + 1. It is never more than half full.
  #slots = new Int32Array(4096);
  #count = 0;
  // Per entry; the bytes of all entries stand one after the other.
  #hash = new Int32Array(2048);
  #start = new Int32Array(2049);
  #code = new Int32Array(2048);
  #bytes = new Uint8Array(2 ** 15);

  /** @param text how bytes of this file read */
  constructor(column: IdColumn, text: (bytes: Uint8Array) => string) {
    this.#column = column;
    this.#text = text;
  }

  /** The entry of a cell; −1 when the cell names nobody. */
  entry(bytes: Uint8Array, from: number, to: number): number {
    let hash = 0x811c9dc5;
    for (let k = from; k < to; k++) hash = Math.imul(hash ^ bytes[k]!, 0x01000193); // FNV-1a
    hash ^= hash >>> 15;
    const slots = this.#slots;
    const last = slots.length - 1;
    const start = this.#start;
    const own = this.#bytes;
    const length = to - from;
    for (let slot = hash & last; ; slot = (slot + 1) & last) {
      const e = slots[slot]! - 1;
      if (e < 0) return this.#add(bytes, from, to, hash, slot);
      const at = start[e]!;
      if (this.#hash[e] !== hash || start[e + 1]! - at !== length) continue;
      let k = 0;
      while (k < length && own[at + k] === bytes[from + k]) k++;
      if (k === length) return this.#code[e] === NO_ID ? -1 : e;
    }
  }

  /** The column's code of an entry, given out when it is first asked for: ids of rejected rows get none. */
  codeOf(entry: number): number {
    const code = this.#code[entry]!;
    if (code >= 0) return code;
    return (this.#code[entry] = this.#column.codeOf(this.#id(entry)));
  }

  #id(entry: number): string {
    return cleanId(this.#text(this.#bytes.subarray(this.#start[entry], this.#start[entry + 1])));
  }

  #add(bytes: Uint8Array, from: number, to: number, hash: number, slot: number): number {
    const e = this.#count++;
    if (e === this.#code.length) {
      this.#hash = longer(this.#hash, new Int32Array(2 * e));
      this.#code = longer(this.#code, new Int32Array(2 * e));
      this.#start = longer(this.#start, new Int32Array(2 * e + 1));
    }
    const at = this.#start[e]!;
    const end = at + to - from;
    if (end > this.#bytes.length) this.#bytes = longer(this.#bytes, new Uint8Array(2 * end));
    this.#bytes.set(bytes.subarray(from, to), at);
    this.#start[e + 1] = end;
    this.#hash[e] = hash;
    this.#slots[slot] = e + 1;
    if (2 * this.#count > this.#slots.length) this.#spread();
    const nobody = this.#id(e) === '';
    this.#code[e] = nobody ? NO_ID : UNUSED;
    return nobody ? -1 : e;
  }

  #spread(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const last = slots.length - 1;
    for (let e = 0; e < this.#count; e++) {
      let slot = this.#hash[e]! & last;
      while (slots[slot] !== 0) slot = (slot + 1) & last;
      slots[slot] = e + 1;
    }
    this.#slots = slots;
  }
}

function longer<A extends Int32Array | Uint8Array>(old: A, fresh: A): A {
  fresh.set(old);
  return fresh;
}
