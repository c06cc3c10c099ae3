/** r̂(u, i) = Σ_N s·r ÷ Σ_N s over the k most alike raters of i. The arithmetic is shared: src/math/neighbour-ratings.ts. */
import { neighbourModule } from '../../math/neighbour-ratings';

export const fitModule = neighbourModule('basic', 'KNNBasic');
