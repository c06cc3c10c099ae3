/**
 * r̂(u, i) = mean_u + mean over j ∈ R_i(u) of dev(i, j) (Lemire and Maclachlan 2005).
 * dev(i, j) is the mean of r_vi − r_vj over users v who rated both; R_i(u) the items of u that share such a user with i.
 * An unknown user or item gets μ; without any shared rater the user's mean.
 */
import type { FitModule, ModelState, Recommender } from '../../core/model';
import { createPhases } from '../../core/phases';
import { heldRows, type HeldRows } from '../../math/held-rows';
import { hasRow, ratingMatrix, rowMeans, type RatingMatrix } from '../../math/rating-matrix';
import { ratingRecommender } from '../../math/rating-recommender';
import type { params } from './params';

/** dev(i, ·), NaN where nobody rated both. */
function deviations(m: RatingMatrix): (i: number, out: Float32Array) => void {
  const sum = new Float64Array(m.I);
  const count = new Int32Array(m.I);
  const { users, items } = m;
  return (i, out) => {
    sum.fill(0);
    count.fill(0);
    for (let e = items.start[i]!; e < items.start[i + 1]!; e++) {
      const v = items.other[e]!;
      const r = items.value[e]!;
      for (let f = users.start[v]!; f < users.start[v + 1]!; f++) {
        const j = users.other[f]!;
        sum[j]! += r - users.value[f]!;
        count[j]!++;
      }
    }
    for (let j = 0; j < m.I; j++) out[j] = count[j] === 0 ? NaN : sum[j]! / count[j]!;
  };
}

function recommender(m: RatingMatrix, rows: HeldRows): Recommender {
  const means = rowMeans(m.users);
  const { start, other } = m.users;
  return ratingRecommender(m, {
    one(u, i) {
      if (!hasRow(m.users, u) || !hasRow(m.items, i)) return m.mean;
      const dev = rows.row(i);
      let sum = 0;
      let n = 0;
      for (let e = start[u]!; e < start[u + 1]!; e++) {
        const d = dev[other[e]!]!;
        if (d !== d) continue; // NaN: nobody rated both
        sum += d;
        n++;
      }
      return means[u]! + (n > 0 ? sum / n : 0);
    },
    // Everything follows from the train ratings, which `restore` is given again.
    save: (): ModelState => ({ version: 1, arrays: {}, meta: { model: 'slope-one' } }),
  });
}

export const fitModule: FitModule<typeof params> = {
  async fit({ train, report, signal }) {
    const m = ratingMatrix(train);
    const rows = heldRows(m.I, deviations(m));
    const step = await createPhases({ report, signal }, 'Slope One').begin('Deviations between items', rows.room);
    for (let i = 0; i < rows.room; i++) {
      rows.row(i);
      await step(i + 1);
    }
    return recommender(m, rows);
  },
  restore(_, { train }) {
    const m = ratingMatrix(train);
    return recommender(m, heldRows(m.I, deviations(m)));
  },
};
