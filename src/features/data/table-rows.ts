/** The first rows of a frozen data set as a table shows them. */
import { labelOf, type Column, type DataSet, type EntityTable } from '../../core/dataset';
import { count } from '../../ui/format';

export type Tab = 'interactions' | 'users' | 'items';
export const TABS: readonly Tab[] = ['interactions', 'users', 'items'];
export const ROWS_SHOWN = 1000;

export interface ColumnFactRow {
  name: string;
  kind: string;
  detail: string;
  /** Share of rows without a value. */
  missing: number;
}
export interface PreviewTable {
  columns: { key: string; label: string; align?: 'left' | 'right' }[];
  rows: Record<string, string>[];
  facts: ColumnFactRow[];
  total: number;
}

const instant = (seconds: number): string => {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? '–' : date.toISOString().slice(0, 16).replace('T', ' ');
};
// No thousands separator: most numbers in a table of items are years, ids and measures.
const figure = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4, useGrouping: false });
const shorten = (text: string): string => (text.length > 90 ? `${text.slice(0, 88)}…` : text);

const dated = new WeakMap<Float64Array, boolean>();
/** Dates are kept as years with a fraction, which a model can use and nobody can read. */
function isDates({ name, values }: Extract<Column, { kind: 'numeric' }>): boolean {
  let found = dated.get(values);
  if (found === undefined) {
    found = /date|time|release|published|born|birth|joined|created|added|_at$/i.test(name) && values.some((v) => !Number.isNaN(v) && !Number.isInteger(v)) && values.every((v) => Number.isNaN(v) || (v > 1000 && v < 2300));
    dated.set(values, found);
  }
  return found;
}
/** 2019.4534 → 2019-06-16; a bare year stays one. */
function dateOfYear(year: number): string {
  return Number.isInteger(year) ? String(year) : new Date(Math.round((year - 1970) * 365.2425 * 86_400) * 1000).toISOString().slice(0, 10);
}

/** A cell as text; an empty cell is a dash. */
function cellOf(column: Column, row: number): string {
  switch (column.kind) {
    case 'numeric': {
      const value = column.values[row] ?? NaN;
      return Number.isNaN(value) ? '–' : isDates(column) ? dateOfYear(value) : figure.format(value);
    }
    case 'categorical':
      return column.levels[column.codes[row] ?? -1] ?? '–';
    case 'text':
      return shorten(column.values[row] ?? '') || '–';
    case 'tags': {
      const levels = Array.from(column.codes.subarray(column.offsets[row] ?? 0, column.offsets[row + 1] ?? 0), (c) => column.levels[c] ?? '');
      return levels.length === 0 ? '–' : shorten(levels.slice(0, 6).join(', ') + (levels.length > 6 ? ` and ${levels.length - 6} more` : ''));
    }
  }
}

/** Share of rows in which a column holds nothing. */
export function missingShare(column: Column): number {
  let missing = 0;
  let rows = 0;
  if (column.kind === 'tags') {
    rows = column.offsets.length - 1;
    for (let r = 0; r < rows; r++) if (column.offsets[r] === column.offsets[r + 1]) missing += 1;
  } else if (column.kind === 'categorical') {
    rows = column.codes.length;
    for (const c of column.codes) if (c < 0) missing += 1;
  } else if (column.kind === 'numeric') {
    rows = column.values.length;
    for (const v of column.values) if (Number.isNaN(v)) missing += 1;
  } else {
    rows = column.values.length;
    for (const v of column.values) if (v === '') missing += 1;
  }
  return rows === 0 ? 0 : missing / rows;
}

function detailOf(column: Column): string {
  if (column.kind === 'categorical' || column.kind === 'tags') return `${count(column.levels.length)} ${column.kind === 'tags' ? 'tags' : 'levels'}`;
  if (column.kind === 'text') return `${count(new Set(column.values).size)} different`;
  let low = Infinity;
  let high = -Infinity;
  for (const v of column.values) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  const say = isDates(column) ? dateOfYear : (v: number): string => figure.format(v);
  return low <= high ? `${say(low)} to ${say(high)}` : 'empty';
}

function entityTable(table: EntityTable): PreviewTable {
  const n = Math.min(ROWS_SHOWN, table.ids.length);
  return {
    total: table.ids.length,
    columns: [{ key: '#id', label: 'id' }, ...table.columns.map((c) => ({ key: c.name, label: c.name, align: c.kind === 'numeric' ? ('right' as const) : ('left' as const) }))],
    rows: Array.from({ length: n }, (_, r) => ({ '#id': table.ids[r] ?? '', ...Object.fromEntries(table.columns.map((c) => [c.name, cellOf(c, r)])) })),
    facts: [{ name: 'id', kind: 'id', detail: `${count(table.ids.length)} different`, missing: 0 }, ...table.columns.map((c) => ({ name: c.name, kind: c.kind, detail: detailOf(c), missing: missingShare(c) }))],
  };
}

/** @param tab which table; interactions carry labels instead of indices */
export function previewOf(data: DataSet, tab: Tab): PreviewTable {
  if (tab !== 'interactions') return entityTable(data[tab]);
  const x = data.interactions;
  const n = Math.min(ROWS_SHOWN, x.user.length);
  const { time, value } = x;
  const columns: PreviewTable['columns'] = [
    { key: 'user', label: 'user', align: 'left' },
    { key: 'item', label: 'item', align: 'left' },
  ];
  if (time) columns.push({ key: 'time', label: 'time (UTC)', align: 'right' });
  if (value) columns.push({ key: 'value', label: 'value', align: 'right' });
  columns.push({ key: 'row', label: 'row in file', align: 'right' });
  const rows = Array.from({ length: n }, (_, k) => ({
    user: labelOf(data.users, x.user[k]!),
    item: labelOf(data.items, x.item[k]!),
    ...(time ? { time: instant(time[k]!) } : {}),
    ...(value ? { value: figure.format(value[k]!) } : {}),
    row: count(x.row[k]! + 1),
  }));
  const facts: ColumnFactRow[] = [
    { name: 'user', kind: 'id', detail: `${count(data.users.ids.length)} different`, missing: 0 },
    { name: 'item', kind: 'id', detail: `${count(data.items.ids.length)} different`, missing: 0 },
  ];
  if (time) facts.push({ name: 'time', kind: 'time', detail: `${instant(minOf(time)).slice(0, 7)} to ${instant(maxOf(time)).slice(0, 7)}`, missing: missingShare({ kind: 'numeric', name: 'time', values: time }) });
  if (value) facts.push({ name: 'value', kind: 'numeric', detail: `${figure.format(minOf(value))} to ${figure.format(maxOf(value))}`, missing: 0 });
  return { columns, rows, facts, total: x.user.length };
}

const minOf = (values: Iterable<number>): number => {
  let low = Infinity;
  for (const v of values) if (v < low) low = v;
  return low;
};
const maxOf = (values: Iterable<number>): number => {
  let high = -Infinity;
  for (const v of values) if (v > high) high = v;
  return high;
};
