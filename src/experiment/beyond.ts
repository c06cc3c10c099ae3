/** What a run's test lists are like, beside popularity's lists for the same users. */
import type { TextVectors } from '../core/dataset';
import type { Recommender, TrainData } from '../core/model';
import type { RunRecord } from '../core/run';
import { beyondAccuracy } from '../metrics/beyond/beyond-accuracy';
import { calibrationColumn } from '../metrics/beyond/calibration';
import type { ItemVectors } from '../metrics/beyond/intra-list-diversity';
import type { TopList } from '../metrics/beyond/list-items';
import { LIST_LENGTH } from './measuring';

/**
 * @param users whose lists they are, in the same order
 * @param text used for diversity where there is any: text is the same for every model, a model's own vectors are not
 */
export async function beyondOf(
  users: Int32Array, lists: readonly TopList[], popularLists: readonly TopList[], model: Pick<Recommender, 'vectors'>, train: TrainData, text: TextVectors | null,
): Promise<NonNullable<RunRecord['beyond']>> {
  const vectors = text ? { dim: text.dim, data: text.vectors } : await ownVectors(model, train.I);
  const trainUsers = usersPerItem(train);
  const column = calibrationColumn(train.items.columns, train.I);
  const tastes = column && { labels: column.labels, histories: Array.from(users, (u) => new Set(train.item.subarray(train.userStart[u]!, train.userStart[u + 1]!))).map((own) => [...own]) };
  return {
    k: LIST_LENGTH,
    lists: lists.length,
    vectors: text ? 'text' : vectors ? 'model' : null,
    ...(column ? { calibratedBy: column.name } : {}),
    model: beyondAccuracy(lists, trainUsers, train.U, vectors, tastes),
    popularity: beyondAccuracy(popularLists, trainUsers, train.U, vectors, tastes),
  };
}

async function ownVectors(model: Pick<Recommender, 'vectors'>, I: number): Promise<ItemVectors | null> {
  const items = (await model.vectors?.())?.items;
  return items && items.rows === I && items.cols > 0 ? { dim: items.cols, data: items.data } : null;
}

/** Users with the item in train; one who has it several times counts once. [I] */
function usersPerItem({ U, I, item, userStart }: TrainData): Int32Array {
  const users = new Int32Array(I);
  const last = new Int32Array(I).fill(-1);
  for (let u = 0; u < U; u++) {
    for (let n = userStart[u]!; n < userStart[u + 1]!; n++) {
      const i = item[n]!;
      if (last[i] === u) continue;
      last[i] = u;
      users[i]!++;
    }
  }
  return users;
}
