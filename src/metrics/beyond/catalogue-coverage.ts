import { timesRecommended, type TopList } from './list-items';

/**
 * Coverage@K = items that stand in anyone's first K ÷ I, all items of the data set, cold and new ones too.
 * Awkward cases: no lists → 0; no items → no value (NaN). It can never pass lists·K ÷ I, so a small group of users cannot cover a large catalogue.
 * Worked: lists {0, 1}, {0, 2} among 8 items show 3 of them: 3/8 = .375.
 */
export function catalogueCoverage(lists: readonly TopList[], I: number): number {
  let shown = 0;
  for (const times of timesRecommended(lists, I)) if (times > 0) shown++;
  return I > 0 ? shown / I : NaN;
}
