/** Id cells looked up by their bytes: a text is made of a cell only when its bytes are new. */
import { cleanId, ZERO, type IdColumn } from './ids';

/** Codes of cells that have none: cleaned to nothing; or not yet in a row that was kept. */
const NO_ID = -2;
const UNUSED = -1;
/** Bytes that the two words of a key hold; of longer cells the words are hashes. */
const SHORT = 8;

export class ByteIds {
  readonly #column: IdColumn;
  readonly #text: (bytes: Uint8Array) => string;
  // Hash table with open addressing: slot → entry + 1. It is never more than half full.
  #slots = new Int32Array(4096);
  #count = 0;
  /** Per entry two words of key, length, code: together, since nearly every look-up needs them all and their place is random. */
  #entries = new Int32Array(4 * 2048);
  /** Bytes of the entries, one after the other, and where each starts. */
  #bytes = new Uint8Array(2 ** 15);
  #start = new Int32Array(2049);

  /** @param text how bytes of this file read */
  constructor(column: IdColumn, text: (bytes: Uint8Array) => string) {
    this.#column = column;
    this.#text = text;
  }

  /** The entry of a cell; −1 when the cell names nobody. */
  entry(bytes: Uint8Array, from: number, to: number): number {
    const length = to - from;
    let low = 0;
    let high = 0;
    if (length <= SHORT) {
      const middle = length < 4 ? to : from + 4;
      for (let k = from; k < middle; k++) low = (low << 8) | bytes[k]!;
      for (let k = middle; k < to; k++) high = (high << 8) | bytes[k]!;
    } else {
      for (let k = from; k < to; k++) {
        low = Math.imul(low ^ bytes[k]!, 0x01000193);
        high = (Math.imul(high, 31) + bytes[k]!) | 0;
      }
    }
    const slots = this.#slots;
    const last = slots.length - 1;
    const entries = this.#entries;
    for (let slot = mixed(low, high, length) & last; ; slot = (slot + 1) & last) {
      const e = slots[slot]! - 1;
      if (e < 0) return this.#add(bytes, from, to, low, high, slot);
      const at = 4 * e;
      if (entries[at] === low && entries[at + 1] === high && entries[at + 2] === length && (length <= SHORT || this.#same(e, bytes, from, length))) {
        return entries[at + 3] === NO_ID ? -1 : e;
      }
    }
  }

  /** The column's code of an entry, given out when it is first asked for: ids of rejected rows get none. */
  codeOf(entry: number): number {
    const code = this.#entries[4 * entry + 3]!;
    if (code >= 0) return code;
    return (this.#entries[4 * entry + 3] = this.#column.codeOf(this.#id(entry)));
  }

  #id(entry: number): string {
    return cleanId(this.#text(this.#bytes.subarray(this.#start[entry], this.#start[entry + 1])));
  }

  #same(entry: number, bytes: Uint8Array, from: number, length: number): boolean {
    const at = this.#start[entry]!;
    for (let k = 0; k < length; k++) if (this.#bytes[at + k] !== bytes[from + k]) return false;
    return true;
  }

  #add(bytes: Uint8Array, from: number, to: number, low: number, high: number, slot: number): number {
    const e = this.#count++;
    if (4 * e === this.#entries.length) {
      this.#entries = longer(this.#entries, new Int32Array(8 * e));
      this.#start = longer(this.#start, new Int32Array(2 * e + 1));
    }
    const at = this.#start[e]!;
    const end = at + to - from;
    if (end > this.#bytes.length) this.#bytes = longer(this.#bytes, new Uint8Array(2 * end));
    this.#bytes.set(bytes.subarray(from, to), at);
    this.#start[e + 1] = end;
    const id = this.#id(e);
    const nobody = id === '' || id.includes(ZERO);
    this.#entries.set([low, high, to - from, nobody ? NO_ID : UNUSED], 4 * e);
    this.#slots[slot] = e + 1;
    if (2 * this.#count > this.#slots.length) this.#spread();
    return nobody ? -1 : e;
  }

  #spread(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const last = slots.length - 1;
    for (let e = 0; e < this.#count; e++) {
      let slot = mixed(this.#entries[4 * e]!, this.#entries[4 * e + 1]!, this.#entries[4 * e + 2]!) & last;
      while (slots[slot] !== 0) slot = (slot + 1) & last;
      slots[slot] = e + 1;
    }
    this.#slots = slots;
  }
}

function mixed(low: number, high: number, length: number): number {
  let h = Math.imul(low, 0x9e3779b1) ^ Math.imul(high + length, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}

function longer<A extends Int32Array | Uint8Array>(old: A, fresh: A): A {
  fresh.set(old);
  return fresh;
}
