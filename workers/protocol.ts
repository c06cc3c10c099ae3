/**
 * The map of calls: every worker message in one place, as [input, output, progress].
 * `never` as progress means that the call reports none. Big arrays move by transfer where the sender no longer needs them.
 */
import type { CleaningRule, CleaningStep, Counts, DataSet, TextVectors } from '../src/core/dataset';
import type { BaselineLine, EpochRecord, RunRecord } from '../src/core/run';
import type { Matrix, ModelState, NewItem, Ranked, Reason } from '../src/core/model';
import type { Estimate } from '../src/core/metric';
import type { ParamValue } from '../src/core/params';
import type { StepProfile } from '../src/core/profile';
import type { SplitSpec, SplitSummary } from '../src/core/split';
import type { CoreFunnel } from '../src/data/explore/core-funnel';
import type { Dimension } from '../src/data/explore/dimension';
import type { LongTail } from '../src/data/explore/long-tail';
import type { MatrixPicture } from '../src/data/explore/matrix-picture';
import type { AgainstPopularity, Correlations, YearMeans } from '../src/data/explore/numeric-relations';
import type { Arrivals, SplitCut } from '../src/data/explore/over-time';
import type { Overlap } from '../src/data/explore/overlap';
import type { Finding } from '../src/data/explore/quality';
import type { Filter, SelectionCounts } from '../src/data/explore/selection';
import type { TagTogether, TagYears } from '../src/data/explore/tag-maps';
import type { GroupWords, TextPortrait } from '../src/data/explore/text-words';
import type { LdaSettings } from '../src/text/lda/encode';
import type { TfidfSettings } from '../src/text/tfidf/encode';
import type { Word2VecSettings } from '../src/text/word2vec/encode';

// ---------------------------------------------------------------- data worker

/** What a column of a table means. */
export type ColumnRole = 'user' | 'item' | 'time' | 'value' | 'title' | 'artist' | 'text' | 'id' | 'category' | 'number' | 'tags' | 'ignore';
export type FileRole = 'interactions' | 'matrix' | 'users' | 'items' | 'test' | 'ignore';

export interface ReadOptions {
  /** Overrides what was detected. */
  encoding?: string;
  delimiter?: string;
  header?: boolean;
}

export interface InspectedColumn {
  /** Header name, or 'column 0', 'column 1', … without a header. */
  name: string;
  index: number;
  samples: string[];
  role: ColumnRole;
  /** Why that role was guessed, in plain words. */
  reason: string;
}

/** One readable table; a zip gives one per entry. */
export interface InspectedFile {
  /** Stable key: 'archive.zip/inner.csv' or 'name.csv'. */
  key: string;
  name: string;
  bytes: number;
  encoding: string;
  encodingReason: string;
  delimiter: string;
  header: boolean;
  columns: InspectedColumn[];
  /** First rows as text, header excluded. */
  preview: string[][];
  /** Line number in the file of each preview row. */
  previewLines: number[];
  role: FileRole;
  roleReason: string;
}

export interface Inspection {
  /** A known data set, recognised by contents. Then no mapping is needed. */
  recipe: { id: string; name: string; reason: string } | null;
  files: InspectedFile[];
  /** Files in a zip or drop that were not tables, with the reason. */
  skipped: { name: string; reason: string }[];
}

/** The user's (or the guess's) answer to the mapping step. */
export interface Mapping {
  files: { key: string; role: FileRole; columns: Record<number, ColumnRole>; options: ReadOptions }[];
}

export interface RejectedSummary {
  total: number;
  reasons: { file: string; reason: string; count: number; firstLine: number; sample: string }[];
}

export interface LoadedData {
  /** As read: before any cleaning. Frozen already (hash set), steps = []. */
  raw: DataSet;
  rejected: RejectedSummary;
  /** Facts worth telling: collisions, unused item rows, ids missing from a table. */
  notes: string[];
  seconds: number;
}

export interface DataProgress {
  label: string;
  done: number;
  total: number;
}

