/** The representations of all users and items, as they stand, as a recommender. */
import { labelOf } from '../../core/dataset';
import type { ItemIndex, UserIndex } from '../../core/ids';
import type { Matrix, ModelState, Reason, Recommender, TrainData } from '../../core/model';
import type { Csr } from '../../math/csr';
import { nearestRows, scoreRows } from '../../math/factor-scores';
import type { FeatureRows } from './features';
import type { Model } from './steps';
import { represent, type SideWeights } from './weights';

/** Reasons an explanation names. */
const NAMED = 5;

/** Scores leave the user's bias out: it is the same for all items. */
export function createRecommender(model: Model, features: { users: FeatureRows; items: FeatureRows }, train: TrainData, save: () => ModelState): Recommender {
  const { d } = model;
  const users = all(model.userRows, model.users, d);
  const items = all(model.itemRows, model.items, d);
  return {
    score: (rows, out) => scoreRows(users.vectors, rows, items.vectors, d, out, items.bias),
    similarItems: (item: ItemIndex, k: number) => nearestRows(items.vectors, d, item, k),
    /** One column more than factors: 1 for users, the bias for items, so that the dot product is the score. */
    vectors: () => ({ users: widened(users.vectors, new Float64Array(train.U).fill(1), d), items: widened(items.vectors, items.bias, d) }),
    /** The score is a sum: the item's bias, and for each of its features weight · p·embedding. */
    explain(user: UserIndex, item: ItemIndex): Reason[] {
      const p = users.vectors.subarray(user * d, (user + 1) * d);
      const { start, index, value } = features.items.matrix;
      const parts: { text(plus: boolean): string; part: number }[] = [{ text: (plus) => (plus ? 'Liked more than most, by everyone' : 'Liked less than most, by everyone'), part: items.bias[item]! }];
      const named = new Map<string, number>(); // the features of a text are one reason
      for (let k = start[item]!; k < start[item + 1]!; k++) {
        const f = index[k]!;
        let part = 0;
        for (let a = 0; a < d; a++) part += p[a]! * model.items.embedding[f * d + a]!;
        const name = features.items.nameOf(f) ?? labelOf(train.items, item);
        named.set(name, (named.get(name) ?? 0) + part * value[k]!);
      }
      for (const [name, part] of named) parts.push({ text: (plus) => `${plus ? 'Suits' : 'Does not suit'} this user: ${name}`, part });
      const total = parts.reduce((sum, x) => sum + Math.abs(x.part), 0);
      return parts
        .sort((a, b) => Math.abs(b.part) - Math.abs(a.part))
        .slice(0, NAMED)
        .map(({ text, part }) => ({ text: text(part >= 0), ...(total > 0 ? { weight: part / total } : {}) }));
    },
    save,
  };
}

function all(rows: Csr, side: SideWeights, d: number): { vectors: Float64Array; bias: Float64Array } {
  const vectors = new Float64Array(rows.rows * d);
  const bias = new Float64Array(rows.rows);
  for (let e = 0; e < rows.rows; e++) bias[e] = represent(rows, e, side, d, vectors, e * d);
  return { vectors, bias };
}

function widened(vectors: Float64Array, last: Float64Array, d: number): Matrix {
  const rows = last.length;
  const data = new Float32Array(rows * (d + 1));
  for (let r = 0; r < rows; r++) {
    for (let a = 0; a < d; a++) data[r * (d + 1) + a] = vectors[r * d + a]!;
    data[r * (d + 1) + d] = last[r]!;
  }
  return { rows, cols: d + 1, data };
}
