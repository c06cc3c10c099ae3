/** r̂(u, i) = mean_u + Σ_N s (r − mean_v) ÷ Σ_N s over the k most alike raters v of i. The arithmetic is shared: src/math/neighbour-ratings.ts. */
import { neighbourModule } from '../../math/neighbour-ratings';

export const fitModule = neighbourModule('means', 'KNNWithMeans');
