/**
 * What networks see of users and items: which embedding row each entity uses, per feature, and numbers.
 * A feature is the id, a categorical column (one row per level, one more for "missing" where cells are empty),
 * or a tags column (mean of its levels' rows). Text vectors are item features of their own.
 */
import type { Column, EntityTable, TagsColumn, TextVectors } from '../core/dataset';
import { chosenColumns } from '../core/params';
import { messageOf, Problem } from '../core/problem';

/** Tags beyond this many levels are left out, the rarest first: they enter as a dense share matrix. */
const MAX_TAG_LEVELS = 256;

export interface CodeFeature {
  kind: 'codes';
  /** Parameter name without the side: 'id', 'country', … */
  name: string;
  /** Rows of the embedding table. */
  size: number;
  codes: Int32Array; // [entities]
}
export interface ShareFeature {
  kind: 'shares';
  name: string;
  size: number;
  /** shares[e, l] = 1/(tags of e) if e has tag l. */
  shares: Float32Array; // [entities, size]
}
export type Feature = CodeFeature | ShareFeature;

export interface SideFeatures {
  rows: number;
  features: Feature[];
  /** Frozen vectors fed through GELU(Linear dim → d). */
  text: { dim: number; vectors: Float32Array } | null;
  /** Numeric columns, log-scaled and standardised, row by row; left out where a model takes none. */
  numeric?: Numbers;
}
export interface Numbers {
  names: string[];
  values: Float32Array; // [rows, names]
  /** Of each column after the logarithm: to bring a new number to the same scale. */
  mean?: number[];
  deviation?: number[];
}
export interface Features {
  user: SideFeatures;
  item: SideFeatures;
}

const hasLevels = (c: Column): c is Extract<Column, { kind: 'categorical' | 'tags' }> => c.kind === 'categorical' || c.kind === 'tags';

/**
 * Columns a `columns` parameter means. '*' leaves out categorical columns with nearly one level per row: such a column repeats the id.
 */
function columnsFor(table: EntityTable, value: string): Column[] {
  const usable = table.columns.filter(hasLevels);
  let names: string[];
  try {
    names = chosenColumns(value, usable.map((c) => c.name));
  } catch (error) {
    throw new Problem(messageOf(error), {}, 'Choose among the columns listed, or * for all.');
  }
  const repeatsId = (c: Column): boolean => c.kind === 'categorical' && c.levels.length > 0.9 * table.ids.length;
  return names.map((n) => usable.find((c) => c.name === n)!).filter((c) => value !== '*' || !repeatsId(c));
}

/** Levels of a tags column that enter, the most frequent first; ties by level. */
export function keptLevels(c: TagsColumn): number[] {
  const count = new Int32Array(c.levels.length);
  for (const k of c.codes) count[k]!++;
  return [...count.keys()].sort((a, b) => count[b]! - count[a]! || a - b).slice(0, MAX_TAG_LEVELS);
}

function feature(c: Column, rows: number): Feature {
  if (c.kind === 'categorical') {
    const missing = c.codes.includes(-1);
    return { kind: 'codes', name: c.name, size: c.levels.length + (missing ? 1 : 0), codes: missing ? c.codes.map((k) => (k < 0 ? c.levels.length : k)) : c.codes };
  }
  if (c.kind !== 'tags') throw new Error(`Column ${c.name} has no levels.`);
  const kept = keptLevels(c);
  const place = new Int32Array(c.levels.length).fill(-1);
  kept.forEach((level, k) => (place[level] = k));
  const size = kept.length;
  const shares = new Float32Array(rows * size);
  for (let e = 0; e < rows; e++) {
    const own = [...c.codes.subarray(c.offsets[e]!, c.offsets[e + 1]!)].map((k) => place[k]!).filter((k) => k >= 0);
    for (const k of own) shares[e * size + k]! += 1 / own.length;
  }
  return { kind: 'shares', name: c.name, size, shares };
}

/** A column called "id" or "text" must not take the name of the built-in feature. */
export const featureName = (column: string): string => (column === 'id' || column === 'text' ? `column ${column}` : column);

/** sign(x) · ln(1 + |x|) */
export const logScale = (x: number): number => Math.sign(x) * Math.log1p(Math.abs(x));

/**
 * Numeric columns as sign(x)·ln(1 + |x|), then to mean 0 and deviation 1 over the rows that have a value; empty cells are 0, the average.
 * Columns of one value only say nothing and are left out. Null where no column is left.
 */
export function logScaled(table: EntityTable): Numbers | null {
  const rows = table.ids.length;
  const columns = table.columns.flatMap((c) => {
    if (c.kind !== 'numeric') return [];
    const x = Float64Array.from(c.values, (v) => (Number.isFinite(v) ? logScale(v) : NaN));
    const known = x.filter((v) => !Number.isNaN(v));
    const mean = known.reduce((s, v) => s + v, 0) / (known.length || 1);
    const deviation = Math.sqrt(known.reduce((s, v) => s + (v - mean) ** 2, 0) / (known.length || 1));
    return deviation > 1e-9 ? [{ name: c.name, mean, deviation, x: x.map((v) => (Number.isNaN(v) ? 0 : (v - mean) / deviation)) }] : [];
  });
  if (!columns.length) return null;
  const values = new Float32Array(rows * columns.length);
  columns.forEach(({ x }, c) => x.forEach((v, r) => (values[r * columns.length + c] = v)));
  return { names: columns.map((c) => c.name), values, mean: columns.map((c) => c.mean), deviation: columns.map((c) => c.deviation) };
}

function side(table: EntityTable, columns: string, useId: boolean, text: TextVectors | null): SideFeatures {
  const rows = table.ids.length;
  const features: Feature[] = useId ? [{ kind: 'codes', name: 'id', size: rows, codes: Int32Array.from({ length: rows }, (_, k) => k) }] : [];
  for (const c of columnsFor(table, columns)) {
    const f = feature(c, rows);
    features.push({ ...f, name: featureName(c.name) });
  }
  return { rows, features: features.filter((f) => f.size > 0), text: text ? { dim: text.dim, vectors: text.vectors } : null };
}

/** @throws Problem when a side is left without any feature. */
export function readFeatures(
  users: EntityTable,
  items: EntityTable,
  text: TextVectors | null,
  params: { useIds: boolean; userColumns: string; itemColumns: string },
): Features {
  // A user is known by their id alone where there is no column: without it every user would be the same.
  const user = side(users, params.userColumns, params.useIds, null);
  const item = side(items, params.itemColumns, params.useIds, text);
  for (const [who, s] of [['user', user], ['item', item]] as const) {
    if (!s.features.length && !s.text) {
      throw new Problem(`The ${who} tower has nothing to look at: ids are off and no ${who} column is chosen.`, {}, `Turn "ids" on, or choose ${who} columns${who === 'item' ? ' or a text' : ''}.`);
    }
  }
  return { user, item };
}
