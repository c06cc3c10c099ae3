/** SLIM (Ning and Karypis 2011): each item as a sparse, non-negative sum of others. score(u, j) = Σ_{i ∈ history(u)} w_ij. */
import { significant } from '../../core/figure';
import type { FitModule, Recommender, TrainData } from '../../core/model';
import { createPhases } from '../../core/phases';
import type { Csr } from '../../math/csr';
import { itemNeighbours, squareFrom } from '../../math/item-neighbours';
import { trainMatrix } from '../../math/train-matrix';
import type { params } from './params';
import { refuseTooMany, slimWeights } from './weights';

type Params = typeof params;

/** @param behind row j: the items i that explain j, with w_ij. [I, I] */
const recommender = (behind: Csr, train: TrainData): Recommender => itemNeighbours(behind, train, (w) => `: +${significant(w)}`);

export const fitModule: FitModule<Params> = {
  async fit({ train, params, report, signal }) {
    refuseTooMany(train.I);
    const phases = createPhases({ report, signal }, 'SLIM');
    return recommender(await slimWeights(trainMatrix(train), params.k, params, phases.begin), train);
  },
  restore: (state, { train }) => recommender(squareFrom(state, train.I, 'SLIM'), train),
};
