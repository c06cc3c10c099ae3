/** Rows of an entity table (and what hangs on them) picked and reordered, with empty rows where nothing is known. */
import type { Column, EntityTable, KnownTruth, ListedTest } from '../core/dataset';

/** `rows[r]` is the row of `column` that becomes row r; −1 gives an empty cell. Levels nobody uses any more are dropped. */
export function pickRows(column: Column, rows: Int32Array): Column {
  switch (column.kind) {
    case 'numeric':
      return { ...column, values: Float64Array.from(rows, (r) => (r < 0 ? Number.NaN : column.values[r]!)) };
    case 'text':
      return { ...column, values: Array.from(rows, (r) => (r < 0 ? '' : column.values[r]!)) };
    case 'categorical': {
      const codes = Int32Array.from(rows, (r) => (r < 0 ? -1 : column.codes[r]!));
      return { ...column, codes, levels: keepUsedLevels(codes, column.levels) };
    }
    case 'tags': {
      const offsets = new Int32Array(rows.length + 1);
      rows.forEach((r, k) => (offsets[k + 1] = offsets[k]! + (r < 0 ? 0 : column.offsets[r + 1]! - column.offsets[r]!)));
      const codes = new Int32Array(offsets[rows.length]!);
      rows.forEach((r, k) => {
        if (r >= 0) codes.set(column.codes.subarray(column.offsets[r]!, column.offsets[r + 1]!), offsets[k]!);
      });
      return { ...column, offsets, codes, levels: keepUsedLevels(codes, column.levels) };
    }
  }
}

/** Renumbers `codes` in place over the levels that occur; their order stays. */
function keepUsedLevels(codes: Int32Array, levels: string[]): string[] {
  const used = new Uint8Array(levels.length);
  for (const c of codes) if (c >= 0) used[c] = 1;
  const renumbered = new Int32Array(levels.length);
  const kept: string[] = [];
  levels.forEach((level, c) => {
    if (used[c]) renumbered[c] = kept.push(level) - 1;
  });
  if (kept.length < levels.length) for (let k = 0; k < codes.length; k++) if (codes[k]! >= 0) codes[k] = renumbered[codes[k]!]!;
  return kept;
}

/** Rows of a table under new ids: row k of the result is rows[k] (−1: a row of empty cells). ids: as long as `rows` */
export function pickEntities(table: EntityTable, ids: string[], rows: Int32Array): EntityTable {
  return { ids, columns: table.columns.map((c) => pickRows(c, rows)), label: table.label };
}

/** [rows.length, dim]; every row must exist. */
function pickMatrix(values: Float32Array, dim: number, rows: Int32Array): Float32Array {
  const out = new Float32Array(rows.length * dim);
  rows.forEach((r, k) => out.set(values.subarray(r * dim, (r + 1) * dim), k * dim));
  return out;
}

/** The truth of the users and items that stay, in their new order. */
export const pickTruth = (truth: KnownTruth, users: Int32Array, items: Int32Array): KnownTruth => ({
  dim: truth.dim,
  users: pickMatrix(truth.users, truth.dim, users),
  items: pickMatrix(truth.items, truth.dim, items),
});

/** Rows of users and test items that are still there, with those of their negatives that are. `userOf`, `itemOf`: new index, −1 = gone. */
export function pickListed({ user, item, start, negatives }: ListedTest, userOf: Int32Array, itemOf: Int32Array): ListedTest {
  const rows = Array.from(user.keys()).filter((q) => userOf[user[q]!]! >= 0 && itemOf[item[q]!]! >= 0).sort((a, b) => userOf[user[a]!]! - userOf[user[b]!]!);
  const lists = rows.map((q) => negatives.subarray(start[q]!, start[q + 1]!).map((i) => itemOf[i]!).filter((i) => i >= 0));
  const starts = new Int32Array(rows.length + 1);
  lists.forEach((list, k) => (starts[k + 1] = starts[k]! + list.length));
  const kept = new Int32Array(starts[rows.length]!);
  lists.forEach((list, k) => kept.set(list, starts[k]!));
  return { user: Int32Array.from(rows, (q) => userOf[user[q]!]!), item: Int32Array.from(rows, (q) => itemOf[item[q]!]!), start: starts, negatives: kept };
}
