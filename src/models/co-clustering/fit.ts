/**
 * r̂(u, i) = C(g, h) + (mean_u − A(g)) + (mean_i − B(h)) (George and Merugu 2005), g the cluster of u, h that of i:
 * C, A, B are mean ratings of block, user cluster and item cluster; an empty one counts as μ.
 * Each round all users, then all items move to the cluster that explains their ratings best (ties to the first), with that round's means.
 * Unknown user: mean_i. Unknown item: mean_u. Both: μ. Start: clusters at random.
 */
import type { FitModule } from '../../core/model';
import { createPhases } from '../../core/phases';
import { hasRow, ratingMatrix, rowMeans, type RatingMatrix } from '../../math/rating-matrix';
import { arrayOf, ratingRecommender, savedArray } from '../../math/rating-recommender';
import type { params } from './params';

interface Clusters {
  user: Float64Array; // [U], whole numbers
  item: Float64Array; // [I]
  G: number;
  H: number;
}

function averages(m: RatingMatrix, { user, item, G, H }: Clusters) {
  const mean = (size: number) => ({ sum: new Float64Array(size), n: new Float64Array(size) });
  const [c, a, b] = [mean(G * H), mean(G), mean(H)];
  for (let u = 0; u < m.U; u++) {
    for (let e = m.users.start[u]!; e < m.users.start[u + 1]!; e++) {
      const [g, h, r] = [user[u]!, item[m.users.other[e]!]!, m.users.value[e]!];
      for (const [where, at] of [[c, g * H + h], [a, g], [b, h]] as const) {
        where.sum[at]! += r;
        where.n[at]!++;
      }
    }
  }
  const finish = ({ sum, n }: typeof c): Float64Array => sum.map((s, k) => (n[k]! > 0 ? s / n[k]! : m.mean));
  return { C: finish(c), A: finish(a), B: finish(b) };
}

function recommender(m: RatingMatrix, clusters: Clusters) {
  const { user, item, H } = clusters;
  const { C, A, B } = averages(m, clusters);
  const [userMean, itemMean] = [rowMeans(m.users), rowMeans(m.items)];
  return ratingRecommender(m, {
    one(u, i) {
      if (!hasRow(m.users, u)) return hasRow(m.items, i) ? itemMean[i]! : m.mean;
      if (!hasRow(m.items, i)) return userMean[u]!;
      const [g, h] = [user[u]!, item[i]!];
      return C[g * H + h]! + userMean[u]! - A[g]! + itemMean[i]! - B[h]!;
    },
    save: () => ({ version: 1, arrays: { user: arrayOf(user, m.U), item: arrayOf(item, m.I) }, meta: {} }),
  });
}

export const fitModule: FitModule<typeof params> = {
  async fit({ train, params, random, report, signal }) {
    const m = ratingMatrix(train);
    const { userClusters: G, itemClusters: H, epochs } = params;
    const draw = random.stream('clusters');
    const clusters: Clusters = { user: Float64Array.from({ length: m.U }, () => draw.int(G)), item: Float64Array.from({ length: m.I }, () => draw.int(H)), G, H };
    const { user, item } = clusters;
    const [userMean, itemMean] = [rowMeans(m.users), rowMeans(m.items)];
    const step = await createPhases({ report, signal }, 'Co-clustering').begin('Moving users and items between clusters', epochs);
    for (let epoch = 0; epoch < epochs; epoch++) {
      const { C, A, B } = averages(m, clusters);
      const explained = (u: number, i: number, g: number, h: number): number => C[g * H + h]! + userMean[u]! - A[g]! + itemMean[i]! - B[h]!;
      move(m.users, user, G, (u, i, g) => explained(u, i, g, item[i]!));
      move(m.items, item, H, (i, u, h) => explained(u, i, user[u]!, h));
      await step(epoch + 1);
    }
    return recommender(m, clusters);
  },
  restore(state, { train, params }) {
    const m = ratingMatrix(train);
    return recommender(m, { user: savedArray(state, 'user', m.U), item: savedArray(state, 'item', m.I), G: params.userClusters, H: params.itemClusters });
  },
};

/** Puts every row into the cluster of least squared error. */
function move(rows: RatingMatrix['users'], cluster: Float64Array, clusters: number, estimate: (x: number, y: number, cluster: number) => number): void {
  for (let x = 0; x < cluster.length; x++) {
    if (!hasRow(rows, x)) continue;
    let least = Infinity;
    for (let g = 0; g < clusters; g++) {
      let squares = 0;
      for (let e = rows.start[x]!; e < rows.start[x + 1]!; e++) squares += (rows.value[e]! - estimate(x, rows.other[e]!, g)) ** 2;
      if (squares < least) {
        least = squares;
        cluster[x] = g;
      }
    }
  }
}
