/** What a model is: a card (declaration, cheap to import) and, behind `load`, the code that fits it. */
import type { EntityTable, TextVectors } from './dataset';
import type { ItemIndex, UserIndex } from './ids';
import type { ParamSpecs, ParamsOf } from './params';
import type { Random } from './random';

/** Row-major numbers. */
export interface Matrix {
  rows: number;
  cols: number;
  data: Float32Array; // [rows, cols]
}
export interface Ranked {
  items: Int32Array;
  scores: Float32Array;
}
export interface Reason {
  /** Plain words. */
  text: string;
  /** Share of the score it accounts for, where the model can say. */
  weight?: number;
}
/** A user who was not in the training data, as the model sees them. */
export interface UserVector {
  score(out: Float32Array): void; // [I]
  /** Where scores are inner products with `vectors().items`: this user's side of them. [D] */
  vector?(): Float32Array;
  /** What puts this user where they are, in plain words. */
  placedBy?: string;
}

/** An item that is in no data set: what is known of it besides plays. */
export interface NewItem {
  /** Its text by the encoder that made the model's text vectors, null where it has none. [dim] */
  text: Float32Array | null;
  /** By column name: labels of a categorical or tags column, a number of a numeric one. What is absent counts as empty. */
  columns: Record<string, string[] | number>;
}
export interface NewItemScores {
  /** Fills out[b] for each of the users, on the scale of `Recommender.score`. */
  score(users: Int32Array, out: Float32Array): void | Promise<void>; // [B]
  /** Items of the catalogue it is most like, by what the model compares items by. */
  similarItems(k: number): Ranked;
  /** What puts it where it is, in plain words: its features as far as they are known, else the average. */
  placedBy?: string;
  /** Frees tensors. */
  dispose?(): void;
}

/** A fitted model. B = users.length. */
export interface Recommender {
  /** Fills out[b·I + i] for every item; higher is better. */
  score(users: readonly UserIndex[] | Int32Array, out: Float32Array): void | Promise<void>;
  /**
   * `score` for the test, for models that read a history in order: each user's validation item counts as the newest item of their history.
   * Training never sees it.
   */
  scoreForTest?(users: readonly UserIndex[] | Int32Array, out: Float32Array): void | Promise<void>;
  /** Models of ratings: fills out[k] with the rating of (users[k], items[k]), on the scale of `score`, where whole rows would be wasteful. */
  predict?(users: Int32Array, items: Int32Array, out: Float64Array): void | Promise<void>; // [B]
  similarItems?(item: ItemIndex, k: number): Ranked | Promise<Ranked>;
  foldIn?(history: readonly ItemIndex[]): UserVector;
  vectors?(): { users: Matrix; items: Matrix } | Promise<{ users: Matrix; items: Matrix }>;
  /** Models whose users' vectors differ between now and the test (see `scoreForTest`): those of some users, as `vectors().users` has them. [B, D] */
  userVectors?(users: Int32Array, stage: 'now' | 'test'): Matrix | Promise<Matrix>;
  explain?(user: UserIndex, item: ItemIndex): Reason[];
  /** An item nobody has had, without retraining. Only models that know items by what they are. */
  scoreNewItem?(item: NewItem): NewItemScores | Promise<NewItemScores>;
  /** One sentence about what came out of fitting, for the run's notes (weights chosen on validation). */
  summary?: string;
  /** Everything `restore` needs to score again (no optimiser state). */
  save(): ModelState | Promise<ModelState>;
  /** Frees tensors. Safe to call twice. */
  dispose?(): void;
}

export interface StateArray {
  shape: number[];
  data: Float32Array | Float64Array | Int32Array | Uint8Array;
}
/** Weights or a checkpoint: plain data, storable and transferable. */
export interface ModelState {
  version: number;
  arrays: Record<string, StateArray>;
  /** JSON values: epoch, generator states, counters. */
  meta: Record<string, unknown>;
}

/** Train interactions with a row index by user (CSR): user u owns rows userStart[u] … userStart[u+1]. */
export interface TrainData {
  U: number;
  I: number;
  user: Int32Array; // [N]
  item: Int32Array; // [N]
  time: Float64Array | null; // [N]
  value: Float32Array | null; // [N]
  userStart: Int32Array; // [U+1]
  /** Train interactions per item. */
  itemDegree: Int32Array; // [I]
  users: EntityTable;
  items: EntityTable;
  /**
   * Held-out validation item of each user, −1 where none. Only for excluding it from negatives;
   * a model must not learn from it as a positive.
   */
  validationItem: Int32Array; // [U]
}

