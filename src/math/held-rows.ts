/** Rows of a square table too dear to make twice and too many to hold: kept up to a number of bytes, made again past it. */
export interface HeldRows {
  /** Valid until the next call. [n] */
  row(x: number): Float32Array;
  /** Rows that fit, and whether that is all of them. */
  readonly room: number;
  readonly whole: boolean;
}

const HELD_BYTES = 400_000_000;

/** @param n side of the table  @param make fills row x, [n]  @param bytes room for rows that are kept */
export function heldRows(n: number, make: (x: number, out: Float32Array) => void, bytes = HELD_BYTES): HeldRows {
  const room = Math.min(n, Math.floor(bytes / (4 * Math.max(1, n))));
  const rows = new Map<number, Float32Array>();
  let spare: Float32Array | null = null;
  return {
    room,
    whole: room === n,
    row(x) {
      const held = rows.get(x);
      if (held) return held;
      const out = rows.size < room ? new Float32Array(n) : (spare ??= new Float32Array(n));
      make(x, out);
      if (out !== spare) rows.set(x, out);
      return out;
    },
  };
}
