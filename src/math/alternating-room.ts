/**
 * The whole of alternating least squares by conjugate gradient on one WebAssembly memory: both factor matrices, YᵀY, both sides' entries, scratch.
 * float32, four factors at a time; alternating-rows.ts is the slow twin in float64. A row of factors is padded with zeros to `width`.
 * Where memory can be shared, rows of a sweep, rows of tiles of YᵀY and chunks of the objective are spread over threads. A row is solved by itself,
 * an element of YᵀY is summed by one thread, and chunks depend on the entries alone: results are the same to the last bit for any number of threads.
 */
import { threadsAllowed } from '../core/threads/allowance';
import type { Part } from '../core/threads/pool';
import { ROOM } from '../core/threads/serve-parts';
import type { Side } from './alternating-rows';
import { rowCost, slices } from './alternating-slices';
import { BINARY } from './simd-alternating/binary';
import { runAll, threadedModule, type ThreadedModule } from './threaded-module';

export interface AlternatingRoom {
  /** Puts start values in: [U, f] and [I, f]. */
  write(X: Float64Array, Y: Float64Array): void;
  /** Takes the present values out. */
  read(X: Float64Array, Y: Float64Array): void;
  /** Improves all rows of one side; yields the number done now and then. Results do not depend on where it yields. */
  sweep(side: 'users' | 'items'): Generator<number, void>;
  /** As `objective` of alternating-rows.ts: products in float32, sums over rows in float64. */
  objective(): number;
  /** How many threads solve rows. */
  readonly threads: number;
  /** Lets the threads go; only `read` may follow. */
  end(): void;
}
interface Placed {
  rows: number;
  factors: number; // byte addresses from here on
  start: number;
  index: number;
  weight: number;
  target: number;
  ridge: number;
}

/** Argument of `solve` that is a thread's own scratch. */
const SCRATCH = 9;
/** Flops of a part of a sweep: a millisecond. */
const PART = 2e7;
/** Parts between two yields for each thread: whoever is done early takes another, and the wait for the last one is short beside the rest. */
const PARTS_EACH = 16;
/** Flops of a sweep over both sides from which starting threads is worth its tenth of a second. */
const WORTH_THREADS = 2e8;
/** Flops of a chunk of the objective's sum: some 200 microseconds. */
const CHUNK = 4e6;
/** A 32-bit memory ends here; what is larger is left to the twin. */
const MOST_BYTES = 2 ** 31;
let bytesOnce: Uint8Array<ArrayBuffer> | null = null;
const binary = (): Uint8Array<ArrayBuffer> => (bytesOnce ??= Uint8Array.from(atob(BINARY), (ch) => ch.charCodeAt(0)));

/**
 * @param steps conjugate-gradient steps per row, at least 1
 * @param threads at most; by default as many as are allowed here, and one where the work is little
 * @returns null where SIMD does not run or the memory is refused: the twin then does the work
 */
