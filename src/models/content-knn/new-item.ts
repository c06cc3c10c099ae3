/** What an item of no data set is, as a row of length 1 beside the catalogue's rows. */
import type { EntityTable } from '../../core/dataset';
import type { NewItem } from '../../core/model';
import { Problem } from '../../core/problem';
import { standardise, toUnitRows } from '../../math/standardise';
import { numericColumns } from './vectors';

/**
 * @param source the names of the numeric columns the catalogue is compared by, or what says that it is text
 * @returns [dim]; zeros where nothing is known about the item
 * @throws Problem when the catalogue is compared by text and the item's text has another dimension
 */
export function rowOfNewItem(item: NewItem, items: EntityTable, source: string, dim: number): Float64Array {
  const columns = numericColumns(items);
  if (columns.length === dim && columns.map((c) => c.name).join(', ') === source) {
    const { mean, sd } = standardise(columns.map((c) => c.values), items.ids.length);
    const row = Float64Array.from(columns, ({ name }, d) => {
      const x = item.columns[name];
      return typeof x === 'number' && Number.isFinite(x) && sd[d]! > 0 ? (x - mean[d]!) / sd[d]! : 0;
    });
    return Float64Array.from(toUnitRows(row, dim));
  }
  if (!item.text) return new Float64Array(dim);
  if (item.text.length !== dim) throw new Problem(`The item's text vector has ${item.text.length} numbers, the catalogue's have ${dim}.`, {}, 'Embed it with the encoder of the text vectors in use.');
  return Float64Array.from(toUnitRows(Float64Array.from(item.text), dim));
}
