/** Why an item stands in somebody's list: the model's own reasons where it has any, and what can be seen from outside. */
import type { ServedPerson, ServedWhy } from '../../workers/protocol';
import type { Column, EntityTable } from '../core/dataset';
import { itemIndex, userIndex } from '../core/ids';
import { Problem } from '../core/problem';
import { historyOf, type Serving } from './serve';
import { cosineRows, sharedListeners } from './serve-likeness';
import { sharedWords } from './serve-words';

const NEAREST = 3;
const LABELS = 4;
/** Neighbours a model is asked for: those of the history may lie far down. */
const ASKED = 1000;

export async function why(serving: Serving, person: ServedPerson, item: number): Promise<ServedWhy> {
  const { recommender, on, text } = serving;
  const { I } = on.train;
  if (!Number.isInteger(item) || item < 0 || item >= I) throw new Problem(`There is no item number ${item}.`, {}, `Items are numbered 0 to ${I - 1}.`);
  const history = historyOf(serving, person).filter((i) => i !== item);
  // A model explains users it was trained on; of a folded-in one it knows no index.
  const reasons = 'user' in person && recommender.explain ? recommender.explain(userIndex(person.user), itemIndex(item)) : null;
  const { nearest, nearestBy } = await nearestOf(serving, history, item);
  return { reasons, nearest, nearestBy, shared: sharedLabels(on.data.items, history, item), historyLength: history.length, text: text && textReason(serving, history, item) };
}

async function nearestOf({ recommender, on, text }: Serving, history: Int32Array, item: number): Promise<Pick<ServedWhy, 'nearest' | 'nearestBy'>> {
  const own = new Set(history);
  if (recommender.similarItems) {
    const { items, scores } = await recommender.similarItems(itemIndex(item), Math.min(ASKED, on.train.I - 1));
    const nearest = Array.from(items, (i, n) => ({ item: i, similarity: scores[n]! })).filter((n) => own.has(n.item) && n.similarity > 0).slice(0, NEAREST);
    if (nearest.length > 0) return { nearest, nearestBy: 'model' };
  }
  const between = text ? cosineRows(text.vectors, text.dim) : sharedListeners(on.hadBy);
  return {
    nearest: Array.from(history, (i) => ({ item: i, similarity: between(item, i) })).filter((n) => n.similarity > 0).sort((a, b) => b.similarity - a.similarity || a.item - b.item).slice(0, NEAREST),
    nearestBy: text ? 'text' : 'listeners',
  };
}

type Labelled = Extract<Column, { kind: 'categorical' | 'tags' }>;
function* codesOf(column: Labelled, row: number): Generator<number> {
  if (column.kind === 'categorical') {
    if (column.codes[row]! >= 0) yield column.codes[row]!;
  } else for (let n = column.offsets[row]!; n < column.offsets[row + 1]!; n++) yield column.codes[n]!;
}

/** Labels of the item that the history has too: those most over-represented there (against the catalogue) first. */
function sharedLabels(items: EntityTable, history: Int32Array, item: number): ServedWhy['shared'] {
  const found: ServedWhy['shared'] = [];
  for (const column of items.columns) {
    if (column.kind !== 'categorical' && column.kind !== 'tags') continue;
    const own = new Set(codesOf(column, item));
    if (own.size === 0) continue;
    const inHistory = new Map<number, number>();
    for (const i of history) for (const code of new Set(codesOf(column, i))) if (own.has(code)) inHistory.set(code, (inHistory.get(code) ?? 0) + 1);
    if (inHistory.size === 0) continue;
    const inAll = new Map<number, number>();
    for (let i = 0; i < items.ids.length; i++) for (const code of new Set(codesOf(column, i))) if (inHistory.has(code)) inAll.set(code, (inAll.get(code) ?? 0) + 1);
    for (const [code, n] of inHistory) found.push({ column: column.name, level: column.levels[code]!, inHistory: n, catalogueShare: inAll.get(code)! / items.ids.length });
  }
  // n·log(lift): how surprising it is to have n of them, which puts neither a label of everything nor a single match first.
  const surprise = (s: ServedWhy['shared'][number]): number => s.inHistory * Math.log(s.inHistory / history.length / s.catalogueShare);
  return found.sort((a, b) => surprise(b) - surprise(a) || (a.level < b.level ? -1 : 1)).slice(0, LABELS);
}

function textReason({ text, on }: Serving, history: Int32Array, item: number): ServedWhy['text'] {
  if (!text) return null;
  const between = cosineRows(text.vectors, text.dim);
  let best = -1;
  let similarity = 0;
  for (const i of history) {
    const s = between(item, i);
    if (s > similarity) [best, similarity] = [i, s];
  }
  return best < 0 ? null : { column: text.column, item: best, similarity, words: sharedWords(on.data.items, text.column, item, best) };
}
