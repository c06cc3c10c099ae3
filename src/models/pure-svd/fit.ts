/** PureSVD (Cremonesi, Koren and Turrin 2010): X ≈ U Σ Vᵀ with unknown entries as 0. score(u, ·) = x_u V Vᵀ. */
import { significant } from '../../core/figure';
import { labelOf } from '../../core/dataset';
import type { FitModule, Matrix, Recommender, TrainData } from '../../core/model';
import { createPhases } from '../../core/phases';
import { scoreRows } from '../../math/factor-scores';
import { profileOf, trainMatrix } from '../../math/train-matrix';
import { truncatedSvd } from '../../math/truncated-svd';
import type { params } from './params';

type Params = typeof params;
const REASONS = 5;

/** @param right V [I, D], row i belongs to item i, float64 */
function recommender(right: Float64Array, D: number, train: TrainData): Recommender {
  const { U, I } = train;
  const x = trainMatrix(train); // [U, I]
  const position = new Float64Array(D);
  /** position ← Σ of the rows of V of these items: x_u V */
  const place = (items: Int32Array, from: number, to: number): void => {
    position.fill(0);
    for (let n = from; n < to; n++) for (let d = 0, v = items[n]! * D; d < D; d++) position[d]! += right[v + d]!;
  };
  const along = (i: number): number => {
    let s = 0;
    for (let d = 0, v = i * D; d < D; d++) s += position[d]! * right[v + d]!;
    return s;
  };
  const between = (i: number, j: number): number => {
    let s = 0;
    for (let d = 0; d < D; d++) s += right[i * D + d]! * right[j * D + d]!;
    return s;
  };
  return {
    score(users, out) {
      const positions = new Float64Array(users.length * D); // [B, D]
      for (let b = 0; b < users.length; b++) {
        place(x.index, x.start[users[b]!]!, x.start[users[b]! + 1]!);
        positions.set(position, b * D);
      }
      scoreRows(positions, Array.from(users, (_, b) => b), right, D, out);
    },
    similarItems(item, k) {
      const length = Float64Array.from({ length: I }, (_, i) => Math.sqrt(between(i, i)));
      // A vector of length 0 belongs to an item without train interactions: similar to nothing.
      const cosine = Float64Array.from({ length: I }, (_, i) => (length[i]! * length[item]! > 0 ? between(i, item) / (length[i]! * length[item]!) : 0));
      const order = Array.from(cosine.keys()).filter((i) => i !== item).sort((a, b) => cosine[b]! - cosine[a]! || a - b).slice(0, k);
      return { items: Int32Array.from(order), scores: Float32Array.from(order, (i) => cosine[i]!) };
    },
    foldIn(history) {
      const profile = profileOf(history, I);
      return {
        score(out) {
          place(profile, 0, profile.length);
          for (let i = 0; i < I; i++) out[i] = along(i);
        },
        vector() {
          place(profile, 0, profile.length);
          return Float32Array.from(position);
        },
      };
    },
    vectors() {
      const users: Matrix = { rows: U, cols: D, data: new Float32Array(U * D) };
      for (let u = 0; u < U; u++) {
        place(x.index, x.start[u]!, x.start[u + 1]!);
        users.data.set(position, u * D);
      }
      return { users, items: { rows: I, cols: D, data: Float32Array.from(right) } };
    },
    explain(user, item) {
      const parts = Array.from(x.index.subarray(x.start[user]!, x.start[user + 1]!), (j) => ({ j, w: between(j, item) }));
      const total = parts.reduce((s, p) => s + p.w, 0);
      return parts
        .sort((a, b) => b.w - a.w || a.j - b.j)
        .slice(0, REASONS)
        .filter((p) => p.w > 0)
        .map(({ j, w }) => ({ text: `Has “${labelOf(train.items, j)}”, which points the same way: +${significant(w)}`, ...(total > 0 ? { weight: w / total } : {}) }));
    },
    save: () => ({ version: 1, arrays: { right: { shape: [I, D], data: right.slice() } }, meta: {} }),
  };
}

export const fitModule: FitModule<Params> = {
  async fit({ train, params, report, signal, random }) {
    const { I } = train;
    const D = Math.min(params.factors, train.U, I);
    const phases = createPhases({ report, signal }, 'PureSVD');
    // The space grows until every pair has converged: how far is known only when it has, so the total is a usual one.
    const usual = Math.min(train.U, I, 5 * D + 40);
    const step = await phases.begin(`Finding ${D} directions`, usual);
    const { right } = await truncatedSvd(trainMatrix(train), D, random, (done) => step(Math.min(done, usual)));
    const byItem = new Float64Array(I * D);
    for (let d = 0; d < D; d++) for (let i = 0; i < I; i++) byItem[i * D + d] = right[d * I + i]!;
    return recommender(byItem, D, train);
  },
  restore(state, { train }) {
    const right = state.arrays['right'];
    if (!(right?.data instanceof Float64Array) || right.shape[0] !== train.I) throw new Error(`A saved PureSVD needs right of float64 [${train.I}, factors], made on the same items.`);
    return recommender(right.data.slice(), right.shape[1]!, train);
  },
};
