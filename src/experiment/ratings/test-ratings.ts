/** Which ratings a run's folds test, and what is known of them: for reading its residuals by groups. */
import type { TestRatings } from '../../analysis/rating-groups';
import type { DataSet } from '../../core/dataset';
import type { FoldSpec } from '../../core/rating-run';
import type { ColdRule } from '../../core/split';
import { foldData } from './fold-data';
import { foldsOf } from './folds';

/** @throws Problem when the data bring no such folds */
export function testRatings(data: DataSet, spec: FoldSpec, rule: ColdRule): TestRatings {
  const folds = foldsOf(data, spec);
  const n = folds.of.reduce((many, f) => many + Number(f >= 0), 0);
  const out: TestRatings = {
    hash: folds.hash, fold: new Uint8Array(n), truth: new Float32Array(n), user: new Int32Array(n), item: new Int32Array(n),
    userDegree: new Int32Array(n), itemDegree: new Int32Array(n), cold: new Uint8Array(n),
  };
  let at = 0;
  for (let fold = 0; fold < folds.count; fold++) {
    const { train, user, item, truth, cold } = foldData(data, folds, fold, rule);
    out.truth.set(truth, at);
    out.user.set(user, at);
    out.item.set(item, at);
    out.fold.fill(fold, at, at + user.length);
    user.forEach((u, k) => (out.userDegree[at + k] = train.userStart[u + 1]! - train.userStart[u]!));
    item.forEach((i, k) => {
      out.itemDegree[at + k] = train.itemDegree[i]!;
      out.cold[at + k] = cold[i]!;
    });
    at += user.length;
  }
  return out;
}
