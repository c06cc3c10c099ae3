/** Train data and test ratings of one fold. */
import type { DataSet } from '../../core/dataset';
import type { TrainData } from '../../core/model';
import type { ColdRule } from '../../core/split';
import { warmCold } from '../../data/split/warm-cold';
import { LEFT_OUT, type Folds } from './folds';

export interface FoldData {
  train: TrainData;
  /** Test ratings in order of data row. [T] */
  user: Int32Array;
  item: Int32Array;
  truth: Float64Array;
  /** 1 = cold by train degree. [I] */
  cold: Uint8Array;
}

export function foldData(data: DataSet, { of }: Folds, fold: number, rule: ColdRule): FoldData {
  const x = data.interactions;
  const rows = Int32Array.from(of.keys());
  const trainRows = rows.filter((n) => of[n] !== fold && of[n] !== LEFT_OUT);
  const testRows = rows.filter((n) => of[n] === fold);
  const U = data.users.ids.length;
  const I = data.items.ids.length;
  const userStart = new Int32Array(U + 1);
  const itemDegree = new Int32Array(I);
  for (const n of trainRows) {
    userStart[x.user[n]! + 1]!++;
    itemDegree[x.item[n]!]!++;
  }
  for (let u = 0; u < U; u++) userStart[u + 1]! += userStart[u]!;
  return {
    train: {
      U, I, userStart, itemDegree,
      user: trainRows.map((n) => x.user[n]!),
      item: trainRows.map((n) => x.item[n]!),
      time: x.time && Float64Array.from(trainRows, (n) => x.time![n]!),
      value: x.value && Float32Array.from(trainRows, (n) => x.value![n]!),
      users: data.users, items: data.items, validationItem: new Int32Array(U).fill(-1),
    },
    user: testRows.map((n) => x.user[n]!),
    item: testRows.map((n) => x.item[n]!),
    truth: Float64Array.from(testRows, (n) => x.value?.[n] ?? NaN),
    cold: warmCold(itemDegree, rule).cold,
  };
}
