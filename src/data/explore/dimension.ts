/**
 * What can be counted and filtered by: every categorical, tags and numeric column of users and items, dates as years, how active
 * users and popular items are, and time and value of the interactions. Nothing depends on what the data is about.
 */
import type { Column, DataSet } from '../../core/dataset';
import { calendarBins } from './calendar';
import { degreeEdges, numberEdges, binCodes } from './number-bins';
import { yearsIn } from './year-column';

export type DimensionTable = 'users' | 'items' | 'rows';

/** Facts about a dimension, small enough to be shown; the codes stay with the counting. */
export interface Dimension {
  /** 'users.country', 'items.year', 'activity', 'popularity', 'time', 'value'. */
  id: string;
  table: DimensionTable;
  name: string;
  kind: 'levels' | 'tags' | 'number' | 'time';
  /** Of 'levels' and 'tags'; one more position after them counts what has none. Empty for numbers. */
  levels: string[];
  /** Of 'number' and 'time': bin b holds edges[b] ≤ v < edges[b + 1]; one more position counts what has none. */
  edges: Float64Array;
  scale: 'linear' | 'log';
  /** Every value is a whole number, so that a middle between two of them is none. */
  whole: boolean;
  /** Calendar unit of a time axis. */
  unit: string | null;
  /** Whether an entity counts once (activity, popularity) rather than by its interactions. */
  ofEntities: boolean;
  /** Entities (or interactions) without a value. */
  missing: number;
}

export interface CodedDimension {
  about: Dimension;
  /** Positions 0 … size − 1; the last counts what has no value. */
  size: number;
  /** One code per entity or row (missing = size − 1); for tags, entity e has codes[offsets[e] … offsets[e + 1]). */
  codes: Int32Array;
  offsets: Int32Array | null;
  /** Of numbers and times: the values a range is compared with. */
  values: Float64Array | Float32Array | null;
}

/** The word that stands for "no value" among the chosen levels; no real level is empty. */
export const NO_LEVEL = '';

const base = { levels: [] as string[], edges: new Float64Array(0), scale: 'linear' as const, whole: false, unit: null, ofEntities: false };

export function dimensionsOf(data: DataSet): CodedDimension[] {
  const { user, item, time, value } = data.interactions;
  const out: CodedDimension[] = [];
  const activity = degrees(user, data.users.ids.length);
  const popularity = degrees(item, data.items.ids.length);
  out.push(numbers({ ...base, id: 'activity', table: 'users', name: 'activity', kind: 'number', scale: 'log', ofEntities: true, missing: 0, edges: degreeEdges(activity) }, activity));
  out.push(numbers({ ...base, id: 'popularity', table: 'items', name: 'popularity', kind: 'number', scale: 'log', ofEntities: true, missing: 0, edges: degreeEdges(popularity) }, popularity));
  if (time) {
    const { edges, unit } = calendarBins(time);
    if (edges.length > 1) out.push(numbers({ ...base, id: 'time', table: 'rows', name: 'time', kind: 'time', unit, edges, missing: 0 }, time));
  }
  if (value) {
    const { edges, scale } = numberEdges(value);
    if (edges.length > 2) out.push(numbers({ ...base, id: 'value', table: 'rows', name: 'value', kind: 'number', scale, edges, missing: 0 }, value));
  }
  for (const table of ['users', 'items'] as const) for (const column of data[table].columns) push(out, table, column);
  return out;
}

function push(out: CodedDimension[], table: 'users' | 'items', column: Column): void {
  const about = { ...base, id: `${table}.${column.name}`, table, name: column.name, missing: 0 };
  if (column.kind === 'categorical') {
    const size = column.levels.length + 1;
    const codes = column.codes.map((c) => (c < 0 ? size - 1 : c));
    out.push({ about: { ...about, kind: 'levels', levels: column.levels, missing: countOf(codes, size - 1) }, size, codes, offsets: null, values: null });
  } else if (column.kind === 'tags') {
    out.push(tags({ ...about, kind: 'tags', levels: column.levels }, column.offsets, column.codes));
  } else if (column.kind === 'numeric') {
    const { edges, scale } = numberEdges(column.values);
    if (edges.length > 1) out.push(numbers({ ...about, kind: 'number', edges, scale }, column.values));
  } else {
    // Dates written as text can be brushed by their year.
    const years = yearsIn(column, column.values.length);
    if (years) out.push(numbers({ ...about, kind: 'number', ...numberEdges(years) }, years));
  }
}

/** Rows without a tag get the extra code; a tag named twice on one row counts once. */
function tags(about: Omit<Dimension, 'missing'>, offsets: Int32Array, given: Int32Array): CodedDimension {
  const size = about.levels.length + 1;
  const rows = offsets.length - 1;
  const starts = new Int32Array(rows + 1);
  const codes: number[] = [];
  const seen = new Int32Array(size).fill(-1);
  let missing = 0;
  for (let r = 0; r < rows; r++) {
    for (let k = offsets[r]!; k < offsets[r + 1]!; k++) {
      const c = given[k]!;
      if (seen[c] === r) continue;
      seen[c] = r;
      codes.push(c);
    }
    if (codes.length === starts[r]) {
      codes.push(size - 1);
      missing++;
    }
    starts[r + 1] = codes.length;
  }
  return { about: { ...about, missing }, size, codes: Int32Array.from(codes), offsets: starts, values: null };
}

function numbers(about: Dimension, values: Float64Array | Float32Array): CodedDimension {
  const size = about.edges.length; // bins + 1 for what has none
  const codes = binCodes(values, about.edges);
  const whole = about.kind !== 'time' && values.every((v) => !Number.isFinite(v) || Number.isInteger(v));
  return { about: { ...about, whole, missing: countOf(codes, size - 1) }, size, codes, offsets: null, values };
}

/** Interactions of each entity, as numbers to bin and filter by. */
function degrees(codes: Int32Array, size: number): Float64Array {
  const out = new Float64Array(size);
  for (const c of codes) out[c]!++;
  return out;
}

function countOf(codes: Int32Array, code: number): number {
  let n = 0;
  for (const c of codes) if (c === code) n++;
  return n;
}