export type DataCalls = {
  inspect: [{ files: File[]; overrides?: Record<string, ReadOptions> }, Inspection, DataProgress];
  /** Reads everything. With a recipe the mapping is not needed. */
  load: [{ files: File[]; name?: string; recipe?: string; mapping?: Mapping }, LoadedData, DataProgress];
  /** The bundled demo: fetched from `base` + 'demo/'. Text vectors come along, so nothing needs embedding. */
  demo: [{ base: string }, LoadedData & { vectors: TextVectors[] }, DataProgress];
  clean: [{ raw: DataSet; rules: CleaningRule[] }, { data: DataSet; funnel: CleaningStep[]; counts: Counts }, DataProgress];
  /** Rejected rows of the last load, as CSV text: file, line, reason, row. */
  rejectedCsv: [Record<string, never>, string, never];
  split: [{ data: DataSet; spec: SplitSpec; testFile?: File }, SplitSummary & { hash: string }, never];
  /** Held-out test pairs (users ascending) and train interactions per user and item: what slices by column need. */
  testPairs: [{ data: DataSet; spec: SplitSpec; testFile?: File }, { hash: string; users: Int32Array; items: Int32Array; userDegree: Int32Array; itemDegree: Int32Array }, never];
};

// ---------------------------------------------------------------- text worker

export interface TextProgress {
  /** 'load': done and total are bytes of the model; 'embed': texts. */
  phase: 'load' | 'embed';
  label: string;
  done: number;
  total: number;
  secondsLeft: number | null;
}
export type EncoderId = 'minilm' | 'hashed-ngrams';
/** Encoders that learn from the very texts they are given. */
export type LearnerId = 'tfidf' | 'word2vec' | 'lda';
/** A learner with its settings: with the texts, all it takes to learn the same again. */
export type Learner =
  | { id: 'tfidf'; settings: TfidfSettings }
  | { id: 'word2vec'; settings: Word2VecSettings }
  | { id: 'lda'; settings: LdaSettings };
/** A neighbour of a text, with what makes it one. */
export interface TextNeighbour {
  item: number;
  cosine: number;
  /** Shared words or topics with their part of the cosine, or pairs of like words with theirs; best first. */
  reasons: { label: string; part: number }[];
}
export interface TopicTable {
  /** Most probable words of each topic, and its share of all words. */
  topics: { terms: { term: string; share: number }[]; share: number }[];
  /** Topic shares of every text; a row of zeros where it has no known word. */
  shares: Float32Array; // [D, K]
  perplexity: number;
}

export type TextCalls = {
  /** Whether MiniLM's files are served beside the page, and the full name (with revision) each encoder's vectors will carry. */
  probe: [{ base: string }, { local: boolean; bytes: number; reason: string; encoders: Record<EncoderId, string> }, never];
  embed: [
    { texts: string[]; column: string; encoder: EncoderId; base: string; allowHub: boolean },
    { vectors: TextVectors; seconds: number; perSecond: number },
    TextProgress,
  ];
  /** Learns from the texts; what was learned stays in the worker for the questions below, and is learned again where it is gone. */
  learn: [{ texts: string[]; column: string; learner: Learner }, { vectors: TextVectors; seconds: number; perSecond: number; facts: string[] }, TextProgress];
  near: [{ texts: string[]; learner: Learner; item: number; k: number }, { neighbours: TextNeighbour[] }, TextProgress];
  topics: [{ texts: string[]; learner: Learner; terms: number }, TopicTable, TextProgress];
  /** Words nearest to Σ plus − Σ minus. */
  words: [{ texts: string[]; learner: Learner; plus: string[]; minus: string[]; k: number }, { words: { word: string; cosine: number; count: number }[]; unknown: string[]; common: string[] }, TextProgress];
  /** Perplexity of texts held out, for each number of topics: lower is better. */
  topicCount: [{ texts: string[]; settings: LdaSettings; counts: number[] }, { topics: number; perplexity: number }[], TextProgress];
  /** Vectors made elsewhere, matched to items by id. */
  ownVectors: [{ files: File[]; ids: string[]; name: string }, { vectors: TextVectors; strangers: number }, never];
  /** A zip of vectors.npy and ids.csv. */
  packVectors: [{ ids: string[]; vectors: TextVectors }, Uint8Array<ArrayBuffer>, never];
};

// ---------------------------------------------------------------- trainer worker

