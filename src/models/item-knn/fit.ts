/**
 * ItemKNN: s_ij = r_i·r_j / (‖r_i‖‖r_j‖ + h + 1e-6) over the columns of X, weighted for the similarity only.
 * Item i keeps its k most similar j; score(u, i) = Σ of s_ij over the user's items j that i kept. The profile is 0/1,
 * or (profile "weighted") carries the same weights as the similarity.
 */
import { figure } from '../../core/figure';
import type { FitModule, Recommender, TrainData } from '../../core/model';
import type { ParamsOf } from '../../core/params';
import { createPhases } from '../../core/phases';
import { transpose, type Csr } from '../../math/csr';
import { itemNeighbours, squareFrom, type ProfileWeights } from '../../math/item-neighbours';
import { nearestRows } from '../../math/nearest-rows';
import { weigh, type WeightedMatrix } from '../../math/term-weighting';
import { trainMatrix } from '../../math/train-matrix';
import type { params } from './params';

type Params = typeof params;

/** Users as rows, so that a profile is a row; items are the documents. [U, I] */
const weighted = (train: TrainData, p: ParamsOf<Params>): WeightedMatrix => weigh(trainMatrix(train, p.values), p.weighting, 'columns');

/** Somebody new has each item once. */
const weightsOf = ({ matrix, weighRow }: WeightedMatrix): ProfileWeights => ({
  entries: matrix.value,
  ofHistory: (items) => weighRow(items, new Float64Array(items.length).fill(1)),
});

function recommender(kept: Csr, train: TrainData, x: WeightedMatrix | null): Recommender {
  return itemNeighbours(kept, train, (s) => `, similarity ${figure(s)}`, x && weightsOf(x));
}

export const fitModule: FitModule<Params> = {
  async fit({ train, params, report, signal }) {
    const phases = createPhases({ report, signal }, 'ItemKNN');
    const step = await phases.begin('Comparing items', train.I);
    const x = weighted(train, params);
    return recommender(await nearestRows(transpose(x.matrix), params, step), train, params.profile === 'weighted' ? x : null);
  },
  restore: (state, { train, params }) => recommender(squareFrom(state, train.I, 'ItemKNN'), train, params.profile === 'weighted' ? weighted(train, params) : null),
};