export type Progress =
  | { kind: 'phase'; label: string; done: number; total: number }
  | { kind: 'batch'; epoch: number; epochs: number; done: number; total: number; loss: number }
  | {
      kind: 'epoch';
      /** From 1. */
      epoch: number;
      epochs: number;
      loss: number;
      /** Seconds of training, evaluation excluded. */
      seconds: number;
      /** The model as it stands; valid until the promise of `report` settles. */
      model: Recommender;
      /** Weights + optimiser + generator + epoch, made only when asked for. */
      checkpoint(): ModelState | Promise<ModelState>;
      /** In plain words, when a run goes wrong in a known way (a trapped loss, a diverged loss). */
      warning?: string;
      /** Extra facts worth a line: kernel launches, live tensors, bytes. */
      notes?: Record<string, number>;
    };

/** A fitted model that another is made of. */
export interface FittedMember {
  /** Model id. */
  id: string;
  name: string;
  /** As given, at least 0; only the proportions count. */
  weight: number;
  model: Recommender;
}

/**
 * Compares variants of one model on the validation set by NDCG@10, the measure epochs are chosen by.
 * `scores` is called for one block of users after another and must hand over the scores [B, I] of every variant in turn;
 * the array may be used again. The number of variants goes into the run's record.
 * @returns one value per variant
 */
export type CompareOnValidation = (variants: number, scores: (users: Int32Array, each: (variant: number, scores: Float32Array) => void) => Promise<void>) => Promise<number[]>;

export interface FitContext<Params> {
  train: TrainData;
  /** Vectors of the chosen text column, if one was chosen. */
  text: TextVectors | null;
  params: Params;
  random: Random;
  signal: AbortSignal;
  /**
   * Tells how far it is and yields to the event loop (pause, step and stop act here).
   * Resolves to 'stop' when training should end early: return the model as it is.
   * Rejects with the signal's reason on cancel.
   */
  report(progress: Progress): Promise<'continue' | 'stop'>;
  /** Continue from here instead of from the start. */
  resume?: ModelState;
  /** For cards with a 'members' parameter: those models, fitted on the same train data. Disposed of with the model. */
  members?: readonly FittedMember[];
  /** Absent where there is no validation set. */
  compare?: CompareOnValidation;
}

export interface FitModule<P extends ParamSpecs = ParamSpecs> {
  fit(ctx: FitContext<ParamsOf<P>>): Promise<Recommender>;
  /** A recommender from what `save()` or `checkpoint()` gave. */
  restore(state: ModelState, ctx: Pick<FitContext<ParamsOf<P>>, 'train' | 'text' | 'params' | 'members'>): Recommender | Promise<Recommender>;
}

export interface Preset<P extends ParamSpecs = ParamSpecs> {
  id: string;
  label: string;
  /** Why one would take it; for "as published", what is questionable about it. */
  note: string;
  params: Partial<ParamsOf<P>>;
  /** Evaluation settings that belong to a published procedure. */
  evaluation?: { selection?: 'validation' | 'test'; maskValidation?: boolean };
}

export interface ModelCard<P extends ParamSpecs = ParamSpecs> {
  id: string;
  name: string;
  paper: { title: string; authors: string; year: number; url?: string } | null;
  /** One sentence: when to choose it. */
  chooseWhen: string;
  /** What `score` gives: an order of items ('rank'), or ratings on the data's own scale ('predict'). Never ranked on one board. */
  task: 'rank' | 'predict';
  /** Trains in epochs (curves) or at once (phases). */
  iterative: boolean;
  /** Runs on TensorFlow.js, so the backend matters. */
  tensors: boolean;
  /** There is no chance in it: every seed gives the same result, so repeats by seed are left out. */
  deterministic?: true;
  needs: { time?: boolean; text?: 'optional' | 'required' };
  params: P;
  /** Parameter names a form shows first, in order; the rest go under "more settings". */
  main: readonly (keyof P & string)[];
  presets: readonly Preset<P>[];
  load(): Promise<FitModule<P>>;
}

export const defineModel = <P extends ParamSpecs>(card: ModelCard<P>): ModelCard<P> => card;

/** For lists of cards whose parameter types differ. */
// oxlint-disable-next-line typescript/no-explicit-any -- a catalogue is heterogeneous; every entry was checked by defineModel
export type AnyModelCard = ModelCard<any>;