export type BackendId = 'webgpu' | 'wasm' | 'webgl' | 'cpu';
export interface BackendReport {
  id: BackendId;
  available: boolean;
  /** Right numbers in the self-test. */
  correct: boolean;
  /** Milliseconds of the micro-benchmark, null where it was not run. */
  milliseconds: number | null;
  /** Adapter name, SIMD, threads, … */
  detail: string;
  /** Why it is or is not used. */
  reason: string;
}
export interface BackendChoice {
  chosen: BackendId;
  reason: string;
  reports: BackendReport[];
  threads: number;
  isolated: boolean;
  /** Which of our own kernels run on it. */
  kernels?: KernelReport;
}
export interface KernelReport {
  /** False: switched off by hand, and only what TensorFlow.js ships is used. */
  on: boolean;
  /** Whether they run as SIMD code on the backend's own memory. */
  simd: boolean;
  /** In use, by registered name. */
  names: string[];
  /** Ours although they are switched off, as the backend ships nothing of that name. */
  standIns: string[];
}

export interface TrainInput {
  runId: string;
  name: string;
  data: DataSet;
  split: SplitSpec;
  testFile?: File;
  model: string;
  params: Record<string, ParamValue>;
  text: TextVectors | null;
  seed: number;
  /** Early stopping: epochs without a better validation NDCG@10 before it ends; 0 = never. */
  patience: number;
  /** 'test' only for presets "as published". */
  selection: 'validation' | 'test';
  /** Also leave validation items out of the candidates at test time. */
  maskValidation: boolean;
  backend: BackendId | 'auto';
  /** 'off': our own kernels are not used. */
  kernels?: 'on' | 'off';
  build: string;
  /** The settings came out of a search: goes into the record. */
  tuned?: NonNullable<RunRecord['tuned']>;
  /** False: no state comes with the epochs, for runs that are not resumed within. */
  checkpoints?: boolean;
  /** Continue a run that was cut off. */
  resume?: TrainCheckpoint;
}

/** Enough to go on after a reload: the model's own state plus what has been measured so far. */
export interface TrainCheckpoint {
  runId: string;
  epoch: number;
  state: ModelState;
  best: { epoch: number; score: number; state: ModelState } | null;
  epochs: EpochRecord[];
}

export type TrainProgress =
  | { kind: 'phase'; label: string; done: number; total: number }
  | { kind: 'ready'; epochs: number; split: SplitSummary & { hash: string }; backend: string; baselines: BaselineLine[]; secondsUntilHere: number }
  | { kind: 'batch'; epoch: number; epochs: number; done: number; total: number; loss: number }
  | { kind: 'epoch'; record: EpochRecord; bestEpoch: number | null; checkpoint: TrainCheckpoint | null }
  | { kind: 'paused'; epoch: number };

/** One trial of a search: fitted on train, scored on validation. */
export interface TrialInput {
  data: DataSet;
  split: SplitSpec;
  testFile?: File;
  model: string;
  params: Record<string, ParamValue>;
  text: TextVectors | null;
  seed: number;
  /** Epochs without a better validation NDCG@10 before it ends; 0 = never. */
  patience: number;
  backend: BackendId | 'auto';
  /** 'off': our own kernels are not used. */
  kernels?: 'on' | 'off';
}
/** What a trial leaves behind. The test set is never read for it. */
export interface TrialRecord {
  params: Record<string, ParamValue>;
  seed: number;
  /** Of the split: trials with different hashes are not compared. */
  splitHash: string;
  /** Users measured on validation. */
  n: number;
  /** Of the best epoch by NDCG@10, where there are epochs. */
  ndcg: Estimate;
  hr: Estimate;
  /** Epochs trained; 0 for models without. */
  epochs: number;
  bestEpoch: number | null;
  /** Wall clock, measuring included. */
  seconds: number;
}
export interface TrialProgress {
  label: string;
  /** Share done, from 0 to 1; null while that is not known. */
  fraction: number | null;
}

