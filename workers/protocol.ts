/**
 * The map of calls: every worker message in one place, as [input, output, progress].
 * `never` as progress means that the call reports none. Big arrays move by transfer where the sender no longer needs them.
 */
import type { CleaningRule, CleaningStep, Counts, DataSet, TextVectors } from '../src/core/dataset';
import type { BaselineLine, EpochRecord, RunRecord } from '../src/core/run';
import type { ModelState } from '../src/core/model';
import type { ParamValue } from '../src/core/params';
import type { SplitSpec, SplitSummary } from '../src/core/split';

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
  /** Whether MiniLM's files are served beside the page, and the full name (with revision) each encoder's vectors will carry. */
  probe: [{ base: string }, { local: boolean; bytes: number; reason: string; encoders: Record<EncoderId, string> }, never];
  embed: [
    { texts: string[]; column: string; encoder: EncoderId; base: string; allowHub: boolean },
    { vectors: TextVectors; seconds: number; perSecond: number },
    TextProgress,
  ];
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
  build: string;
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

export type TrainerCalls = {
  /** Runs the self-test and micro-benchmark once and remembers the answer; `prefer` overrides the choice. */
  backend: [{ prefer: BackendId | 'auto' }, BackendChoice, never];
  train: [TrainInput, RunRecord, TrainProgress];
  /** pause: after the present batch; step: run one epoch, then pause; stop: end after the present batch, keep what is there. */
  control: [{ runId: string; action: 'pause' | 'resume' | 'step' | 'stop' }, { accepted: boolean }, never];
  memory: [Record<string, never>, { tensors: number; bytes: number; heap: number | null }, never];
};

export type CallMap = Record<string, [unknown, unknown, unknown]>;
