/** User and item tables: ids and typed columns. */
import type { ColumnRole } from '../../../workers/protocol';
import type { Column, EntityTable } from '../../core/dataset';
import { categoricalColumn, listColumn, numericColumn } from './columns';
import { idOf } from './interactions';
import { pickRows } from '../entity-rows';
import type { Rejected } from './rejected';
import { readRows, type ReadContext, type Table } from './table';
import { unwrapBytes } from './values';

export interface EntityColumn {
  index: number;
  name: string;
  role: ColumnRole;
}

/** Typed columns of cells[c][r], c along `columns`. The first title column is the label. */
export function typedColumns(columns: readonly EntityColumn[], cells: readonly (readonly string[])[]): { columns: Column[]; label: string | null; notes: string[] } {
  const notes: string[] = [];
  const typed = columns.map(({ name, role }, c): Column => {
    const values = cells[c]!;
    if (role === 'category' || role === 'artist') return categoricalColumn(name, values);
    if (role === 'tags') return listColumn(name, values);
    if (role !== 'number') return { kind: 'text', name, values: values.map((v) => unwrapBytes(v.trim())) };
    const { column, unreadable } = numericColumn(name, values);
    if (unreadable) notes.push(`${unreadable.toLocaleString('en-US')} cells of "${name}" are not numbers and count as empty.`);
    return column;
  });
  return { columns: typed, label: columns.find((c) => c.role === 'title')?.name ?? null, notes };
}

/** Reads a whole table. Rows without an id are rejected; `key` are the id columns, and without any the rows are numbered from 1. */
export async function readEntities(table: Table, key: readonly number[], loose: boolean, columns: readonly EntityColumn[], rejected: Rejected, ctx: ReadContext): Promise<{ table: EntityTable; rows: number; notes: string[] }> {
  const ids: string[] = [];
  const cells: string[][] = columns.map(() => []);
  const reason = `no id in "${key.map((k) => table.shape.names[k]).join(' + ')}"`;
  const rows = await readRows(
    table,
    rejected,
    (batch) =>
      batch.rows.forEach((row, k) => {
        const id = key.length ? idOf(row, key, loose) : String(batch.numbers[k]! + 1);
        if (id === '') {
          rejected.add(table.source.key, batch.lines[k]!, reason, row);
          return;
        }
        ids.push(id);
        columns.forEach((c, n) => cells[n]!.push(row[c.index]!));
      }),
    ctx,
  );
  const typed = typedColumns(columns, cells);
  return { table: { ids, columns: typed.columns, label: typed.label }, rows, notes: typed.notes };
}

/** Two tables about the same things, side by side, joined by id. Of a repeated id the first row counts. */
export function joinTables(a: EntityTable, b: EntityTable): EntityTable {
  const ids = [...new Set([...a.ids, ...b.ids])];
  const rowsIn = (t: EntityTable): Int32Array => {
    const rowOf = new Map<string, number>();
    t.ids.forEach((id, r) => rowOf.has(id) || rowOf.set(id, r));
    return Int32Array.from(ids, (id) => rowOf.get(id) ?? -1);
  };
  const [inA, inB] = [rowsIn(a), rowsIn(b)];
  const taken = new Set(a.columns.map((c) => c.name));
  return {
    ids,
    columns: [...a.columns.map((c) => pickRows(c, inA)), ...b.columns.map((c) => pickRows(taken.has(c.name) ? { ...c, name: `${c.name} (2)` } : c, inB))],
    label: a.label ?? b.label,
  };
}