export type TrainerCalls = {
  /** Runs the self-test and micro-benchmark once and remembers the answer; `prefer` overrides the choice. */
  backend: [{ prefer: BackendId | 'auto'; kernels?: 'on' | 'off' }, BackendChoice, never];
  train: [TrainInput, RunRecord, TrainProgress];
  trial: [TrialInput, TrialRecord, TrialProgress];
  /** pause: after the present batch; step: run one epoch, then pause; stop: end after the present batch, keep what is there. */
  control: [{ runId: string; action: 'pause' | 'resume' | 'step' | 'stop' }, { accepted: boolean }, never];
  memory: [Record<string, never>, { tensors: number; bytes: number; heap: number | null }, never];
  // -------- profile
  /**
   * Records the next 1 to 50 steps of the run under way, or of the next run of this worker. Progress is the table when the steps are done; the
   * result has the next evaluation as well. Null: the run ended before two steps on tensors were done.
   */
  profile: [{ steps: number }, StepProfile | null, StepProfile];
  // --------
  /** The weights of the run this worker fitted last; null where that was another one. For where they could not be stored. */
  weights: [{ runId: string }, ModelState | null, never];
};

// ---------------------------------------------------------------- serve worker

/** What the serve worker needs of a run to bring its model back. */
export type ServedRun = Pick<RunRecord, 'id' | 'name' | 'data' | 'split' | 'model' | 'text' | 'measured'>;

/** Which questions a model can answer besides scoring. */
export interface ModelAbilities {
  similarItems: boolean;
  foldIn: boolean;
  explain: boolean;
  vectors: boolean;
  newItem: boolean;
}
export interface OpenedModel {
  runId: string;
  can: ModelAbilities;
  /** What `diversity` compares items by: the text vectors at hand, else the model's own vectors, else who has them both. */
  likeness: 'text' | 'model' | 'listeners';
  /** Train interactions. */
  itemDegree: Int32Array; // [I]
  userDegree: Int32Array; // [U]
  /** Users with a test item, ascending: the order of a run's `perUser.ranks`. */
  testUsers: Int32Array;
  /** 0 warm, 1 cold, 2 strictly new. */
  temperature: Uint8Array; // [I]
}
/** 'absent': no weights are stored for this run, so it has to be fitted again. 'needs': send these first. */
export type OpenAnswer = { status: 'open'; opened: OpenedModel } | { status: 'absent' } | { status: 'needs'; data: boolean; text: boolean };

/** Somebody to make a list for: a user of the data, or whoever has these items. */
export type ServedPerson = { user: number } | { history: number[] };
/** One label of an item column. */
export interface ColumnLevel {
  column: string;
  level: string;
}
export interface ListOptions {
  k: number;
  /** What is left out: the person's train items; those and what the run's own test left out ('measured'); nothing. */
  seen: 'train' | 'measured' | 'none';
  /** −1 prefers what many have, 0 is the model's own order, 1 prefers what few have. */
  discovery: number;
  /** 0 … 1: share of maximal marginal relevance that goes to being unlike the items above. */
  diversity: number;
  /** Items with any of these are left out. */
  without: ColumnLevel[];
  /** Where not empty: only items with at least one of these. */
  only: ColumnLevel[];
}
export interface ServedList {
  /** Best first. */
  items: Int32Array;
  /** The model's own scores. */
  scores: Float32Array;
  /** Place from 1 by the model's own score among the same candidates, before discovery and diversity. */
  places: Int32Array;
  candidates: number;
  /** The user's held-out items: rank by the model's own score as the test has it (ties against it), 0 where it is no candidate; place in this list from 1, 0 where it is not in it. */
  heldOut: { item: number; part: 'validation' | 'test'; rank: number; score: number; place: number }[];
}
export interface ServedHistory {
  /** Distinct train items, newest last where there are times. */
  train: { item: number; time: number | null; value: number | null }[];
  validation: number[];
  test: number[];
}
/** Why an item is in somebody's list. */
export interface ServedWhy {
  /** The model's own reasons; null where it cannot say. */
  reasons: Reason[] | null;
  /** Items of the history most like this one, and who says so. */
  nearest: { item: number; similarity: number }[];
  nearestBy: 'model' | 'text' | 'listeners';
  /** Labels it shares with the history: how many of the history have it, and what share of all items. */
  shared: (ColumnLevel & { inHistory: number; catalogueShare: number })[];
  historyLength: number;
  /** Likeness of the texts by their vectors, to the item of the history with the most similar text, and the words both have (share of their tf-idf cosine). */
  text: { column: string; item: number; similarity: number; words: { word: string; share: number }[] } | null;
}
export interface NewItemAnswer {
  /** Users in whose list it stands highest, best first. */
  users: { user: number; rank: number; score: number }[];
  /** In how many users' first ten (of `asked` users) it would be. */
  inTop: number;
  asked: number;
  similar: Ranked;
}
/** Weights of one run, as they lie in this browser's storage. */
export interface StoredWeights {
  runId: string;
  bytes: number;
  usedAt: number;
}

