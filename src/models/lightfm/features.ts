/**
 * Feature matrices: row e lists the features of user or item e with their weights.
 * Features are the id, one per level of a categorical column, one per tag (the tags of a row share one column's weight).
 * Each weighs 1, or all of a row together do (normalised). A text is a few features whose weights, of either sign, have length 1.
 */
import type { Column, EntityTable } from '../../core/dataset';
import { chosenColumns } from '../../core/params';
import { messageOf, Problem } from '../../core/problem';
import { csrFromTriplets, type Csr } from '../../math/csr';
import type { TextRows } from './text-rows';

export interface FeatureRows {
  /** [entities, features] */
  matrix: Csr;
  /** Of a feature in words; null for an id. */
  nameOf(feature: number): string | null;
}
/** '*' leaves out a column with a level for nearly every row: it repeats the id. */
const REPEATS_ID = 0.9;

type WithLevels = Extract<Column, { kind: 'categorical' | 'tags' }>;
const hasLevels = (c: Column): c is WithLevels => c.kind === 'categorical' || c.kind === 'tags';

/** @throws Problem for a column there is not, or when nothing is left to describe a row by */
export function featureRows(table: EntityTable, who: 'user' | 'item', columns: string, ids: boolean, normalise: boolean, text: TextRows | null = null): FeatureRows {
  const rows = table.ids.length;
  const chosen = columnsOf(table, columns);
  if (!ids && chosen.length === 0 && !text) {
    throw new Problem(`There is nothing to know ${who}s by: their ids are off and no ${who} column is chosen.`, {}, `Turn "Learn a vector per ${who}" on, or choose ${who} columns.`);
  }
  const row: number[] = [];
  const feature: number[] = [];
  const weight: number[] = [];
  const put = (e: number, f: number, w: number): void => {
    row.push(e);
    feature.push(f);
    weight.push(w);
  };
  if (ids) for (let e = 0; e < rows; e++) put(e, e, 1);
  let width = ids ? rows : 0;
  const blocks: { from: number; nameOf(at: number): string }[] = [];
  for (const column of chosen) {
    blocks.push({ from: width, nameOf: (at) => `${column.name}: ${column.levels[at]}` });
    for (let e = 0; e < rows; e++) {
      const codes = column.kind === 'categorical' ? column.codes.subarray(e, e + 1) : column.codes.subarray(column.offsets[e], column.offsets[e + 1]);
      for (const c of codes) if (c >= 0) put(e, width + c, 1 / codes.length);
    }
    width += column.levels.length;
  }
  if (text) {
    blocks.push({ from: width, nameOf: () => `the text of ${text.column}` });
    for (let e = 0; e < rows; e++) for (let c = 0; c < text.width; c++) if (text.data[e * text.width + c] !== 0) put(e, width + c, text.data[e * text.width + c]!);
    width += text.width;
  }
  const matrix = csrFromTriplets(rows, width, row, feature, weight);
  for (let e = 0; normalise && e < rows; e++) {
    let sum = 0;
    for (let k = matrix.start[e]!; k < matrix.start[e + 1]!; k++) sum += Math.abs(matrix.value[k]!);
    for (let k = matrix.start[e]!; sum > 0 && k < matrix.start[e + 1]!; k++) matrix.value[k]! /= sum;
  }
  return {
    matrix,
    nameOf(f) {
      const block = blocks.findLast((b) => b.from <= f);
      return block ? block.nameOf(f - block.from) : null;
    },
  };
}

function columnsOf(table: EntityTable, value: string): WithLevels[] {
  const usable = table.columns.filter(hasLevels);
  let names: string[];
  try {
    names = chosenColumns(value, usable.map((c) => c.name));
  } catch (error) {
    throw new Problem(messageOf(error), {}, 'Choose among the columns listed, * for all, or leave it empty.');
  }
  const repeatsId = (c: WithLevels): boolean => c.kind === 'categorical' && c.levels.length > REPEATS_ID * table.ids.length;
  return usable.filter((c) => names.includes(c.name) && !(value === '*' && repeatsId(c)));
}
