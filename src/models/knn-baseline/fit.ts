/** r̂(u, i) = b_ui + Σ_N s (r − b_vi) ÷ Σ_N s with b_ui = μ + b_u + b_i (Koren 2010). The arithmetic is shared: src/math/neighbour-ratings.ts. */
import { neighbourModule } from '../../math/neighbour-ratings';

export const fitModule = neighbourModule('baseline', 'KNNBaseline');
