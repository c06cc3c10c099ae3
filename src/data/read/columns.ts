/** Cells of an entity table → typed columns. */
import type { CategoricalColumn, Column, TagsColumn } from '../../core/dataset';
import { dayOrderOf } from './day-month';
import { listFormOf, splitList, type ListForm } from './lists';
import { numberStyleOf } from './number-style';
import { isEmptyValue, looksLikeDate, parseNumber, parseTime } from './values';

/** Levels in order of first appearance. An empty cell has no level. */
export function categoricalColumn(name: string, cells: readonly string[]): CategoricalColumn {
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(cells, (cell) => {
    const level = cell.trim();
    if (level === '') return -1;
    let code = codeOf.get(level);
    if (code === undefined) codeOf.set(level, (code = codeOf.size));
    return code;
  });
  return { kind: 'categorical', name, codes, levels: [...codeOf.keys()] };
}

export function tagsColumn(name: string, lists: readonly (readonly string[])[]): TagsColumn {
  const codeOf = new Map<string, number>();
  const offsets = new Int32Array(lists.length + 1);
  const codes: number[] = [];
  lists.forEach((labels, r) => {
    for (const label of labels) {
      let code = codeOf.get(label);
      if (code === undefined) codeOf.set(label, (code = codeOf.size));
      codes.push(code);
    }
    offsets[r + 1] = codes.length;
  });
  return { kind: 'tags', name, offsets, codes: Int32Array.from(codes), levels: [...codeOf.keys()] };
}

/** Numbers; dates become their year with fraction, which a model can use; what is neither is empty and counted. */
export function numericColumn(name: string, cells: readonly string[]): { column: Column; unreadable: number } {
  let unreadable = 0;
  const start = cells.slice(0, 2000);
  const unit = dayOrderOf(start)?.order ?? 'seconds';
  const style = numberStyleOf(start);
  const values = Float64Array.from(cells, (cell) => {
    const x = parseNumber(cell, style);
    if (!Number.isNaN(x)) return x;
    if (looksLikeDate(cell)) return 1970 + parseTime(cell, unit) / (365.2425 * 86400);
    if (!isEmptyValue(cell)) unreadable++;
    return Number.NaN;
  });
  return { column: { kind: 'numeric', name, values }, unreadable };
}

export type KindGuess = { kind: 'numeric' | 'categorical' | 'text' | 'tags' | 'constant'; reason: string };

/** What a column of an entity table holds, by a sample of its cells. */
export function guessKind(cells: readonly string[]): KindGuess {
  const filled = cells.filter((c) => c.trim() !== '');
  if (filled.length === 0) return { kind: 'constant', reason: 'it is empty in the rows looked at' };
  const distinct = new Set(filled).size;
  if (distinct === 1 && filled.length > 1) return { kind: 'constant', reason: 'it is the same in every row looked at' };
  const valued = filled.filter((c) => !isEmptyValue(c));
  const style = numberStyleOf(valued);
  const numbers = valued.filter((c) => !Number.isNaN(parseNumber(c, style))).length;
  if (valued.length && numbers >= 0.95 * valued.length) return { kind: 'numeric', reason: 'its cells are numbers' };
  if (valued.length && valued.filter(looksLikeDate).length >= 0.95 * valued.length) return { kind: 'numeric', reason: 'its cells are dates, read as years' };
  const form: ListForm | null = listFormOf(filled);
  if (form) return { kind: 'tags', reason: form === 'python' ? 'its cells are lists in brackets' : `its cells are lists with "${form}" between the labels` };
  const length = filled.reduce((n, c) => n + c.length, 0) / filled.length;
  if (length <= 40 && (distinct <= 20 || distinct <= 0.3 * filled.length)) return { kind: 'categorical', reason: `${distinct} different labels come again and again` };
  return { kind: 'text', reason: length > 40 ? 'its cells are long texts' : 'nearly every row has its own text' };
}

export function listColumn(name: string, cells: readonly string[]): TagsColumn {
  const form = listFormOf(cells.slice(0, 2000)) ?? '|';
  return tagsColumn(name, cells.map((c) => splitList(c, form)));
}
