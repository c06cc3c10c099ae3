/** Source ids read row by row, kept as codes into their distinct values. */
import type { CodedIds } from '../assemble';
import { unwrapBytes } from './values';

/** An id as it is compared: outer spaces and Python's b'…' removed, otherwise exactly as written. */
/** A character no id has: a cell with it comes from a damaged or binary file. */
export const ZERO = '\u0000';

export const cleanId = (cell: string): string => unwrapBytes(cell.trim());

export interface IdColumn {
  add(id: string): void;
  /** The code of an id, which gets the next one when it is new. */
  codeOf(id: string): number;
  /** Rows of codes given out before. */
  append(codes: Int32Array): void;
  length(): number;
  coded(): CodedIds;
}

export function createIdColumn(): IdColumn {
  const codeOf = new Map<string, number>();
  const codes = growingInt32();
  const given = (id: string): number => {
    let code = codeOf.get(id);
    if (code === undefined) codeOf.set(id, (code = codeOf.size));
    return code;
  };
  return {
    add: (id) => codes.push(given(id)),
    codeOf: given,
    append: codes.append,
    length: () => codes.length(),
    coded: () => ({ codes: codes.array(), levels: [...codeOf.keys()] }),
  };
}

interface Growing<A> {
  push(x: number): void;
  append(values: ArrayLike<number>): void;
  length(): number;
  array(): A;
}

export const growingInt32 = (): Growing<Int32Array> => growing((n) => new Int32Array(n));
export const growingFloat64 = (): Growing<Float64Array> => growing((n) => new Float64Array(n));
export const growingFloat32 = (): Growing<Float32Array> => growing((n) => new Float32Array(n));

function growing<A extends Int32Array | Float64Array | Float32Array>(make: (n: number) => A): Growing<A> {
  let data = make(1024);
  let n = 0;
  const widen = (length: number): void => {
    const larger = make(length);
    larger.set(data);
    data = larger;
  };
  return {
    push(x) {
      if (n === data.length) widen(2 * n);
      data[n++] = x;
    },
    append(values) {
      if (n + values.length > data.length) widen(2 * (n + values.length));
      data.set(values, n);
      n += values.length;
    },
    length: () => n,
    array: () => data.slice(0, n) as A,
  };
}
