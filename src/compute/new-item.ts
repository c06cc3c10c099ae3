/**
 * The features of an item that is in no data set, side by side as `EntityInput` has them: labels it shares with the catalogue, its text, its
 * numbers. For its id, and for a label that no train interaction reached, the mean of the trained vectors stands in.
 */
import type { EntityTable } from '../core/dataset';
import type { NewItem, NewItemScores, Ranked } from '../core/model';
import { Problem } from '../core/problem';
import { cosinesOf, largest } from '../math/cosine-rows';
import { featureName, keptLevels, logScale, type CodeFeature, type SideFeatures } from './entity-features';
import type { EntityInput } from './entity-input';
import type { Lookup } from './parameters';

/** @returns [width]. @throws Problem when its text has another dimension than the catalogue's */
export async function newItemRow(input: EntityInput, item: NewItem, table: EntityTable, p: Lookup, seen: Uint8Array): Promise<Float32Array> {
  const { features, text, numeric } = input.of;
  if (text && item.text && item.text.length !== text.dim) {
    throw new Problem(`The item's text vector has ${item.text.length} numbers, the catalogue's have ${text.dim}.`, {}, 'Embed it with the encoder of the text vectors in use.');
  }
  const read = async (name: string) => ({ data: (await p(`item.${name}`).data()) as Float32Array, width: p(`item.${name}`).shape.at(-1)! });
  const parts: number[] = [];
  for (const f of features) {
    const { data, width } = await read(f.name);
    const labels = labelsOf(item, table, f.name);
    const rows = f.kind === 'shares' ? tagRows(table, f.name, labels) : codeRows(f, table, labels, seen);
    for (let c = 0; c < width; c++) parts.push(rows.reduce((s, r) => s + data[r * width + c]!, 0) / (rows.length || 1));
  }
  if (text) {
    const [W, b] = [await read('text.W'), await read('text.b')];
    for (let c = 0; c < b.width; c++) parts.push(b.data[c]! + (item.text ? item.text.reduce((s, x, k) => s + x * W.data[k * W.width + c]!, 0) : 0));
  }
  numeric?.names.forEach((name, c) => {
    const x = item.columns[name];
    parts.push(typeof x === 'number' && Number.isFinite(x) && numeric.mean ? (logScale(x) - numeric.mean[c]!) / numeric.deviation![c]! : 0);
  });
  return Float32Array.from(parts);
}

/** What `newItemRow` went by, in words, and what it had to take the average for. */
export function placeOfNewItem({ features, text, numeric }: SideFeatures, item: NewItem, table: EntityTable): string {
  const own = features.filter((f) => f.name !== 'id');
  const name = (f: (typeof own)[number]): string => columnOf(table, f.name)?.name ?? f.name;
  const labelled = own.filter((f) => {
    const column = columnOf(table, f.name);
    return (column?.kind === 'categorical' || column?.kind === 'tags') && labelsOf(item, table, f.name).some((l) => column.levels.includes(l));
  });
  const numbers = (numeric?.names ?? []).filter((n) => typeof item.columns[n] === 'number' && Number.isFinite(item.columns[n]));
  const known = [...labelled.map(name), ...(text && item.text ? ['text'] : []), ...numbers];
  const unknown = [...own.filter((f) => !labelled.includes(f)).map(name), ...(text && !item.text ? ['text'] : []), ...(numeric?.names ?? []).filter((n) => !numbers.includes(n))];
  if (known.length === 0) return 'Nothing is known of it that this model looks at, so it stands at the average of the items it was trained on.';
  return `It is placed by its ${known.join(', ')}${unknown.length > 0 ? `; of its ${unknown.join(', ')} nothing is known` : ''}. For an id of its own the average of the trained ones stands in.`;
}

const columnOf = (table: EntityTable, feature: string) => table.columns.find((c) => featureName(c.name) === feature);

function labelsOf(item: NewItem, table: EntityTable, feature: string): string[] {
  const column = columnOf(table, feature);
  const given = column && item.columns[column.name];
  return Array.isArray(given) ? given : [];
}

/** Rows whose mean stands for the tags; none without tags. */
function tagRows(table: EntityTable, feature: string, labels: string[]): number[] {
  const column = columnOf(table, feature);
  if (column?.kind !== 'tags') return [];
  return keptLevels(column).flatMap((level, place) => (labels.includes(column.levels[level]!) ? [place] : []));
}

/** The row of its level (or of empty cells) where train reached it, else all rows that train reached. */
function codeRows(f: CodeFeature, table: EntityTable, labels: string[], seen: Uint8Array): number[] {
  const reached = new Set<number>();
  f.codes.forEach((code, i) => seen[i] && reached.add(code));
  const column = f.name === 'id' ? undefined : columnOf(table, f.name);
  if (column?.kind === 'categorical') {
    const level = labels.length ? column.levels.indexOf(labels[0]!) : -1;
    const row = level >= 0 ? level : column.levels.length; // one past the last: empty cells, where there are any
    if (reached.has(row)) return [row];
  }
  return [...reached];
}

/** What a model says of a new item, from its vector [D] and those of the catalogue [I, D]. */
export function newItemScores(vector: Float32Array, items: { rows: number; cols: number; data: Float32Array }, score: NewItemScores['score'], dispose?: () => void): NewItemScores {
  return {
    score,
    similarItems(k): Ranked {
      const { rows, cols } = items;
      const all = new Float32Array((rows + 1) * cols);
      all.set(items.data);
      all.set(vector, rows * cols);
      for (let r = 0; r <= rows; r++) {
        const row = all.subarray(r * cols, (r + 1) * cols);
        const length = Math.sqrt(row.reduce((s, x) => s + x * x, 0)) || 1;
        for (let c = 0; c < cols; c++) row[c]! /= length;
      }
      const cosine = new Float32Array(rows + 1);
      cosinesOf({ rows: rows + 1, dim: cols, data: all }, rows, cosine);
      const near = largest(cosine, k, rows);
      return { items: near, scores: Float32Array.from(near, (i) => cosine[i]!) };
    },
    ...(dispose ? { dispose } : {}),
  };
}
