/** r̂(u, i) = μ + b_u + b_i (Koren 2010), with the parts that are known. How b is found: src/math/rating-baselines.ts. */
import type { FitModule } from '../../core/model';
import { createPhases } from '../../core/phases';
import { alternatingBaselines, baselineOf, descentBaselines, type Baselines } from '../../math/rating-baselines';
import { ratingMatrix, type RatingMatrix } from '../../math/rating-matrix';
import { arrayOf, ratingRecommender, savedArray } from '../../math/rating-recommender';
import type { params } from './params';

const recommender = (m: RatingMatrix, b: Baselines) =>
  ratingRecommender(m, {
    one: (u, i) => baselineOf(m, b, u, i),
    save: () => ({ version: 1, arrays: { bu: arrayOf(b.bu, m.U), bi: arrayOf(b.bi, m.I) }, meta: {} }),
  });

export const fitModule: FitModule<typeof params> = {
  async fit({ train, params, report, signal }) {
    const m = ratingMatrix(train);
    const { epochs, regItems, regUsers, learningRate, regularisation: reg } = params;
    const step = await createPhases({ report, signal }, 'The baseline').begin('Biases', epochs);
    const b = params.method === 'als' ? await alternatingBaselines(m, { epochs, regUsers, regItems }, step) : await descentBaselines(m, { epochs, learningRate, reg }, step);
    return recommender(m, b);
  },
  restore(state, { train }) {
    const m = ratingMatrix(train);
    return recommender(m, { bu: savedArray(state, 'bu', m.U), bi: savedArray(state, 'bi', m.I) });
  },
};
