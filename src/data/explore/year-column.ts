/** A year for each item, from whichever column holds one. */
import type { Column, EntityTable } from '../../core/dataset';

export interface YearColumn {
  name: string;
  /** [rows] year with fraction; NaN where there is none. */
  years: Float64Array;
}

const NAMED = /year|date|release|published|decade|born|joined/i;
const inRange = (y: number): boolean => y >= 1000 && y < 2200;

/** Columns that hold years or dates, likeliest first: numbers by name and range, labels and short texts by their contents. */
export function yearColumns(table: EntityTable): YearColumn[] {
  const found = table.columns.flatMap((c) => {
    const years = yearsIn(c, table.ids.length);
    return years ? [{ name: c.name, years, rank: (c.kind === 'numeric' ? 0 : 1) + (/video/i.test(c.name) ? 0.5 : 0) }] : [];
  });
  return found.sort((a, b) => a.rank - b.rank).map(({ name, years }) => ({ name, years }));
}

/** [rows] years of one column; null where its name or its contents speak of none. */
export function yearsIn(column: Column, rows: number): Float64Array | null {
  if (!NAMED.test(column.name)) return null;
  if (column.kind === 'numeric') {
    return mostly(column.values, (v) => inRange(v)) ? column.values.map((v) => (inRange(v) ? v : Number.NaN)) : null;
  }
  if (column.kind === 'tags') return null;
  const text = (r: number): string => (column.kind === 'text' ? column.values[r]! : (column.levels[column.codes[r]!] ?? ''));
  let filled = 0;
  let fit = 0;
  const years = new Float64Array(rows).fill(Number.NaN);
  for (let r = 0; r < rows; r++) {
    const t = text(r);
    if (t === '' || t === 'NA') continue;
    filled++;
    // A date and nothing else: 1998, 1998-05, 1998-05-12, 12-May-1998.
    const y = t.length <= 30 ? (/^(\d{4})([-/.]\d{1,2}){0,2}([T ].*)?$/.exec(t)?.[1] ?? /^\d{1,2}[-/. ][\p{L}\d]{1,9}[-/. ](\d{4})$/u.exec(t)?.[1]) : undefined;
    if (y && inRange(Number(y))) {
      years[r] = Number(y);
      fit++;
    }
  }
  return filled > 0 && fit >= 0.9 * filled ? years : null;
}

function mostly(values: Float64Array, fits: (v: number) => boolean): boolean {
  let filled = 0;
  let fit = 0;
  for (const v of values) {
    if (Number.isNaN(v)) continue;
    filled++;
    if (fits(v)) fit++;
  }
  return filled > 0 && fit >= 0.95 * filled;
}
