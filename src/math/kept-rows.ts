/** The best k of a row of scores under the stated tie rule, and rows of such picks growing into a sparse matrix. */
import type { Csr } from './csr';

/** Two values that agree to 12 digits after the point count as equal. */
const DIGITS = 1e12;
const rounded = (x: number): number => Math.round(x * DIGITS);

/**
 * The k places with the largest values[place], ascending by place.
 * Equal values (rounded to 12 digits) go to the lower place; values that round to 0 are left out.
 */
export function bestOf(values: Float64Array, places: Int32Array, k: number): Int32Array {
  const keys = new Float64Array(k);
  const heap = new Int32Array(k); // the worst one kept is at 0
  let size = 0;
  const worse = (keyA: number, a: number, keyB: number, b: number): boolean => keyA < keyB || (keyA === keyB && a > b);
  const sink = (key: number, place: number): void => {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && worse(keys[child + 1]!, heap[child + 1]!, keys[child]!, heap[child]!)) child++;
      if (!worse(keys[child]!, heap[child]!, key, place)) break;
      keys[at] = keys[child]!;
      heap[at] = heap[child]!;
      at = child;
    }
    keys[at] = key;
    heap[at] = place;
  };
  const rise = (key: number, place: number): void => {
    let at = size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!worse(key, place, keys[parent]!, heap[parent]!)) break;
      keys[at] = keys[parent]!;
      heap[at] = heap[parent]!;
      at = parent;
    }
    keys[at] = key;
    heap[at] = place;
  };
  for (let n = 0; n < places.length; n++) {
    const place = places[n]!;
    // Most fall short by far: they are passed over before they are rounded.
    if (size === k && values[place]! * DIGITS < keys[0]! - 1) continue;
    const key = rounded(values[place]!);
    if (key === 0) continue;
    if (size < k) rise(key, place);
    else if (worse(keys[0]!, heap[0]!, key, place)) sink(key, place);
  }
  return heap.subarray(0, size).sort();
}

/** Sparse rows appended one after another; storage doubles when it is full. */
export class KeptRows {
  #start: Int32Array;
  #index = new Int32Array(1024);
  #value = new Float64Array(1024);
  #row = 0;
  #count = 0;
  readonly #cols: number;

  constructor(rows: number, cols: number) {
    this.#start = new Int32Array(rows + 1);
    this.#cols = cols;
  }

  /** Appends a row that holds values[place] at each of `places` (ascending). */
  push(places: Int32Array, values: Float64Array): void {
    const need = this.#count + places.length;
    if (need > this.#index.length) this.#grow(need);
    for (const place of places) {
      this.#index[this.#count] = place;
      this.#value[this.#count++] = values[place]!;
    }
    this.#start[++this.#row] = this.#count;
  }

  finish(): Csr {
    const rows = this.#start.length - 1;
    if (this.#row !== rows) throw new Error(`${this.#row} of ${rows} rows were given.`);
    return { rows, cols: this.#cols, start: this.#start, index: this.#index.slice(0, this.#count), value: this.#value.slice(0, this.#count) };
  }

  #grow(need: number): void {
    const length = Math.max(need, this.#index.length * 2);
    const index = new Int32Array(length);
    index.set(this.#index);
    const value = new Float64Array(length);
    value.set(this.#value);
    this.#index = index;
    this.#value = value;
  }
}
