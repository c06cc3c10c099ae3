/** Calls of the worker behind the Explore screen. */
import type { DataSet } from '../src/core/dataset';
import type { LoneTable } from '../src/core/lone-table';
import type { SplitSpec } from '../src/core/split';
import type { CoreFunnel } from '../src/data/explore/core-funnel';
import type { Dimension } from '../src/data/explore/dimension';
import type { LongTail } from '../src/data/explore/long-tail';
import type { MatrixPicture } from '../src/data/explore/matrix-picture';
import type { Against, Correlations, YearMeans } from '../src/data/explore/numeric-relations';
import type { Arrivals, SplitCut } from '../src/data/explore/over-time';
import type { Overlap } from '../src/data/explore/overlap';
import type { Finding } from '../src/data/explore/finding';
import type { Filter, SelectionCounts } from '../src/data/explore/selection';
import type { TagTogether, TagYears } from '../src/data/explore/tag-maps';
import type { GroupWords, TextPortrait } from '../src/data/explore/text-words';

/** Every call names the data set it means; the worker holds one at a time. */
export interface ExploreAsk {
  key: string;
  /** All calls but `open` and `cuts` answer for what these filters let through. */
  filters: Filter[];
}
export interface ExploreSchema {
  /** The data set is this table alone: its rows are counted as items, and what needs interactions is not there. */
  alone: LoneTable | null;
  /** Cells of the item columns, and those among them that hold nothing. */
  cells: { all: number; empty: number };
  /** First and last year of the likeliest column of years. */
  yearSpan: { column: string; from: number; to: number } | null;
  dimensions: Dimension[];
  /** Without any filter. */
  counts: SelectionCounts;
  /** Columns by what can be asked about them. */
  itemNumbers: string[];
  years: string[];
  tagColumns: string[];
  texts: { table: 'users' | 'items'; column: string; groupings: string[] }[];
  hasFriends: boolean;
  hasTagDates: boolean;
}
export interface BrushAnswer {
  counts: SelectionCounts;
  users: LongTail;
  items: LongTail;
  /** Filters that name nothing in this data set. */
  unknown: Filter[];
  milliseconds: number;
}

export type ExploreCalls = {
  open: [{ key: string; data: DataSet }, ExploreSchema, never];
  brush: [ExploreAsk, BrushAnswer, never];
  matrix: [ExploreAsk & { width: number; height: number }, MatrixPicture, never];
  cores: [ExploreAsk, CoreFunnel, never];
  /** Null without timestamps. */
  time: [ExploreAsk, Arrivals | null, never];
  cuts: [{ key: string; spec: SplitSpec }, SplitCut[] | null, never];
  correlations: [ExploreAsk, Correlations, never];
  /** Means of every numeric item column by the named year column. */
  means: [ExploreAsk & { years: string }, YearMeans[], never];
  /** One number of items against another, or against popularity (`other` null). */
  against: [ExploreAsk & { column: string; other: string | null }, Against, never];
  together: [ExploreAsk & { column: string }, TagTogether, never];
  /** `years`: an item column, or null for the dates of tagging. */
  tagYears: [ExploreAsk & { column: string; years: string | null }, TagYears, never];
  overlap: [ExploreAsk, Overlap, never];
  text: [ExploreAsk & { table: 'users' | 'items'; column: string }, TextPortrait, never];
  words: [ExploreAsk & { table: 'users' | 'items'; column: string; by: string }, GroupWords[], never];
  quality: [ExploreAsk & { now: number }, Finding[], never];
};
