/** What a split is. The protocols live in src/data/split. */

/** 'listed': the test that came with the data, ranked among its listed negatives only (`DataSet.listed`). */
export type SplitProtocol = 'last' | 'hash' | 'random' | 'temporal' | 'file' | 'listed';

export type ColdRule =
  /** The floor(share·I) items of lowest train degree are cold; ties by ascending item index. */
  | { kind: 'share'; share: number }
  /** Items with at most `max` train interactions are cold. */
  | { kind: 'atMost'; max: number };

export interface SplitSpec {
  protocol: SplitProtocol;
  /** Hold out a validation item per user too. */
  validation: boolean;
  cold: ColdRule;
  /** Only 'random'. */
  seed: number;
  /** Only 'temporal': shares of the newest interactions that become test and validation. */
  testShare: number;
  validationShare: number;
}

export const DEFAULT_SPLIT: SplitSpec = {
  protocol: 'last',
  validation: true,
  cold: { kind: 'share', share: 0.8 },
  seed: 42,
  testShare: 0.1,
  validationShare: 0.1,
};

/** Held-out interactions as (user, item) pairs sorted by user; a user may have several (temporal, own test file) or none. */
export interface HeldOut {
  user: Int32Array;
  item: Int32Array;
}

export interface Split {
  spec: SplitSpec;
  /** Rows of the data set's interactions that are train, ascending. */
  trainRows: Int32Array;
  validation: HeldOut;
  test: HeldOut;
  /** Train interactions per item. */
  itemDegree: Int32Array; // [I]
  /** 1 = cold. Strictly new items (degree 0) are also in the cold slice. */
  cold: Uint8Array; // [I]
  /** Only 'listed': all that a user's held-out item is ranked among, without the test item; user u has items[start[u]] … items[start[u+1]], ascending and distinct. */
  listed?: { start: Int32Array; items: Int32Array };
  summary: SplitSummary;
  /** Hex digest of data hash + spec + held-out pairs: runs with different hashes are never ranked together. */
  hash: string;
}

export interface SplitSummary {
  train: number;
  validation: number;
  test: number;
  /** Users who have a test item; the others are trained on but not measured. */
  testUsers: number;
  items: number;
  coldItems: number;
  newItems: number;
  /** Highest train degree among cold items and lowest among warm ones (null when that side is empty). */
  highestColdDegree: number | null;
  lowestWarmDegree: number | null;
  testWarm: number;
  testCold: number;
  testNew: number;
  /** Share of test interactions older than the newest train interaction; null without timestamps. */
  leakage: number | null;
  /** Held-out interactions that repeat one the user already has: not measured. Absent in summaries made before it was counted. */
  repeats?: number;
  /** Only where candidates are not all items: how many negatives are listed for a user (the most, where users differ). */
  sampled?: { origin: 'listed'; negatives: number };
  /** Sentences worth showing: ties, users left out, fall-backs ("no timestamps: row order was used"). */
  notes: string[];
}
