/**
 * The item tower for an item that is in no data set: its labels and its text are read, its id is the one of unknown items
 * (or, where none was trained, the mean of the trained ids), and so is a label the catalogue does not have.
 */
import type { EntityTable } from '../../core/dataset';
import type { NewItem } from '../../core/model';
import { Problem } from '../../core/problem';
import type { Lookup } from '../../compute/parameters';
import { keep, tensor2d, tidy, type Tensor } from '../../compute/tensors';
import { featureName, keptLevels, type CodeFeature, type Feature } from './features';
import type { Network } from './network';
import { TowerInput } from './towers';

/**
 * @param p embedding tables as the recommender uses them
 * @param seen 1 for items with train interactions
 * @returns output of the item tower, [1, D]; the caller disposes. @throws Problem when the text has another dimension
 */
export async function towerOfNewItem(net: Network, item: NewItem, items: EntityTable, p: Lookup, seen: Uint8Array, useUnknown: boolean): Promise<Tensor> {
  const of = net.features.item;
  if (of.text && item.text && item.text.length !== of.text.dim) {
    throw new Problem(`The item's text vector has ${item.text.length} numbers, the catalogue's have ${of.text.dim}.`, {}, 'Embed it with the encoder of the text vectors in use.');
  }
  const tables = new Map<string, Float32Array>();
  const features: Feature[] = [];
  for (const f of of.features) {
    const labels = labelsOf(item, items, f.name);
    if (f.kind === 'shares') {
      const column = items.columns.find((c) => featureName(c.name) === f.name);
      const kept = column?.kind === 'tags' ? keptLevels(column).map((level) => column.levels[level]!) : [];
      const own = kept.flatMap((label, place) => (labels.includes(label) ? [place] : []));
      const shares = new Float32Array(f.size);
      for (const place of own) shares[place] = 1 / own.length;
      features.push({ ...f, shares });
      continue;
    }
    const row = f.name === 'id' ? (useUnknown ? of.rows : -1) : levelRow(f, items, labels);
    const name = `item.${f.name}`;
    const table = p(name);
    const d = table.shape[1]!;
    const data = (await table.data()) as Float32Array;
    tables.set(name, row >= 0 ? data.slice(row * d, (row + 1) * d) : meanOfReached(data, d, f, seen));
    features.push({ kind: 'codes', name: f.name, size: 1, codes: Int32Array.of(0) });
  }
  const input = new TowerInput('item', { rows: 1, features, text: of.text && { dim: of.text.dim, vectors: item.text ?? new Float32Array(of.text.dim) } });
  const lookup: Lookup = (name) => {
    const own = tables.get(name);
    return own ? tensor2d(own, [1, own.length]) : p(name);
  };
  const out = tidy(() => keep(input.run(lookup, net.architecture.combine, Int32Array.of(0))));
  input.dispose();
  return out;
}

function labelsOf(item: NewItem, items: EntityTable, feature: string): string[] {
  const column = items.columns.find((c) => featureName(c.name) === feature);
  const given = column && item.columns[column.name];
  return Array.isArray(given) ? given : [];
}

/** Row of a categorical column's table: its level, the row of empty cells, or −1 where neither is known. */
function levelRow(f: CodeFeature, items: EntityTable, labels: string[]): number {
  const column = items.columns.find((c) => featureName(c.name) === f.name);
  if (column?.kind !== 'categorical') return -1;
  const level = labels.length > 0 ? column.levels.indexOf(labels[0]!) : -1;
  if (level >= 0) return level;
  return f.size > column.levels.length ? column.levels.length : -1;
}

/** Mean of the rows that items with train interactions use. [d] */
function meanOfReached(data: Float32Array, d: number, f: CodeFeature, seen: Uint8Array): Float32Array {
  const reached = new Set<number>();
  f.codes.forEach((code, i) => seen[i] && reached.add(code));
  const mean = new Float64Array(d);
  for (const row of reached) for (let c = 0; c < d; c++) mean[c]! += data[row * d + c]! / reached.size;
  return Float32Array.from(mean);
}
