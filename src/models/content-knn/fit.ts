/**
 * Content kNN: s_ij = cosine of what items i and j are (standardised numbers or text vectors), i ≠ j.
 * among = history:   score(u, i) = mean of the k largest s_ij over the user's items j
 * among = catalogue: score(u, i) = Σ of s_ij over the user's items j among i's k nearest of all items
 */
import { figure } from '../../core/figure';
import { labelOf } from '../../core/dataset';
import type { FitModule, Recommender, TrainData } from '../../core/model';
import { createPhases, type Step } from '../../core/phases';
import { cosineCache, cosinesOf, largest, type UnitRows } from '../../math/cosine-rows';
import { csrFromTriplets, transpose, type Csr } from '../../math/csr';
import { profileOf, trainMatrix } from '../../math/train-matrix';
import type { params } from './params';
import { rowOfNewItem } from './new-item';
import { itemVectors } from './vectors';

type Params = typeof params;
const REASONS = 3;
const NOTHING = 'Nothing to compare items by: no numeric item column and no text vectors, so every score is 0';
/** Cosines of single numbers. */
const oneNumber = (source: string): string => `Items are compared by one number (${source}), and cosines of single numbers are 1 or −1: nearly all items tie, and a tie counts against the item looked for. Choose a text column.`;

type Choice = { k: number; among: 'history' | 'catalogue' };
/** Fills out[i] for one user's items. */
type Scorer = (history: Int32Array, out: Float32Array) => void;

/** Mean of the k largest cosines to the history, for every item. */
function amongHistory(vectors: UnitRows, k: number): Scorer {
  const rowOf = cosineCache(vectors);
  const I = vectors.rows;
  return (history, out) => {
    const H = history.length;
    if (H === 0) return void out.fill(0);
    // One cosine per (item, own item); a row may be overwritten by the next one, so it is copied. [I, H]
    const cosines = new Float32Array(I * H);
    for (let h = 0; h < H; h++) {
      const row = rowOf(history[h]!);
      for (let i = 0; i < I; i++) cosines[i * H + h] = row[i]!;
    }
    const best = new Float64Array(k);
    for (let i = 0; i < I; i++) {
      let kept = 0;
      for (let h = 0; h < H; h++) {
        if (history[h] === i) continue;
        const s = cosines[i * H + h]!;
        if (kept === k && s <= best[k - 1]!) continue;
        let at = kept < k ? kept++ : k - 1;
        for (; at > 0 && s > best[at - 1]!; at--) best[at] = best[at - 1]!;
        best[at] = s;
      }
      let sum = 0;
      for (let n = 0; n < kept; n++) sum += best[n]!;
      out[i] = kept > 0 ? sum / kept : 0;
    }
  };
}

/** Row i: the k items nearest to i. [I, I] */
async function nearestOfAll(vectors: UnitRows, k: number, step: Step): Promise<Csr> {
  const I = vectors.rows;
  const cosines = new Float64Array(I);
  const [row, col, value]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < I; i++) {
    cosinesOf(vectors, i, cosines);
    for (const j of largest(cosines, k, i)) {
      row.push(i);
      col.push(j);
      value.push(cosines[j]!);
    }
    const wait = step(i + 1);
    if (wait) await wait;
  }
  return csrFromTriplets(I, I, row, col, value);
}

function amongCatalogue(nearest: Csr): Scorer {
  const offers = transpose(nearest); // row j: the items i that count j among their nearest
  return (history, out) => {
    out.fill(0);
    for (const j of history) for (let p = offers.start[j]!; p < offers.start[j + 1]!; p++) out[offers.index[p]!]! += offers.value[p]!;
  };
}