export type ServeCalls = {
  /** Brings a run's model back. Up to three stay open; the one used longest ago goes first. */
  open: [{ run: ServedRun; dataHash: string; textKey: string | null; testFile?: File; /** Instead of stored weights. */ state?: ModelState }, OpenAnswer, never];
  data: [{ data: DataSet }, { hash: string }, never];
  /** Text for the open data: `key` names column and encoder. */
  text: [{ key: string; text: TextVectors }, { key: string }, never];
  close: [{ runId: string }, { open: string[] }, never];
  recommend: [{ runId: string; people: ServedPerson[]; options: ListOptions }, ServedList[], never];
  /** Scores and ranks (ties against the item; seen items are no candidates but get a score) of given items. Row-major [people, items]. */
  scores: [{ runId: string; people: ServedPerson[]; items: number[]; seen: ListOptions['seen'] }, { scores: Float32Array; ranks: Int32Array }, never];
  history: [{ runId: string; user: number }, ServedHistory, never];
  similarItems: [{ runId: string; item: number; k: number }, Ranked, never];
  why: [{ runId: string; person: ServedPerson; item: number }, ServedWhy, never];
  vectors: [{ runId: string }, { users: Matrix; items: Matrix }, never];
  newItem: [{ runId: string; item: NewItem; show: number }, NewItemAnswer, { done: number; total: number }];
  /** What is stored of finished runs, and how much may be. */
  weights: [Record<string, never>, { stored: StoredWeights[]; bytes: number; limit: number }, never];
  forgetWeights: [{ runIds: string[] }, { freed: number }, never];
};

// ---------------------------------------------------------------- explore worker

/** Every call names the data set it means; the worker holds one at a time. */
export interface ExploreAsk {
  key: string;
  /** All calls but `open`, `cores` and `quality` answer for what these filters let through. */
  filters: Filter[];
}
export interface ExploreSchema {
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
  cores: [{ key: string }, CoreFunnel, never];
  /** Null without timestamps. */
  time: [ExploreAsk, Arrivals | null, never];
  cuts: [{ key: string; spec: SplitSpec }, SplitCut[] | null, never];
  correlations: [ExploreAsk, Correlations, never];
  /** Means of every numeric item column by the named year column. */
  means: [ExploreAsk & { years: string }, YearMeans[], never];
  against: [ExploreAsk & { column: string }, AgainstPopularity, never];
  together: [ExploreAsk & { column: string }, TagTogether, never];
  /** `years`: an item column, or null for the dates of tagging. */
  tagYears: [ExploreAsk & { column: string; years: string | null }, TagYears, never];
  overlap: [ExploreAsk, Overlap, never];
  text: [ExploreAsk & { table: 'users' | 'items'; column: string }, TextPortrait, never];
  words: [ExploreAsk & { table: 'users' | 'items'; column: string; by: string }, GroupWords[], never];
  quality: [{ key: string; now: number }, Finding[], never];
};

// ------------------------------------------------------------ map worker

/** Rows to lay out in two dimensions; each is brought to length 1 first, so that popularity does not decide where things lie. */
export interface MapRows {
  rows: number;
  cols: number;
  data: Float32Array; // [rows, cols]
}
export type MapCalls = {
  /** Directions come from the first `from` rows (the items), and all rows are laid along them. */
  pca: [MapRows & { from: number }, { xy: Float32Array; explained: [number, number]; sampled: number }, never];
  /** Cosine distances between rows; `xy` in the progress is the layout so far. Ends early on cancel. */
  umap: [MapRows & { neighbours: number; seed: number }, { xy: Float32Array }, { epoch: number; epochs: number; xy: Float32Array | null }];
};

export type CallMap = Record<string, [unknown, unknown, unknown]>;
