/** What in a table of users or items would bite: its titles, its columns, its numbers, its labels. Rows that are not selected take no part. */
import type { Column, EntityTable } from '../../core/dataset';
import { share, worstFirst, type Finding } from './finding';
import { positive } from './selection';

/** The checks that a table alone allows: its titles, its columns, its numbers, its labels. */
export function tableQuality(table: EntityTable, perRow: Int32Array, chosenBy: ReadonlySet<string> = new Set()): Finding[] {
  const rows = positive(perRow);
  const titles = sharedTitles(table, perRow);
  return worstFirst([
    ...(titles ? [{ id: 'titles' as const, severity: titles.ids === 0 ? ('good' as const) : titles.ids > 0.1 * rows ? ('bad' as const) : ('caution' as const), ...titles }] : []),
    ...(table.columns.length === 0 ? [{ id: 'noColumns' as const, severity: 'caution' as const, table: 'items' as const }] : [columnFinding('items', table, perRow, chosenBy), farNumbers(table, perRow), spellings(table, perRow)]),
    ...(table.columns.length > 0 && !table.columns.some((c) => c.kind === 'text') ? [{ id: 'noText' as const, severity: 'caution' as const }] : []),
    { id: 'rows', severity: rows < 20 ? 'bad' : rows < 300 ? 'caution' : 'good', rows },
  ]);
}

/** Titles that several ids carry, and how many ids carry such a title. Null where there is no title. */
export function sharedTitles(items: EntityTable, perItem: Int32Array): { titles: number; ids: number; examples: { title: string; ids: number }[] } | null {
  const column = items.columns.find((c) => c.name === items.label);
  if (!column || (column.kind !== 'text' && column.kind !== 'categorical')) return null;
  const shown = new Map<string, { title: string; ids: number }>();
  for (let i = 0; i < items.ids.length; i++) {
    if (perItem[i] === 0) continue;
    const title = column.kind === 'text' ? column.values[i]! : (column.levels[column.codes[i]!] ?? '');
    const key = title.normalize('NFKC').trim().toLowerCase();
    if (key === '') continue;
    const of = shown.get(key);
    if (of) of.ids++;
    else shown.set(key, { title, ids: 1 });
  }
  const several = [...shown.values()].filter((t) => t.ids > 1).sort((a, b) => b.ids - a.ids);
  return { titles: several.length, ids: several.reduce((n, t) => n + t.ids, 0), examples: several.slice(0, 3) };
}

/** @param chosenBy columns ('items.genre') that the rows were chosen by: all alike for that reason */
export function columnFinding(table: 'users' | 'items', { columns }: EntityTable, perRow: Int32Array, chosenBy: ReadonlySet<string> = new Set()): Finding {
  const rows = rowsIn(perRow);
  const empty = columns.map((c) => ({ name: c.name, share: share(missingIn(c, rows), rows.length) })).filter((c) => c.share > 0.2).sort((a, b) => b.share - a.share);
  const constant = columns.filter((c) => !chosenBy.has(`${table}.${c.name}`) && isConstant(c, rows)).map((c) => c.name);
  return { id: 'columns', severity: empty.length + constant.length > 0 ? 'caution' : 'good', table, empty, constant };
}

/** Rows that take part, ascending. */
const rowsIn = (perRow: Int32Array): Int32Array => Int32Array.from({ length: perRow.length }, (_, r) => r).filter((r) => perRow[r]! > 0);

const isMissing = (c: Column, r: number): boolean =>
  c.kind === 'numeric' ? Number.isNaN(c.values[r]!) : c.kind === 'categorical' ? c.codes[r]! < 0 : c.kind === 'text' ? c.values[r]!.trim() === '' : c.offsets[r] === c.offsets[r + 1];

export function missingIn(c: Column, rows: Int32Array): number {
  let n = 0;
  for (const r of rows) if (isMissing(c, r)) n++;
  return n;
}

/** More than one row has a value, and all have the same. */
function isConstant(c: Column, rows: Int32Array): boolean {
  const valueOf = (r: number): string | number => (c.kind === 'numeric' ? c.values[r]! : c.kind === 'categorical' ? c.codes[r]! : c.kind === 'text' ? c.values[r]! : c.codes.subarray(c.offsets[r], c.offsets[r + 1]).join());
  let first: string | number | null = null;
  let filled = 0;
  for (const r of rows) {
    if (isMissing(c, r)) continue;
    filled++;
    const v = valueOf(r);
    if (first === null) first = v;
    else if (v !== first) return false;
  }
  return filled > 1;
}

/** Numbers so far from the rest that they are likely a slip: more than five times the middle half's width beyond it, and few. */
export function farNumbers(table: EntityTable, perRow: Int32Array): Finding {
  const rows = rowsIn(perRow);
  const columns = table.columns.flatMap((c) => {
    if (c.kind !== 'numeric') return [];
    const sorted = Float64Array.from(rows, (r) => c.values[r]!).filter(Number.isFinite).sort();
    const n = sorted.length;
    if (n < 20) return [];
    const [low, high] = [sorted[n >> 2]!, sorted[(3 * n) >> 2]!];
    const reach = 5 * (high - low);
    if (reach === 0) return [];
    const far = sorted.filter((v) => v < low - reach || v > high + reach);
    if (far.length === 0 || far.length > 0.01 * n) return [];
    const farthest = far.reduce((a, b) => (Math.abs(b - sorted[n >> 1]!) > Math.abs(a - sorted[n >> 1]!) ? b : a));
    return [{ name: c.name, rows: far.length, farthest, low, high }];
  });
  return { id: 'farNumbers', severity: columns.length > 0 ? 'caution' : 'good', columns: columns.sort((a, b) => b.rows - a.rows) };
}

/** Labels that differ by case, spaces or accents' encoding only, and are counted apart for that. */
export function spellings(table: EntityTable, perRow: Int32Array): Finding {
  const rows = rowsIn(perRow);
  const groups: { name: string; labels: string[] }[] = [];
  for (const c of table.columns) {
    if (c.kind !== 'categorical' && c.kind !== 'tags') continue;
    const used = new Uint8Array(c.levels.length);
    for (const r of rows) {
      if (c.kind === 'categorical') {
        if (c.codes[r]! >= 0) used[c.codes[r]!] = 1;
      } else for (let k = c.offsets[r]!; k < c.offsets[r + 1]!; k++) used[c.codes[k]!] = 1;
    }
    const alike = new Map<string, string[]>();
    c.levels.forEach((level, code) => {
      if (!used[code]) return;
      const key = level.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
      alike.set(key, [...(alike.get(key) ?? []), level]);
    });
    for (const labels of alike.values()) if (labels.length > 1) groups.push({ name: c.name, labels });
  }
  return { id: 'spellings', severity: groups.length > 0 ? 'caution' : 'good', groups: groups.length, examples: groups.slice(0, 3) };
}
