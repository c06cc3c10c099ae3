/** Every model there is, one line each. Pickers, forms, URLs, the command line and the conformance suite derive from this list. */
import type { AnyModelCard } from '../core/model';
import { autorec } from './autorec';
import { buhs } from './buhs';
import { contentKnn } from './content-knn';
import { ease } from './ease';
import { itemKnn } from './item-knn';
import { als } from './als';
import { hybrid } from './hybrid';
import { ials } from './ials';
import { lightfm } from './lightfm';
import { multVae } from './mult-vae';
import { neumf } from './neumf';
import { popularity } from './popularity';
import { pureSvd } from './pure-svd';
import { random } from './random';
import { randomForest } from './random-forest';
import { sasrec } from './sasrec';
import { slim } from './slim';
import { twoTower } from './two-tower';
import { twoTowerRetrieval } from './two-tower-retrieval';
import { userKnn } from './user-knn';
import { baseline } from './baseline';
import { coClustering } from './co-clustering';
import { knnBaseline } from './knn-baseline';
import { knnBasic } from './knn-basic';
import { knnMeans } from './knn-means';
import { nmf } from './nmf';
import { normalPredictor } from './normal-predictor';
import { slopeOne } from './slope-one';
import { svd } from './svd';
import { svdPp } from './svd-pp';

export const catalogue: readonly AnyModelCard[] = [
  random,
  popularity,
  twoTower,
  twoTowerRetrieval,
  buhs,
  sasrec,
  multVae,
  autorec,
  neumf,
  als,
  ials,
  lightfm,
  itemKnn,
  userKnn,
  ease,
  pureSvd,
  slim,
  contentKnn,
  randomForest,
  hybrid,
  svd,
  svdPp,
  baseline,
  knnBaseline,
  knnMeans,
  knnBasic,
  slopeOne,
  nmf,
  coClustering,
  normalPredictor,
];

/** By what they give: lists of items, or ratings. The two are never compared. */
export const rankers: readonly AnyModelCard[] = catalogue.filter((c) => c.task === 'rank');
export const raters: readonly AnyModelCard[] = catalogue.filter((c) => c.task === 'predict');

/** @throws Error naming the models there are. */
export function cardOf(id: string): AnyModelCard {
  const card = catalogue.find((c) => c.id === id);
  if (!card) throw new Error(`There is no model "${id}". There are: ${catalogue.map((c) => c.id).join(', ')}.`);
  return card;
}
