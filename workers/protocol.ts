/**
 * The map of calls: every worker message in one place, as [input, output, progress].
 * `never` as progress means that the call reports none. Big arrays move by transfer where the sender no longer needs them.
 */
import type { CleaningRule, CleaningStep, Counts, DataSet, TextVectors } from '../src/core/dataset';
import type { BaselineLine, EpochRecord, RunRecord } from '../src/core/run';
import type { ModelState } from '../src/core/model';
import type { ParamValue } from '../src/core/params';
import type { StepProfile } from '../src/core/profile';
import type { FoldSpec } from '../src/core/rating-run';
import type { SplitSpec, SplitSummary } from '../src/core/split';
import type { TrialScore } from '../src/core/trial-score';
import type { LdaSettings } from '../src/text/lda/encode';
import type { Neighbour, Topics } from '../src/text/learned';
import type { Learner } from '../src/text/learner-cards';

export type * from './explore-protocol';
export type * from './serve-protocol';
export type { Neighbour as TextNeighbour, Topics as TopicTable } from '../src/text/learned';
export type { Learner, LearnerId } from '../src/text/learner-cards';

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
  /** What a column holds that is left out as long as the file is interactions: for when it is made a table of items. */
  holds?: ColumnRole;
}

/** One readable table; a zip gives one per entry. */
export interface InspectedFile {
  /** Stable key: 'archive.zip/inner.csv' or 'name.csv'. */
  key: string;
  name: string;
  bytes: number;
  encoding: string;
  encodingReason: string;
  /** '' for a format that has none (JSON, Parquet); its name then stands for the encoding, and no read option applies. */
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
export type TextCalls = {
  /** Whether MiniLM's files are served beside the page, or kept here since they came from the model hub, and the full name (with revision) each encoder's vectors will carry. */
  probe: [{ base: string }, { local: boolean; kept: boolean; bytes: number; reason: string; encoders: Record<EncoderId, string> }, never];
  embed: [
    { texts: string[]; column: string; encoder: EncoderId; base: string; allowHub: boolean },
    { vectors: TextVectors; seconds: number; perSecond: number },
    TextProgress,
  ];
  /** Learns from the texts; what was learned stays in the worker for the questions below, and is learned again where it is gone. */
  learn: [{ texts: string[]; column: string; learner: Learner }, { vectors: TextVectors; seconds: number; perSecond: number; facts: string[] }, TextProgress];
  near: [{ texts: string[]; learner: Learner; item: number; k: number }, { neighbours: Neighbour[] }, TextProgress];
  topics: [{ texts: string[]; learner: Learner; terms: number }, Topics, TextProgress];
  /** Vectors of other texts by what was learned from `texts`, and the name those vectors carry: equal names promise comparable vectors. */
  unseen: [{ texts: string[]; learner: Learner; unseen: string[] }, { vectors: Float32Array; dim: number; encoder: string }, TextProgress];
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
  /** Of our kernels on WASM, at most; by default as many as there are cores, where the page is cross-origin isolated. */
  threads?: number;
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
  /** `aside`: measuring, before, between or after what the model itself does. */
  | { kind: 'phase'; label: string; done: number; total: number; aside?: true }
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
  /** Of our kernels on WASM, at most; by default as many as there are cores, where the page is cross-origin isolated. */
  threads?: number;
  /** Models of ratings only: the folds whose test ratings are left alone. Default: those of the data, else five random ones. */
  folds?: FoldSpec;
}
/** What a trial leaves behind. The test set is never read for it. */
export interface TrialRecord {
  params: Record<string, ParamValue>;
  seed: number;
  /** Of the split: trials with different hashes are not compared. */
  splitHash: string;
  /** Users measured on validation, or ratings. */
  n: number;
  /** What trials are compared by, of the best epoch where validation picks one; the other is for the eye. */
  score: TrialScore;
  beside: TrialScore;
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
  backend: [{ prefer: BackendId | 'auto'; kernels?: 'on' | 'off'; threads?: number }, BackendChoice, never];
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
export type CallMap = Record<string, [unknown, unknown, unknown]>;
