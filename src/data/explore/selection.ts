/**
 * Counts that follow filters, as crossfilter does it. Every active filter owns one bit; a user, an item and a row carry the
 * bits of the filters they fail. A row is in when no bit is set. Each dimension is counted without its own filter, so a row
 * with exactly one bit set still counts for that filter's own chart.
 * When a filter moves, only rows of users, items or rows whose bit has changed are visited.
 */
import type { DataSet } from '../../core/dataset';
import { NO_LEVEL, type CodedDimension } from './dimension';

/** Levels: any of them. Numbers and times: from ≤ v < to. */
export type Filter = { dimension: string; levels: string[] } | { dimension: string; from: number; to: number };

export interface DimensionCounts {
  id: string;
  /** Interactions at each position, under all filters but this dimension's own. */
  rows: Int32Array;
  /** Users or items (with an interaction in the selection) at each position; of time and value: interactions. */
  entities: Int32Array;
}
export interface SelectionCounts {
  interactions: number;
  users: number;
  items: number;
  dimensions: DimensionCounts[];
}

export interface Selection {
  /** Puts exactly these filters in force. Those that name nothing known are left out and returned. */
  apply(filters: readonly Filter[]): Filter[];
  counts(): SelectionCounts;
  /** Selected interactions of each user and item; live views, not to be changed. */
  readonly perUser: Int32Array;
  readonly perItem: Int32Array;
  /** Whether row n is in. */
  has(n: number): boolean;
}

interface Active {
  dimension: CodedDimension;
  bit: number;
  /** What the filter is, to see whether it moved. */
  key: string;
  /** 1 = fails; per entity or row. */
  fails: Uint8Array;
  /** Rows that fail this filter alone: by user, item, or position of a row dimension. */
  alone: Int32Array;
}

/** Filters at a time: one bit each, in a signed 32-bit word. */
const MOST_FILTERS = 30;

/** Filters over dimensions and the counts that follow. The slow twin is recount.ts. @param dimensions as `dimensionsOf` gives them for these data */
export function createSelection(data: DataSet, dimensions: readonly CodedDimension[]): Selection {
  const { user, item } = data.interactions;
  const N = user.length;
  const [U, I] = [data.users.ids.length, data.items.ids.length];
  const byId = new Map(dimensions.map((d) => [d.about.id, d]));
  const rowDimensions = dimensions.filter((d) => d.about.table === 'rows');
  const userStart = startsOf(user, U);
  const itemStart = startsOf(item, I);
  const itemRows = rowsBy(item, itemStart);

  const userBits = new Int32Array(U);
  const itemBits = new Int32Array(I);
  const rowBits = new Int32Array(N);
  const perUser = new Int32Array(U);
  const perItem = new Int32Array(I);
  const rowCounts = rowDimensions.map((d) => new Int32Array(d.size));
  const active = new Map<string, Active>();
  /** By bit number, for the inner loop. */
  const ofBit: (Active | null)[] = Array.from({ length: 31 }, () => null);
  let total = 0;

  /** Adds `sign` where a row with these failing bits counts. */
  const tally = (n: number, bits: number, sign: number): void => {
    if (bits === 0) {
      total += sign;
      perUser[user[n]!]! += sign;
      perItem[item[n]!]! += sign;
      for (let d = 0; d < rowDimensions.length; d++) rowCounts[d]![rowDimensions[d]!.codes[n]!]! += sign;
    } else if ((bits & (bits - 1)) === 0) {
      const a = ofBit[31 - Math.clz32(bits)]!;
      const { table } = a.dimension.about;
      a.alone[table === 'users' ? user[n]! : table === 'items' ? item[n]! : a.dimension.codes[n]!]! += sign;
    }
  };

  const recount = (): void => {
    total = 0;
    perUser.fill(0);
    perItem.fill(0);
    for (const c of rowCounts) c.fill(0);
    for (const a of active.values()) a.alone.fill(0);
    for (let n = 0; n < N; n++) tally(n, userBits[user[n]!]! | itemBits[item[n]!]! | rowBits[n]!, 1);
  };

  /** Sets or clears `bit` where `fails` says so, and moves the rows concerned. */
  const move = (a: Active, fails: Uint8Array): void => {
    const { bit } = a;
    const { table } = a.dimension.about;
    const before = a.fails;
    a.fails = fails;
    if (table === 'rows') {
      for (let n = 0; n < N; n++) {
        if (before[n] === fails[n]) continue;
        const rest = userBits[user[n]!]! | itemBits[item[n]!]!;
        tally(n, rest | rowBits[n]!, -1);
        rowBits[n]! ^= bit;
        tally(n, rest | rowBits[n]!, 1);
      }
      return;
    }
    const [bits, start] = table === 'users' ? [userBits, userStart] : [itemBits, itemStart];
    let rows = 0;
    for (let e = 0; e < fails.length; e++) if (before[e] !== fails[e]) rows += start[e + 1]! - start[e]!;
    if (rows > 0.4 * N) {
      // So many rows move that one straight pass is quicker than hopping about.
      for (let e = 0; e < fails.length; e++) if (before[e] !== fails[e]) bits[e]! ^= bit;
      recount();
      return;
    }
    for (let e = 0; e < fails.length; e++) {
      if (before[e] === fails[e]) continue;
      const old = bits[e]!;
      bits[e] = old ^ bit;
      for (let k = start[e]!; k < start[e + 1]!; k++) {
        const n = table === 'users' ? k : itemRows[k]!;
        const rest = (table === 'users' ? itemBits[item[n]!]! : userBits[user[n]!]!) | rowBits[n]!;
        tally(n, rest | old, -1);
        tally(n, rest | bits[e]!, 1);
      }
    }
  };

  const freeBit = (): number => {
    for (let b = 0; b < MOST_FILTERS; b++) if (!ofBit[b]) return b;
    return -1;
  };

  recount();
  return {
    perUser,
    perItem,
    has: (n) => (userBits[user[n]!]! | itemBits[item[n]!]! | rowBits[n]!) === 0,

    apply(filters) {
      const wanted = new Map<string, Filter>();
      const unknown: Filter[] = [];
      for (const f of filters) {
        const d = byId.get(f.dimension);
        const fits = d && ('levels' in f ? d.values === null : d.values !== null && f.from < f.to);
        if (fits && !wanted.has(f.dimension) && wanted.size < MOST_FILTERS) wanted.set(f.dimension, f);
        else unknown.push(f);
      }
      for (const [id, a] of active) {
        if (wanted.has(id)) continue;
        move(a, new Uint8Array(a.fails.length));
        active.delete(id);
        ofBit[31 - Math.clz32(a.bit)] = null;
      }
      for (const [id, f] of wanted) {
        const dimension = byId.get(id)!;
        const key = JSON.stringify(f);
        let a = active.get(id);
        if (a?.key === key) continue;
        const { table } = dimension.about;
        if (!a) {
          const b = freeBit();
          const size = table === 'users' ? U : table === 'items' ? I : N;
          a = { dimension, bit: 1 << b, key, fails: new Uint8Array(size), alone: new Int32Array(table === 'rows' ? dimension.size : size) };
          active.set(id, a);
          ofBit[b] = a;
        }
        a.key = key;
        move(a, failing(dimension, f));
      }
      return unknown;
    },

    counts() {
      return {
        interactions: total,
        users: positive(perUser),
        items: positive(perItem),
        dimensions: dimensions.map((d): DimensionCounts => {
          const alone = active.get(d.about.id)?.alone;
          if (d.about.table === 'rows') {
            const rows = rowCounts[rowDimensions.indexOf(d)]!.slice();
            if (alone) for (let p = 0; p < rows.length; p++) rows[p]! += alone[p]!;
            return { id: d.about.id, rows, entities: rows };
          }
          return { id: d.about.id, ...spreadOver(d, d.about.table === 'users' ? perUser : perItem, alone) };
        }),
      };
    },
  };
}

