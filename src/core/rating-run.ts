/** RatingRun: one model of ratings measured on folds, as one JSON document. Never compared with a RunRecord, which ranks. */
import { z } from './schema';
import { Problem } from './problem';

export const RATING_FORMAT = 'coldwave-rating-run';
export const RATING_VERSION = 1;

export const FOLD_LIMITS = { k: [2, 20], share: [0.01, 0.9], seed: [0, 0xffffffff] } as const;

/** Which ratings are predicted from which. */
export const foldSpecSchema = z.discriminatedUnion('kind', [
  /** The folds that came with the data. */
  z.object({ kind: z.literal('published') }),
  /** Every rating is predicted once, from the other k − 1 parts. */
  z.object({ kind: z.literal('kfold'), k: z.number().int().min(FOLD_LIMITS.k[0]).max(FOLD_LIMITS.k[1]), seed: z.number().int().min(0).max(FOLD_LIMITS.seed[1]) }),
  /** A random share, once. */
  z.object({ kind: z.literal('holdout'), share: z.number().min(FOLD_LIMITS.share[0]).max(FOLD_LIMITS.share[1]), seed: z.number().int().min(0).max(FOLD_LIMITS.seed[1]) }),
]);
export type FoldSpec = z.infer<typeof foldSpecSchema>;

const errors = z.object({
  n: z.number().int().min(0), rmse: z.number().nullable(), mae: z.number().nullable(), r: z.number().nullable(),
  /** 95 % intervals over the fold's test ratings; absent below two ratings and in older runs. */
  intervals: z.object({ rmse: z.tuple([z.number(), z.number()]), mae: z.tuple([z.number(), z.number()]) }).optional(),
});
const slices = z.object({ all: errors, warm: errors, cold: errors, new: errors });
const epoch = z.object({
  epoch: z.number().int(),
  /** Root mean square of the errors before each step. */
  train: z.number().nullable(),
  /** RMSE on the fold's test ratings; watched, never used to choose anything. */
  test: z.number().nullable(),
  seconds: z.number(),
});
const foldResult = z.object({
  fold: z.number().int(),
  train: z.number().int(),
  test: z.number().int(),
  /** Test ratings whose user or item has no train rating. */
  unknownUser: z.number().int(),
  unknownItem: z.number().int(),
  slices,
  seconds: z.object({ fit: z.number(), predict: z.number() }),
  epochs: z.array(epoch),
});
const counts = z.object({ users: z.number().int(), items: z.number().int(), interactions: z.number().int() });
const scalar = z.union([z.number(), z.string(), z.boolean()]);

const ratingRunSchema = z.object({
  format: z.literal(RATING_FORMAT),
  version: z.literal(RATING_VERSION),
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  build: z.string(),
  /** 'stopped': some folds are missing. */
  status: z.enum(['done', 'stopped']),
  data: z.object({ name: z.string(), recipe: z.string(), hash: z.string(), counts, steps: z.array(z.object({ step: z.record(z.string(), scalar), before: counts, after: counts })) }),
  /** Runs are compared only under one folds hash: it covers data and assignment. */
  split: z.object({ spec: foldSpecSchema, name: z.string(), folds: z.number().int(), hash: z.string(), cold: z.discriminatedUnion('kind', [z.object({ kind: z.literal('share'), share: z.number() }), z.object({ kind: z.literal('atMost'), max: z.number() })]) }),
  model: z.object({ id: z.string(), params: z.record(z.string(), scalar) }),
  seed: z.number().int(),
  folds: z.array(foldResult).min(1),
  /** The settings came out of a search on validation folds within the train ratings of fold 1. */
  tuned: z.object({ trials: z.number().int(), strategy: z.string(), metric: z.string() }).optional(),
  /** True minus predicted of every test rating, fold by fold, within a fold by data row: float32, little endian, base64. Absent for very large data. */
  residuals: z.string().optional(),
  seconds: z.number(),
  warnings: z.array(z.string()),
  /** What people say of it, never what it measured. */
  tags: z.array(z.string()).optional(),
  pinned: z.boolean().optional(),
  archived: z.boolean().optional(),
  notes: z.string().optional(),
});
export type RatingRun = z.infer<typeof ratingRunSchema>;
export type FoldResult = z.infer<typeof foldResult>;
export type RatingSliceId = keyof FoldResult['slices'];
export type RatingMeasure = 'rmse' | 'mae' | 'r';

/** @throws Problem naming what is wrong with the document */
export function parseRatingRun(given: unknown, file?: string): RatingRun {
  const found = ratingRunSchema.safeParse(given);
  if (found.success) return found.data;
  const version = typeof given === 'object' && given !== null && 'version' in given ? given.version : undefined;
  if (typeof version === 'number' && version > RATING_VERSION) throw new Problem(`This rating run is of version ${version}; this build reads up to ${RATING_VERSION}.`, file ? { file } : {}, 'Open it with the newer build that wrote it.');
  const issue = found.error.issues[0];
  throw new Problem(`This is no rating run: ${issue ? `${issue.path.join('.') || 'the document'}: ${issue.message}` : 'it cannot be read'}.`, file ? { file } : {}, 'Choose a file exported from the board of rating runs.');
}

/** Mean and sample standard deviation over folds; null where a fold has no value, sd null for a single fold. */
export function overFolds(folds: readonly FoldResult[], slice: RatingSliceId, measure: RatingMeasure): { mean: number | null; sd: number | null; n: number } {
  const found = folds.map((f) => f.slices[slice]);
  const n = found.reduce((s, f) => s + f.n, 0);
  const values = found.flatMap((f) => f[measure] ?? []);
  if (values.length === 0) return { mean: null, sd: null, n };
  const mean = values.reduce((s, x) => s + x, 0) / values.length;
  const sd = values.length < 2 ? null : Math.sqrt(values.reduce((s, x) => s + (x - mean) ** 2, 0) / (values.length - 1));
  return { mean, sd, n };
}

export function packResiduals(values: Float32Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let text = '';
  for (let k = 0; k < bytes.length; k += 8192) text += String.fromCharCode(...bytes.subarray(k, k + 8192));
  return btoa(text);
}
export function unpackResiduals(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  return new Float32Array(bytes.buffer, 0, Math.floor(bytes.length / 4));
}

export type RatingProgress =
  | { kind: 'ready'; folds: number; epochs: number; name: string; hash: string }
  | { kind: 'phase'; fold: number; label: string; done: number; total: number }
  | { kind: 'batch'; fold: number; epoch: number; epochs: number; done: number; total: number; loss: number }
  | { kind: 'epoch'; fold: number; epoch: number; epochs: number; train: number | null; test: number | null }
  | { kind: 'fold'; result: FoldResult };
