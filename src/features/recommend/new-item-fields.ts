/** What is asked about a new item: the texts the models read, labels, numbers. Pure. */
import { columnsOfName } from '../../app/text-columns';
import type { EntityTable } from '../../core/dataset';

export interface NewItemDraft {
  texts: Record<string, string>;
  labels: Record<string, string[]>;
  numbers: Record<string, number>;
}
export const EMPTY_DRAFT: NewItemDraft = { texts: {}, labels: {}, numbers: {} };

/** Fields of a form: the label column first, then other texts, labels and numbers as the table has them. Columns with a level per item repeat the id and are left out. */
export function fieldsOf(items: EntityTable): { texts: string[]; labels: { name: string; several: boolean; levels: string[] }[]; numbers: string[] } {
  const texts = items.columns.filter((c) => c.kind === 'text').map((c) => c.name);
  texts.sort((a, b) => Number(b === items.label) - Number(a === items.label));
  const labels = items.columns.flatMap((c) => (c.kind === 'tags' || (c.kind === 'categorical' && c.levels.length <= 0.9 * items.ids.length) ? [{ name: c.name, several: c.kind === 'tags', levels: c.levels }] : []));
  return { texts, labels, numbers: items.columns.filter((c) => c.kind === 'numeric').map((c) => c.name) };
}

/** The text an encoder gets for vectors of this name ("title + lyrics"), put together as those of the catalogue were. */
export function textFor(name: string, draft: NewItemDraft, items: EntityTable): string {
  return (columnsOfName(items, name) ?? [name])
    .map((column) => (draft.texts[column] ?? (draft.labels[column] ?? []).join(', ')).trim())
    .filter(Boolean)
    .join('. ');
}

export const columnsFor = (draft: NewItemDraft): Record<string, string[] | number> => ({ ...draft.labels, ...draft.numbers });
