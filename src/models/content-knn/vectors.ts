/** What an item is, as a row of length 1: standardised numeric columns, or the vector of its text. */
import type { EntityTable, NumericColumn, TextVectors } from '../../core/dataset';
import { Problem } from '../../core/problem';
import type { UnitRows } from '../../math/cosine-rows';
import { standardise, toUnitRows } from '../../math/standardise';

/** The nine audio features; other columns (key, duration, year) are left out where any of these is there. */
const AUDIO = ['danceability', 'energy', 'valence', 'tempo', 'loudness', 'speechiness', 'acousticness', 'instrumentalness', 'liveness'];

export interface ItemVectors extends UnitRows {
  /** 'minilm…' or the names of the columns; '' where there is nothing to compare by. */
  source: string;
}

export function numericColumns(items: EntityTable): NumericColumn[] {
  const numeric = items.columns.filter((c): c is NumericColumn => c.kind === 'numeric');
  const audio = numeric.filter((c) => AUDIO.includes(c.name.toLowerCase()));
  return audio.length > 0 ? audio : numeric;
}

/**
 * One unit row per item; a row of zeros where nothing is known about it. [I, dim]
 * @throws Problem when the source asked for by name is not there
 */
export function itemVectors(items: EntityTable, text: TextVectors | null, source: 'auto' | 'numeric' | 'text'): ItemVectors {
  const rows = items.ids.length;
  if (source === 'text' && !text) throw new Problem('Content kNN was asked to compare by text, but there are no text vectors.', {}, 'Choose a text column and make its vectors, or compare by numeric columns.');
  if (text && source !== 'numeric') return { rows, dim: text.dim, data: toUnitRows(text.vectors.slice(), text.dim), source: `${text.column} (${text.encoder})` };
  const columns = numericColumns(items);
  if (source === 'numeric' && columns.length === 0) {
    throw new Problem('Content kNN was asked to compare by numeric columns, but the items have none.', {}, 'Add audio features or other numbers to the item table, or compare by text.');
  }
  const { data } = standardise(columns.map((c) => c.values), rows);
  return { rows, dim: columns.length, data: toUnitRows(data, columns.length), source: columns.map((c) => c.name).join(', ') };
}
