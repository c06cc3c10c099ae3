/** A wide user × item table: the first column names the user, the header the items; an empty or 0 cell is no interaction. */
import type { createInteractions } from './interactions';
import { cleanId } from './ids';
import type { Rejected } from './rejected';
import { readRows, type ReadContext, type Table } from './table';
import { isEmptyValue, parseNumber } from './values';

/** Rows of the matrix are numbered cell by cell, so that ties keep the order of the columns. Returns the number of table rows. */
export async function readMatrix(table: Table, into: ReturnType<typeof createInteractions>, rejected: Rejected, ctx: ReadContext): Promise<number> {
  const { names } = table.shape;
  const items = names.map(cleanId);
  const width = names.length;
  const rows = await readRows(
    table,
    rejected,
    (batch) =>
      batch.rows.forEach((cells, k) => {
        const user = cleanId(cells[0]!);
        const values = cells.slice(1, width).map((c) => (isEmptyValue(c) ? 0 : parseNumber(c)));
        const bad = values.findIndex(Number.isNaN);
        const reason = user === '' ? `no user in "${names[0]}"` : bad >= 0 ? `"${names[bad + 1]}" is not a number` : null;
        if (reason) {
          rejected.add(table.source.key, batch.lines[k]!, reason, cells);
          return;
        }
        values.forEach((v, c) => {
          if (v !== 0) into.add(user, items[c + 1]!, 0, v, batch.numbers[k]! * (width - 1) + c);
        });
      }),
    ctx,
  );
  into.endTable(rows * (width - 1));
  return rows;
}
