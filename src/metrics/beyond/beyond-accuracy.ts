/** All measures beyond accuracy of one set of lists. */
import type { BeyondAccuracy } from '../../core/run';
import { averagePopularity } from './average-popularity';
import { calibration, type ItemLabels } from './calibration';
import { catalogueCoverage } from './catalogue-coverage';
import { gini } from './gini';
import { intraListDiversity, type ItemVectors } from './intra-list-diversity';
import { timesRecommended, type TopList } from './list-items';
import { novelty } from './novelty';

/** What calibration needs: labels of items, and the train items of each list's user. */
export interface Tastes {
  labels: ItemLabels;
  histories: readonly ArrayLike<number>[];
}

/** @param trainUsers users who have the item in train [I] */
export function beyondAccuracy(lists: readonly TopList[], trainUsers: ArrayLike<number>, U: number, vectors: ItemVectors | null, tastes: Tastes | null = null): BeyondAccuracy {
  const I = trainUsers.length;
  return {
    coverage: value(catalogueCoverage(lists, I)),
    gini: value(gini(timesRecommended(lists, I))),
    novelty: value(novelty(lists, trainUsers, U)),
    averagePopularity: value(averagePopularity(lists, trainUsers)),
    diversity: vectors && value(intraListDiversity(lists, vectors)),
    ...(tastes ? { calibration: value(calibration(lists, tastes.histories, tastes.labels)) } : {}),
  };
}

/** A document has no NaN. */
const value = (x: number): number | null => (Number.isFinite(x) ? x : null);