function recommender(vectors: UnitRows & { source: string }, score: Scorer, train: TrainData, { k, among }: Choice): Recommender {
  const { I } = train;
  const x = trainMatrix(train); // [U, I]
  const historyOf = (u: number): Int32Array => x.index.subarray(x.start[u]!, x.start[u + 1]!);
  const cosines = new Float64Array(I);
  return {
    score(users, out) {
      for (let b = 0; b < users.length; b++) score(historyOf(users[b]!), out.subarray(b * I, (b + 1) * I));
    },
    similarItems(item, k) {
      cosinesOf(vectors, item, cosines);
      const items = largest(cosines, Math.min(k, I), item);
      return { items, scores: Float32Array.from(items, (j) => cosines[j]!) };
    },
    foldIn(history) {
      const profile = profileOf(history, I);
      return { score: (out) => score(profile, out) };
    },
    explain(user, item) {
      if (vectors.dim === 0) return [{ text: NOTHING }];
      cosinesOf(vectors, item, cosines);
      const own = historyOf(user).filter((j) => j !== item && cosines[j]! > 0).sort((a, b) => cosines[b]! - cosines[a]! || a - b);
      const total = own.reduce((s, j) => s + cosines[j]!, 0);
      return [...own.subarray(0, REASONS)].map((j) => ({ text: `Sounds or reads like “${labelOf(train.items, j)}”, similarity ${figure(cosines[j]!)}`, weight: cosines[j]! / total }));
    },
    scoreNewItem(item) {
      const row = rowOfNewItem(item, train.items, vectors.source, vectors.dim);
      const toAll = Float64Array.from({ length: I }, (_, j) => {
        let sum = 0;
        for (let d = 0; d < vectors.dim; d++) sum += row[d]! * vectors.data[j * vectors.dim + d]!;
        return sum;
      });
      const near = among === 'catalogue' ? new Set(largest(toAll, k)) : null;
      return {
        score(users, out) {
          users.forEach((u, b) => {
            const own = Float64Array.from(historyOf(u).filter((j) => !near || near.has(j)), (j) => toAll[j]!);
            const counted = near ? own : own.sort().subarray(Math.max(0, own.length - k));
            const total = counted.reduce((s, x) => s + x, 0);
            out[b] = near ? total : counted.length > 0 ? total / counted.length : 0;
          });
        },
        similarItems(most) {
          const items = largest(toAll, Math.min(most, I));
          return { items, scores: Float32Array.from(items, (j) => toAll[j]!) };
        },
      };
    },
    ...(vectors.dim > 1 ? {} : { summary: vectors.dim === 0 ? `${NOTHING}.` : oneNumber(vectors.source) }),
    save: () => ({ version: 1, arrays: { vectors: { shape: [I, vectors.dim], data: vectors.data.slice() } }, meta: { source: vectors.source } }),
  };
}

const noWait: Step = () => undefined;
const scorerOf = async (vectors: UnitRows, { k, among }: Choice, step: Step): Promise<Scorer> =>
  among === 'catalogue' ? amongCatalogue(await nearestOfAll(vectors, k, step)) : amongHistory(vectors, k);

export const fitModule: FitModule<Params> = {
  async fit({ train, text, params, report, signal }) {
    const phases = createPhases({ report, signal }, 'Content kNN');
    const vectors = itemVectors(train.items, text, params.source);
    // Said where people look while it runs: without content all scores are 0, and the list is nobody's choice.
    const step = await phases.begin(vectors.dim > 0 ? `Comparing items by ${vectors.source}` : NOTHING, train.I);
    return recommender(vectors, await scorerOf(vectors, params, step), train, params);
  },
  async restore({ arrays, meta }, { train, params }) {
    const saved = arrays['vectors'];
    if (!saved || saved.shape[0] !== train.I || !(saved.data instanceof Float32Array || saved.data instanceof Float64Array)) {
      throw new Error(`A saved content kNN needs an array "vectors" of ${train.I} rows, made on the same items.`);
    }
    const vectors = { rows: train.I, dim: saved.shape[1]!, data: saved.data.slice(), source: String(meta['source']) };
    return recommender(vectors, await scorerOf(vectors, params, noWait), train, params);
  },
};
