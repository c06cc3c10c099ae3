/**
 * The frozen data set. U users, I items, N interactions.
 * Everything here is plain data (typed arrays, strings), so it survives structured cloning to a worker and storage in IndexedDB.
 */

export interface NumericColumn {
  kind: 'numeric';
  name: string;
  /** [rows]; NaN where the cell was empty. */
  values: Float64Array;
}
export interface CategoricalColumn {
  kind: 'categorical';
  name: string;
  /** [rows]; index into `levels`, −1 where the cell was empty. */
  codes: Int32Array;
  levels: string[];
}
export interface TextColumn {
  kind: 'text';
  name: string;
  /** [rows]; '' where the cell was empty. */
  values: string[];
}
/** Several labels per row (genres, tags): row r holds codes[offsets[r] … offsets[r+1]). */
export interface TagsColumn {
  kind: 'tags';
  name: string;
  offsets: Int32Array; // [rows + 1]
  codes: Int32Array;
  levels: string[];
}
export type Column = NumericColumn | CategoricalColumn | TextColumn | TagsColumn;

export interface EntityTable {
  /** Source ids, by dense index. */
  ids: string[];
  /** Every source column that was kept. */
  columns: Column[];
  /** The text column people should read instead of the id (a title, an artist's name), if any. */
  label: string | null;
}

/** Columns of equal length N, sorted by (user, time, source row). */
export interface Interactions {
  user: Int32Array;
  item: Int32Array;
  /** Seconds since 1970. */
  time: Float64Array | null;
  /** Plays or a rating. */
  value: Float32Array | null;
  /** Data row in the source file, from 0: the last tie-breaker of every ordering. */
  row: Int32Array;
}

export interface SourceFile {
  name: string;
  bytes: number;
  role: 'interactions' | 'users' | 'items' | 'other';
  rows: number;
  rejected: number;
}

export interface Counts {
  interactions: number;
  users: number;
  items: number;
}

/** One recorded, replayable step of cleaning with counts on both sides. */
export interface CleaningStep {
  step: CleaningRule;
  before: Counts;
  after: Counts;
}
export type CleaningRule =
  | { kind: 'duplicates'; keep: 'first' | 'last' | 'sum' }
  | { kind: 'minValue'; min: number }
  | { kind: 'core'; k: number };

/** What a generator knows and a collector never does: affinity(u, i) = ⟨users[u], items[i]⟩. Demo data only. */
export interface KnownTruth {
  dim: number;
  users: Float32Array; // [U, dim]
  items: Float32Array; // [I, dim]
}

/**
 * A published test that came with the data: one interaction of a user, to be ranked among listed negatives instead of all items.
 * Q rows, one per user, users ascending. The test interactions are among the data's own.
 */
export interface ListedTest {
  user: Int32Array; // [Q]
  item: Int32Array; // [Q]
  /** Row q lists negatives[start[q]] … negatives[start[q+1]], as the file has them: the test item may be among them. */
  start: Int32Array; // [Q+1]
  negatives: Int32Array;
}

/** What files tell beside users, items and interactions: looked at, never trained on, and no part of the hash. */
export interface SideFacts {
  /** Pairs of users who know each other: a[k] < b[k], each pair once. */
  friends: { a: Int32Array; b: Int32Array } | null;
  /** Labels given to items by somebody at some time (seconds since 1970). */
  tagged: { item: Int32Array; tag: Int32Array; time: Float64Array; levels: string[] } | null;
}

/** Folds that came with the data: fold k (from 1) tests the interactions with of[row] = k and trains on all others. */
export interface PublishedFolds {
  name: string;
  count: number;
  /** By data row in the source file (`Interactions.row`), so that it holds through cleaning; 0 = in no test. */
  of: Uint8Array;
}

export interface DataSet {
  name: string;
  /** Which recipe read it ('hetrec-lastfm', 'movielens-100k', …, 'mapped'). */
  recipe: string;
  users: EntityTable;
  items: EntityTable;
  interactions: Interactions;
  sources: SourceFile[];
  steps: CleaningStep[];
  /** Hex digest over ids and interactions after cleaning: two data sets with one hash give one result. */
  hash: string;
  truth: KnownTruth | null;
  /** Only where the files brought one. */
  listed?: ListedTest;
  /** Only where the files brought them. */
  folds?: PublishedFolds;
  /** Only where the files brought some. */
  side?: SideFacts;
}

export const countsOf = (d: DataSet): Counts => ({
  interactions: d.interactions.user.length,
  users: d.users.ids.length,
  items: d.items.ids.length,
});

/** Vectors of one item text column by one encoder; row i belongs to item i. */
export interface TextVectors {
  column: string;
  /** 'minilm' or 'hashed-ngrams', with revision: what makes two sets of vectors comparable. */
  encoder: string;
  dim: number;
  vectors: Float32Array; // [I, dim]; a zero row where the text was empty
  /** Items whose text was empty. */
  missing: number;
}

/** Text of item (or user) `row` in words people know: label column, else id. */
export function labelOf(table: EntityTable, row: number): string {
  const column = table.columns.find((c) => c.name === table.label);
  const text = column?.kind === 'text' ? column.values[row] : column?.kind === 'categorical' ? column.levels[column.codes[row] ?? -1] : undefined;
  return text || (table.ids[row] ?? '');
}
