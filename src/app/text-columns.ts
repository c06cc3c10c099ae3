/** Which item columns hold text worth embedding, and the texts in them. Pure. */
import type { Column, EntityTable } from '../core/dataset';

export interface TextColumnFacts {
  name: string;
  kind: 'text' | 'categorical' | 'tags';
  /** Items that have a text. */
  filled: number;
  /** Items without one. */
  missing: number;
  distinct: number;
  /** Characters, over the filled ones; 0 where none is. */
  medianLength: number;
  /** A text from the middle of the column. */
  sample: string;
}

type Embeddable = Exclude<Column, { kind: 'numeric' }>;
const embeddable = (c: Column): c is Embeddable => c.kind !== 'numeric';

function cell(column: Embeddable, row: number): string {
  if (column.kind === 'text') return column.values[row]!.trim();
  if (column.kind === 'categorical') return (column.levels[column.codes[row]!] ?? '').trim();
  const labels: string[] = [];
  for (let k = column.offsets[row]!; k < column.offsets[row + 1]!; k++) labels.push(column.levels[column.codes[k]!] ?? '');
  return labels.filter(Boolean).join(', ');
}

/** Name of several columns taken as one text. */
export const joinedName = (columns: readonly string[]): string => columns.join(' + ');

/**
 * Text of every item, [I]; '' where there is none. Several columns become one text, as sentences one after the other.
 * Null where a column is not there (the data set was changed) or holds numbers.
 */
export function textsOf(items: EntityTable, columns: readonly string[]): string[] | null {
  const chosen: Embeddable[] = [];
  for (const name of columns) {
    const column = items.columns.find((c) => c.name === name);
    if (!column || !embeddable(column)) return null;
    chosen.push(column);
  }
  return items.ids.map((_, i) =>
    chosen
      .map((c) => cell(c, i))
      .filter(Boolean)
      .join('. '),
  );
}

/** The columns behind a name that `joinedName` may have made; null where it is none of these columns. */
export function columnsOfName(items: EntityTable, name: string): string[] | null {
  const known = (n: string): boolean => items.columns.some((c) => c.name === n && embeddable(c));
  if (known(name)) return [name];
  const parts = name.split(' + ');
  return parts.length > 1 && parts.every(known) ? parts : null;
}

/** Every column with text in it, longest texts first: they tell the most. */
export function textColumnFacts(items: EntityTable): TextColumnFacts[] {
  const facts: TextColumnFacts[] = [];
  for (const column of items.columns) {
    if (!embeddable(column)) continue;
    const filled: string[] = [];
    for (let i = 0; i < items.ids.length; i++) {
      const text = cell(column, i);
      if (text) filled.push(text);
    }
    const lengths = Float64Array.from(filled, (t) => t.length).sort();
    facts.push({
      name: column.name,
      kind: column.kind,
      filled: filled.length,
      missing: items.ids.length - filled.length,
      distinct: new Set(filled).size,
      medianLength: lengths[lengths.length >> 1] ?? 0,
      sample: filled[filled.length >> 1] ?? '',
    });
  }
  // A column of text proper comes before one of a few repeated labels.
  return facts.sort((a, b) => Number(b.kind === 'text') - Number(a.kind === 'text') || b.medianLength - a.medianLength || (a.name < b.name ? -1 : 1));
}