/** 1 where the filter is not met. Exported for the twin that counts everything anew. */
export function failing(d: CodedDimension, f: Filter): Uint8Array {
  const size = d.offsets ? d.offsets.length - 1 : d.codes.length;
  const out = new Uint8Array(size);
  if ('levels' in f) {
    const chosen = new Uint8Array(d.size);
    const names = new Set(f.levels);
    d.about.levels.forEach((level, c) => {
      if (names.has(level)) chosen[c] = 1;
    });
    if (names.has(NO_LEVEL)) chosen[d.size - 1] = 1;
    for (let e = 0; e < size; e++) {
      let any = 0;
      if (d.offsets) for (let k = d.offsets[e]!; k < d.offsets[e + 1]!; k++) any |= chosen[d.codes[k]!]!;
      else any = chosen[d.codes[e]!]!;
      out[e] = any ^ 1;
    }
  } else {
    const values = d.values!;
    for (let e = 0; e < size; e++) out[e] = values[e]! >= f.from && values[e]! < f.to ? 0 : 1;
  }
  return out;
}

/** Counts per entity, spread over the positions of a dimension. */
function spreadOver(d: CodedDimension, counts: Int32Array, alone: Int32Array | undefined): { rows: Int32Array; entities: Int32Array } {
  const rows = new Int32Array(d.size);
  const entities = new Int32Array(d.size);
  const { codes, offsets } = d;
  for (let e = 0; e < counts.length; e++) {
    const n = counts[e]! + (alone ? alone[e]! : 0);
    if (n === 0) continue;
    if (offsets) {
      for (let k = offsets[e]!; k < offsets[e + 1]!; k++) {
        rows[codes[k]!]! += n;
        entities[codes[k]!]!++;
      }
    } else {
      rows[codes[e]!]! += n;
      entities[codes[e]!]!++;
    }
  }
  return { rows, entities };
}

export function positive(counts: Int32Array): number {
  let n = 0;
  for (const c of counts) if (c > 0) n++;
  return n;
}

/** start[e] … start[e + 1]: where the rows of entity e would lie in order of entity. */
export function startsOf(codes: Int32Array, size: number): Int32Array {
  const start = new Int32Array(size + 1);
  for (const c of codes) start[c + 1]!++;
  for (let e = 0; e < size; e++) start[e + 1]! += start[e]!;
  return start;
}

/** Rows in order of entity, ascending within one. */
export function rowsBy(codes: Int32Array, start: Int32Array): Int32Array {
  const at = start.slice();
  const rows = new Int32Array(codes.length);
  for (let n = 0; n < codes.length; n++) rows[at[codes[n]!]!++] = n;
  return rows;
}
