/** A wide user × item table: one column (usually the first) names the user, the header the items; an empty or 0 cell is no interaction. */
import type { createInteractions } from './interactions';
import { cleanId } from './ids';
import type { Rejected } from './rejected';
import { readRows, type ReadContext, type Table } from './table';
import { isEmptyValue, parseNumber } from './values';

/** Rows of the matrix are numbered cell by cell, so that ties keep the order of the columns. Returns the number of table rows. */
export async function readMatrix(table: Table, user: number, items: readonly number[], into: ReturnType<typeof createInteractions>, rejected: Rejected, ctx: ReadContext): Promise<number> {
  const { names } = table.shape;
  const ids = items.map((c) => cleanId(names[c]!));
  const rows = await readRows(
    table,
    rejected,
    (batch) =>
      batch.rows.forEach((cells, k) => {
        const who = cleanId(cells[user]!);
        const values = items.map((c) => (isEmptyValue(cells[c]!) ? 0 : parseNumber(cells[c]!)));
        const bad = values.findIndex(Number.isNaN);
        const reason = who === '' ? `no user in "${names[user]}"` : bad >= 0 ? `"${names[items[bad]!]}" is not a number` : null;
        if (reason) {
          rejected.add(table.source.key, batch.lines[k]!, reason, cells);
          return;
        }
        values.forEach((v, c) => {
          if (v !== 0) into.add(who, ids[c]!, 0, v, batch.numbers[k]! * items.length + c);
        });
      }),
    ctx,
  );
  into.endTable(rows * items.length);
  return rows;
}
