/** What a model may learn from: the train rows of a split, indexed by user. */
import type { DataSet } from '../../core/dataset';
import type { TrainData } from '../../core/model';
import type { Split } from '../../core/split';

/** @param split of this very data set: its rows are row numbers of `data.interactions` */
export function trainData(data: DataSet, split: Split): TrainData {
  const x = data.interactions;
  const rows = split.trainRows;
  const U = data.users.ids.length;
  const I = data.items.ids.length;
  const user = Int32Array.from(rows, (row) => x.user[row]!);
  const userStart = new Int32Array(U + 1);
  for (const u of user) userStart[u + 1]!++;
  for (let u = 0; u < U; u++) userStart[u + 1]! += userStart[u]!;
  // A temporal split may hold out several items per user; the last listed stands for them here.
  const validationItem = new Int32Array(U).fill(-1);
  split.validation.user.forEach((u, k) => {
    validationItem[u] = split.validation.item[k]!;
  });
  return {
    U,
    I,
    user,
    item: Int32Array.from(rows, (row) => x.item[row]!),
    time: x.time && Float64Array.from(rows, (row) => x.time![row]!),
    value: x.value && Float32Array.from(rows, (row) => x.value![row]!),
    userStart,
    itemDegree: split.itemDegree,
    users: data.users,
    items: data.items,
    validationItem,
  };
}