export async function alternatingRoom(f: number, gramScale: number, users: Side, items: Side, steps: number, threads = usualThreads(f, users, items, steps)): Promise<AlternatingRoom | null> {
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(binary())) return null;
  const width = (f + 3) & ~3;
  const row = 4 * width;
  let bytes = 0;
  const place = (words: number): number => {
    const at = bytes;
    bytes += (4 * words + 15) & ~15;
    return at;
  };
  const placed = (s: Side): Placed => {
    const rows = s.entries.rows;
    const n = s.entries.index.length;
    return { rows, factors: place(rows * width), start: place(rows + 1), index: place(n), weight: place(n), target: place(n), ridge: place(rows) };
  };
  const at = { users: placed(users), items: placed(items) };
  const own = (3 * row + 63) & ~63; // bytes of scratch a thread has, in cache lines of its own
  const scratch = place((Math.max(1, threads) * own) / 4);
  const grams = { users: place(width * width), items: place(width * width) };
  const chunks = [...slices(users.entries.start, (n) => 2 * n * f, CHUNK)]; // ends of rows
  const sums = place(2 * chunks.length);
  if (bytes > MOST_BYTES) return null;
  let module: ThreadedModule;
  try {
    module = await threadedModule(binary(), bytes, threads);
  } catch {
    return null;
  }
  const { buffer, threads: pool } = module;
  const floats = (from: number, length: number): Float32Array => new Float32Array(buffer, from, length);
  const ints = (from: number, length: number): Int32Array => new Int32Array(buffer, from, length);
  for (const [p, s] of [[at.users, users], [at.items, items]] as const) {
    const n = s.entries.index.length;
    ints(p.start, p.rows + 1).set(s.entries.start);
    ints(p.index, n).set(s.entries.index);
    floats(p.weight, n).set(s.weight);
    floats(p.target, n).set(s.target);
    floats(p.ridge, p.rows).set(s.ridge);
  }

  // A Gram matrix serves the next sweep and the objective: it is counted again only after its rows have moved.
  const stale = { users: true, items: true };
  const gramOf = (which: 'users' | 'items'): number => {
    const G = grams[which];
    if (stale[which]) {
      const { factors, rows } = at[which];
      pool.run('gram', triangle(width / 4, pool.threads === 1 ? 1 : 4 * pool.threads).map(([from, to]): Part => [factors, rows, row, G, 4 * from, 4 * to]));
      pool.runHere('mirror', [[G, row]]);
    }
    stale[which] = false;
    return G;
  };
  const copy = (which: 'users' | 'items', M: Float64Array, out: boolean): void => {
    const inside = floats(at[which].factors, at[which].rows * width);
    for (let r = 0; r < at[which].rows; r++) {
      if (out) for (let a = 0; a < f; a++) M[r * f + a] = inside[r * width + a]!;
      else for (let a = 0; a < f; a++) inside[r * width + a] = M[r * f + a]!;
    }
  };
  return {
    write(X, Y) {
      copy('users', X, false);
      copy('items', Y, false);
      stale.users = true;
      stale.items = true;
    },
    read(X, Y) {
      copy('users', X, true);
      copy('items', Y, true);
    },
    *sweep(which) {
      const [side, other] = which === 'users' ? ([at.users, at.items] as const) : ([at.items, at.users] as const);
      const G = gramOf(which === 'users' ? 'items' : 'users');
      stale[which] = true;
      const start = ints(side.start, side.rows + 1);
      const many = Math.min(ROOM.parts, PARTS_EACH * pool.threads);
      let from = 0;
      let parts: Part[] = [];
      let work = 0;
      for (const to of slices(start, (n) => rowCost(f, n, steps), PART)) {
        parts.push([side.factors, other.factors, row, G, side.start, side.index, side.weight, side.target, side.ridge, scratch, gramScale, from, to, steps]);
        work += rowCost(f, start[to]! - start[from]!, steps) + (to - from - 1) * rowCost(f, 0, steps);
        from = to;
        // Rows with very many entries are more than a part each: what counts is the work.
        if (parts.length < many && work < many * PART && to < side.rows) continue;
        pool.run('solve', parts, { at: SCRATCH, from: scratch, bytes: own });
        parts = [];
        work = 0;
        yield to;
      }
    },
    objective() {
      const GX = floats(gramOf('users'), width * width);
      const GY = floats(gramOf('items'), width * width);
      const u = at.users;
      let all = 0;
      for (let k = 0; k < GX.length; k++) all += GX[k]! * GY[k]!;
      runAll(pool, 'listed', chunks.map((to, k): Part => [u.factors, at.items.factors, row, u.start, u.index, u.weight, u.target, chunks[k - 1] ?? 0, to, sums + 8 * k]));
      let sum = gramScale * all;
      for (const part of new Float64Array(buffer, sums, chunks.length)) sum += part;
      for (const { factors, ridge, rows } of [at.users, at.items]) {
        const M = floats(factors, rows * width);
        const pull = floats(ridge, rows);
        for (let r = 0; r < rows; r++) {
          let square = 0;
          for (let k = r * width; k < (r + 1) * width; k++) square += M[k]! * M[k]!;
          sum += pull[r]! * square;
        }
      }
      return sum;
    },
    threads: pool.threads,
    end: () => pool.end(),
  };
}

/** Rows of a triangle whose row k has k + 1 elements, in ranges of about equal area. */
function triangle(rows: number, parts: number): [from: number, to: number][] {
  const bounds = Array.from({ length: parts + 1 }, (_, k) => Math.round(rows * Math.sqrt(k / parts)));
  return bounds.slice(1).flatMap((to, k): [number, number][] => (to > bounds[k]! ? [[bounds[k]!, to]] : []));
}

function usualThreads(f: number, users: Side, items: Side, steps: number): number {
  const work = 2 * rowCost(f, users.entries.index.length, steps) + (users.entries.rows + items.entries.rows) * rowCost(f, 0, steps);
  return work < WORTH_THREADS ? 1 : threadsAllowed();
}
