/** What item-based linear models have in common: item i keeps some items j with a weight each, and a user's score for i is the sum over those they have. */
import { labelOf } from '../core/dataset';
import type { ModelState, Recommender, TrainData } from '../core/model';
import { addRows, transpose, type Csr } from './csr';
import { profileOf, trainMatrix } from './train-matrix';

const REASONS = 5;

/** How much each item of a profile counts; without it every item counts 1. */
export interface ProfileWeights {
  /** By entry of the train matrix, row by row. */
  entries: Float64Array;
  /** Of distinct items of somebody new, ascending. */
  ofHistory(items: Int32Array): Float64Array;
}

/**
 * @param kept row i: the items j that i keeps, with their weights. [I, I]
 * @param reason what the weight w of a kept item says, after 'Has “title”'
 */
export function itemNeighbours(kept: Csr, train: TrainData, reason: (w: number) => string, profile: ProfileWeights | null = null): Recommender {
  const { I } = train;
  const x = trainMatrix(train); // [U, I]
  const offers = transpose(kept); // row j: the items i that kept j
  const sum = new Float64Array(I);
  const best = (i: number): number[] =>
    Array.from({ length: kept.start[i + 1]! - kept.start[i]! }, (_, n) => kept.start[i]! + n).sort((a, b) => kept.value[b]! - kept.value[a]! || kept.index[a]! - kept.index[b]!);
  return {
    score(users, out) {
      for (let b = 0; b < users.length; b++) {
        sum.fill(0);
        addRows(offers, x.index, profile?.entries ?? null, sum, x.start[users[b]!]!, x.start[users[b]! + 1]!);
        out.set(sum, b * I);
      }
    },
    similarItems(item, k) {
      const order = best(item).slice(0, k);
      return { items: Int32Array.from(order, (e) => kept.index[e]!), scores: Float32Array.from(order, (e) => kept.value[e]!) };
    },
    foldIn(history) {
      const items = profileOf(history, I);
      const weights = profile?.ofHistory(items) ?? null;
      return {
        score(out) {
          sum.fill(0);
          addRows(offers, items, weights, sum);
          out.set(sum);
        },
      };
    },
    explain(user, item) {
      const own = new Map<number, number>();
      for (let e = x.start[user]!; e < x.start[user + 1]!; e++) own.set(x.index[e]!, profile ? profile.entries[e]! : 1);
      const found = best(item).flatMap((e) => {
        const counts = own.get(kept.index[e]!);
        return counts === undefined ? [] : [{ e, part: counts * kept.value[e]! }];
      }).sort((a, b) => b.part - a.part);
      const total = found.reduce((s, { part }) => s + part, 0);
      return found.slice(0, REASONS).map(({ e, part }) => ({ text: `Has “${labelOf(train.items, kept.index[e]!)}”${reason(kept.value[e]!)}`, ...(total > 0 ? { weight: part / total } : {}) }));
    },
    save: () => squareState(kept),
  };
}

/** A sparse square matrix as a model's state. */
export const squareState = (m: Csr): ModelState => ({
  version: 1,
  arrays: {
    start: { shape: [m.start.length], data: m.start.slice() },
    index: { shape: [m.index.length], data: m.index.slice() },
    value: { shape: [m.value.length], data: m.value.slice() },
  },
  meta: {},
});

/** @throws Error when the state is not a matrix of n rows */
export function squareFrom({ arrays }: ModelState, n: number, model: string, of: 'items' | 'users' = 'items'): Csr {
  const [start, index, value] = [arrays['start']?.data, arrays['index']?.data, arrays['value']?.data];
  if (!(start instanceof Int32Array && index instanceof Int32Array && value instanceof Float64Array) || start.length !== n + 1) {
    throw new Error(`A saved ${model} needs start [${n + 1}] and index as int32 and value as float64, made on the same ${of}.`);
  }
  return { rows: n, cols: n, start: start.slice(), index: index.slice(), value: value.slice() };
}
