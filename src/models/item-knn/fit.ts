/**
 * ItemKNN: s_ij = r_i·r_j / (‖r_i‖‖r_j‖ + h + 1e-6) over the columns of X, weighted for the similarity only.
 * Item i keeps its k most similar j; score(u, i) = Σ of s_ij over the user's items j that i kept. The profile is 0/1.
 */
import type { FitModule, ModelState, Recommender, TrainData } from '../../core/model';
import { createPhases } from '../../core/phases';
import { labelOf } from '../../core/dataset';
import { addRows, transpose, type Csr } from '../../math/csr';
import { nearestRows } from '../../math/nearest-rows';
import { weigh } from '../../math/term-weighting';
import { profileOf, trainMatrix } from '../../math/train-matrix';
import type { params } from './params';

type Params = typeof params;
const REASONS = 5;

/** @param kept row i: the items j that item i kept, with s_ij. [I, I] */
function recommender(kept: Csr, train: TrainData): Recommender {
  const { I } = train;
  const x = trainMatrix(train); // [U, I]
  const offers = transpose(kept); // row j: the items i that kept j
  const sum = new Float64Array(I);
  const rowOf = (i: number): [Int32Array, Float64Array] => {
    const [from, to] = [kept.start[i]!, kept.start[i + 1]!];
    return [kept.index.subarray(from, to), kept.value.subarray(from, to)];
  };
  return {
    score(users, out) {
      for (let b = 0; b < users.length; b++) {
        const u = users[b]!;
        sum.fill(0);
        addRows(offers, x.index, null, sum, x.start[u]!, x.start[u + 1]!);
        out.set(sum, b * I);
      }
    },
    similarItems(item, k) {
      const [items, values] = rowOf(item);
      const order = Array.from(items.keys()).sort((a, b) => values[b]! - values[a]! || items[a]! - items[b]!).slice(0, k);
      return { items: Int32Array.from(order, (n) => items[n]!), scores: Float32Array.from(order, (n) => values[n]!) };
    },
    foldIn(history) {
      const profile = profileOf(history, I);
      return {
        score(out) {
          sum.fill(0);
          addRows(offers, profile, null, sum);
          out.set(sum);
        },
      };
    },
    explain(user, item) {
      const own = new Set(x.index.subarray(x.start[user]!, x.start[user + 1]!));
      const [items, values] = rowOf(item);
      const found = Array.from(items.keys()).filter((n) => own.has(items[n]!));
      const total = found.reduce((s, n) => s + values[n]!, 0);
      return found
        .sort((a, b) => values[b]! - values[a]! || items[a]! - items[b]!)
        .slice(0, REASONS)
        .map((n) => ({ text: `Has “${labelOf(train.items, items[n]!)}”, similarity ${values[n]!.toFixed(3)}`, ...(total > 0 ? { weight: values[n]! / total } : {}) }));
    },
    save: () => ({
      version: 1,
      arrays: {
        start: { shape: [I + 1], data: kept.start.slice() },
        index: { shape: [kept.index.length], data: kept.index.slice() },
        value: { shape: [kept.value.length], data: kept.value.slice() },
      },
      meta: {},
    }),
  };
}

function keptFrom({ arrays }: ModelState, I: number): Csr {
  const [start, index, value] = [arrays['start']?.data, arrays['index']?.data, arrays['value']?.data];
  if (!(start instanceof Int32Array && index instanceof Int32Array && value instanceof Float64Array) || start.length !== I + 1) {
    throw new Error(`A saved ItemKNN needs start [${I + 1}] and index as int32 and value as float64, made on the same items.`);
  }
  return { rows: I, cols: I, start: start.slice(), index: index.slice(), value: value.slice() };
}

export const fitModule: FitModule<Params> = {
  async fit({ train, params, report, signal }) {
    const phases = createPhases({ report, signal }, 'ItemKNN');
    const step = await phases.begin('Comparing items', train.I);
    const items = transpose(trainMatrix(train, params.values)); // [I, U]
    const { matrix } = weigh(items, params.weighting, 'rows');
    return recommender(await nearestRows(matrix, params, step), train);
  },
  restore: (state, { train }) => recommender(keptFrom(state, train.I), train),
};
