/**
 * What the forest knows about a user and an item: counts and likenesses over the plays of one world, and nothing else.
 * While it learns, that world is train without the plays asked about (examples.ts); when it scores, it is all of train.
 */
import type { CategoricalColumn, EntityTable, NumericColumn, TextVectors } from '../../core/dataset';
import type { TrainData } from '../../core/model';
import { transpose, type Csr } from '../../math/csr';
import { standardise, toUnitRows } from '../../math/standardise';
import { trainMatrix } from '../../math/train-matrix';

/** A user in the data, or a history alone (user = −1). */
export interface Person {
  user: number;
  /** Distinct items, ascending. */
  history: Int32Array;
}
export interface RankingFeatures {
  /** In plain words, one per column. */
  names: string[];
  /** X, as 0/1. [U, I] */
  matrix: Csr;
  person(user: number): Person;
  /** Prepares one person; the function returned fills out[n, F] for the items listed. Use it before the next call of `of`. */
  of(person: Person): (items: Int32Array, out: Float32Array) => void;
}

const SMALL_GROUP = 2;
const MOST_GROUPS = 300;
/** Columns of one table at most: more would only slow the trees. */
const MOST_COLUMNS = 16;

const numeric = (table: EntityTable): NumericColumn[] => table.columns.filter((c): c is NumericColumn => c.kind === 'numeric').slice(0, MOST_COLUMNS);

/** Empty cells get the column's mean: neither side of a split is where they belong. */
function filled(column: NumericColumn): Float32Array {
  const { mean } = standardise([column.values], column.values.length);
  return Float32Array.from(column.values, (v) => (Number.isFinite(v) ? v : mean[0]!));
}

function groupsOf(users: EntityTable): CategoricalColumn | null {
  const usable = users.columns.filter((c): c is CategoricalColumn => c.kind === 'categorical' && c.levels.length <= MOST_GROUPS && c.levels.length * SMALL_GROUP <= users.ids.length);
  return usable.find((c) => c.name.toLowerCase() === 'country') ?? usable[0] ?? null;
}

/** Item vectors of length 1 for the likeness of content: text if given, else numbers; null where there is neither. */
function contentOf(items: EntityTable, text: TextVectors | null): { dim: number; data: Float32Array | Float64Array } | null {
  if (text) return { dim: text.dim, data: toUnitRows(text.vectors.slice(), text.dim) };
  const columns = numeric(items);
  if (columns.length === 0) return null;
  return { dim: columns.length, data: toUnitRows(standardise(columns.map((c) => c.values), items.ids.length).data, columns.length) };
}

/** @param scale brings counts of a world with fewer plays to what all plays would give */
export function rankingFeatures(train: TrainData, text: TextVectors | null, scale = 1): RankingFeatures {
  const { U, I } = train;
  const matrix = trainMatrix(train); // [U, I]
  const byItem = transpose(matrix); // [I, U]
  const userOf = new Int32Array(matrix.index.length);
  for (let u = 0; u < U; u++) userOf.fill(u, matrix.start[u], matrix.start[u + 1]);
  const values = train.value ? trainMatrix(train, true) : null;
  const valueSum = new Float64Array(I);
  if (values) values.index.forEach((i, e) => void (valueSum[i]! += values.value[e]!));
  const meanValue = valueSum.reduce((s, v) => s + v, 0) / Math.max(1, matrix.index.length);
  const degree = Int32Array.from({ length: I }, (_, i) => byItem.start[i + 1]! - byItem.start[i]!);
  const group = groupsOf(train.users);
  const groupSize = new Int32Array(group?.levels.length ?? 0);
  if (group) for (let u = 0; u < U; u++) if (group.codes[u]! >= 0) groupSize[group.codes[u]!]!++;
  const inGroup = new Int32Array(groupSize.length * I); // people of each group who have each item. [groups, I]
  if (group) matrix.index.forEach((i, e) => void (group.codes[userOf[e]!]! >= 0 && inGroup[group.codes[userOf[e]!]! * I + i]!++));
  const content = contentOf(train.items, text);
  const [itemNumbers, userNumbers] = [numeric(train.items), numeric(train.users)];
  const [itemColumns, userColumns] = [itemNumbers.map(filled), userNumbers.map(filled)];
  const userMeans = userColumns.map((c) => c.reduce((s, v) => s + v, 0) / Math.max(1, c.length));

  const names = [
    'items the person has', 'people who have the item', 'likeness to the person’s items by who has them',
    ...(values ? ['mean plays or rating of the item'] : []),
    ...(group ? [`share of the person’s ${group.name} who have it`] : []),
    ...(content ? ['likeness to the person’s items by content'] : []),
    ...itemNumbers.map((c) => `item: ${c.name}`), ...userNumbers.map((c) => `person: ${c.name}`),
  ];
  const F = names.length;

  /** weight[v] = Σ 1/√n_j over the items j that both have; 0 for the person. [U] */
  const weight = new Float64Array(U);
  const likeness = new Float64Array(I);
  const profile = new Float64Array(content?.dim ?? 0);

  const prepare = ({ user, history }: Person): void => {
    weight.fill(0);
    for (const j of history) for (let p = byItem.start[j]!; p < byItem.start[j + 1]!; p++) weight[byItem.index[p]!]! += 1 / Math.sqrt(degree[j]!);
    if (user >= 0) weight[user] = 0;
    likeness.fill(0);
    for (let v = 0; v < U; v++) if (weight[v]! > 0) for (let p = matrix.start[v]!; p < matrix.start[v + 1]!; p++) likeness[matrix.index[p]!]! += weight[v]!;
    if (content) {
      profile.fill(0);
      for (const j of history) for (let d = 0; d < content.dim; d++) profile[d]! += content.data[j * content.dim + d]!;
    }
  };

  return {
    names, matrix,
    person: (user) => ({ user, history: matrix.index.subarray(matrix.start[user]!, matrix.start[user + 1]!) }),
    of(person) {
      prepare(person);
      const { user, history } = person;
      const has = new Set(history);
      const g = user >= 0 && group ? group.codes[user]! : -1;
      const H = history.length;
      return (items, out) => {
        items.forEach((i, n) => {
          // The person's own copy is left out wherever people are counted for them: having an item is no reason to be offered it.
          const own = has.has(i);
          const mine = own && user >= 0 ? 1 : 0;
          let f = n * F;
          out[f++] = H * scale;
          out[f++] = degree[i]! * scale;
          // Σ_j c_ij/√n_j over the person's items j ≠ i; c counts other people only.
          const alike = likeness[i]! - (own ? (degree[i]! - mine) / Math.sqrt(degree[i]!) : 0);
          const others = H - (own ? 1 : 0);
          out[f++] = others > 0 && degree[i]! > 0 ? alike / (others * Math.sqrt(degree[i]!)) : 0;
          if (values) out[f++] = degree[i]! > 0 ? valueSum[i]! / degree[i]! : meanValue;
          if (group) out[f++] = scale * (g >= 0 && groupSize[g]! > 1 ? (inGroup[g * I + i]! - mine) / (groupSize[g]! - 1) : degree[i]! / Math.max(1, U));
          if (content) {
            let sum = 0;
            for (let d = 0; d < content.dim; d++) sum += (profile[d]! - (own ? content.data[i * content.dim + d]! : 0)) * content.data[i * content.dim + d]!;
            out[f++] = others > 0 ? sum / others : 0;
          }
          for (const c of itemColumns) out[f++] = c[i]!;
          userColumns.forEach((c, k) => void (out[f++] = user >= 0 ? c[user]! : userMeans[k]!));
        });
      };
    },
  };
}
