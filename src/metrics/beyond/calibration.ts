import type { Column } from '../../core/dataset';
import { meanOverLists, type TopList } from './list-items';

/** Labels of items, several or none each: item i has codes[offsets[i] … offsets[i+1]). */
export interface ItemLabels {
  offsets: Int32Array; // [I+1]
  codes: Int32Array;
  levels: number;
}

/** Share of the history that q is mixed with, so that a label missing from a list costs much and not infinitely much. */
const ALPHA = 0.01;
const MOST_LEVELS = 200;

/**
 * Calibration@K = Σ_g p(g) · ln(p(g) / q̃(g)), q̃ = .99·q + .01·p, mean over users (Steck 2018, C_KL with α = .01), in nats.
 * p: how a user's train items spread over labels (genres), q: how their first K do. An item with several labels gives each an
 * equal part. 0: the list has the user's own mixture; ln 100 = 4.61: no label in common.
 * Awkward cases: items without a label count on neither side; a user whose train items, or whose list, have no label at all has
 * no value and is not in the mean; all items count alike, whatever their place in the list or the user's plays.
 * Worked: train items drama, drama, comedy, comedy and a list of drama only: p = (½, ½), q̃ = (.995, .005):
 * ½ ln(.5/.995) + ½ ln(.5/.005) = −.3441 + 2.3026 = 1.9585.
 * @param histories train items of the user of each list
 */
export function calibration(lists: readonly TopList[], histories: readonly ArrayLike<number>[], labels: ItemLabels): number {
  const p = new Float64Array(labels.levels);
  const q = new Float64Array(labels.levels);
  let n = 0;
  return meanOverLists(lists, (list) => {
    const own = histories[n++]!;
    if (!spread(own, labels, p) || !spread(list, labels, q)) return NaN;
    let divergence = 0;
    for (let g = 0; g < p.length; g++) if (p[g]! > 0) divergence += p[g]! * Math.log(p[g]! / ((1 - ALPHA) * q[g]! + ALPHA * p[g]!));
    return divergence;
  });
}

/** Shares of labels among items, into `out`; false where no item has one. */
function spread(items: ArrayLike<number>, { offsets, codes }: ItemLabels, out: Float64Array): boolean {
  out.fill(0);
  let labelled = 0;
  for (let n = 0; n < items.length; n++) {
    const [from, to] = [offsets[items[n]!]!, offsets[items[n]! + 1]!];
    if (from === to) continue;
    labelled++;
    for (let e = from; e < to; e++) out[codes[e]!]! += 1 / (to - from);
  }
  for (let g = 0; g < out.length; g++) out[g]! /= labelled;
  return labelled > 0;
}

/**
 * The first column whose labels can describe a taste: categories or tags, from 2 to 200 of them, known for at least half of the items.
 * (Thousands of free tags, or one category per item, would call every list badly calibrated.)
 */
export function calibrationColumn(columns: readonly Column[], I: number): { name: string; labels: ItemLabels } | null {
  for (const column of columns) {
    if (column.kind !== 'categorical' && column.kind !== 'tags') continue;
    const labels = labelsOf(column, I);
    let known = 0;
    for (let i = 0; i < I; i++) if (labels.offsets[i + 1]! > labels.offsets[i]!) known++;
    if (new Set(labels.codes).size >= 2 && labels.levels <= MOST_LEVELS && known * 2 >= I) return { name: column.name, labels };
  }
  return null;
}

function labelsOf(column: Extract<Column, { kind: 'categorical' | 'tags' }>, I: number): ItemLabels {
  if (column.kind === 'tags') return { offsets: column.offsets, codes: column.codes, levels: column.levels.length };
  const offsets = new Int32Array(I + 1);
  for (let i = 0; i < I; i++) offsets[i + 1] = offsets[i]! + (column.codes[i]! >= 0 ? 1 : 0);
  return { offsets, codes: column.codes.filter((c) => c >= 0), levels: column.levels.length };
}
