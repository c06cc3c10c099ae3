/** RunRecord: everything needed to repeat and to defend a result, as one JSON document. */
import { z } from './schema';

export const RUN_FORMAT = 'coldwave-run';
export const RUN_VERSION = 1;

const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });
const slice = z.object({ n: z.number().int().min(0), metrics: z.record(z.string(), estimate), empty: z.string().optional() });
const evaluation = z.object({ all: slice, warm: slice, cold: slice, new: slice });
const counts = z.object({ users: z.number().int(), items: z.number().int(), interactions: z.number().int() });

/** Of one set of top-K lists. Null where it has no value: nothing was shown, or no vectors say how alike items are. */
const beyondAccuracy = z.object({
  coverage: z.number().nullable(),
  gini: z.number().nullable(),
  /** Bits. */
  novelty: z.number().nullable(),
  /** Train users. */
  averagePopularity: z.number().nullable(),
  diversity: z.number().nullable(),
  /** Nats; absent where no column of items has labels for it, and in older runs. */
  calibration: z.number().nullable().optional(),
});

const cleaningRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('duplicates'), keep: z.enum(['first', 'last', 'sum']) }),
  z.object({ kind: z.literal('minValue'), min: z.number() }),
  z.object({ kind: z.literal('core'), k: z.number().int() }),
]);
const splitSpec = z.object({
  protocol: z.enum(['last', 'hash', 'random', 'temporal', 'file', 'listed']),
  validation: z.boolean(),
  cold: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('share'), share: z.number() }),
    z.object({ kind: z.literal('atMost'), max: z.number() }),
  ]),
  seed: z.number().int(),
  testShare: z.number(),
  validationShare: z.number(),
});

const epochRecord = z.object({
  epoch: z.number().int(),
  loss: z.number().nullable(),
  /** Training and evaluation seconds. */
  seconds: z.number(),
  evaluateSeconds: z.number(),
  /** Bytes held by tensors after the epoch, where the model uses tensors. */
  memory: z.number().nullable(),
  /** Null where there is no validation set (and, with selection on test, the test set as published). */
  validation: evaluation.nullable(),
  warning: z.string().optional(),
  notes: z.record(z.string(), z.number()).optional(),
});

export const runRecordSchema = z.object({
  format: z.literal(RUN_FORMAT),
  version: z.literal(RUN_VERSION),
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  build: z.string(),
  status: z.enum(['done', 'stopped', 'failed']),
  data: z.object({
    name: z.string(),
    recipe: z.string(),
    hash: z.string(),
    counts,
    steps: z.array(z.object({ step: cleaningRule, before: counts, after: counts })),
  }),
  split: z.object({
    protocol: splitSpec.shape.protocol,
    spec: splitSpec,
    hash: z.string(),
    train: z.number().int(),
    validation: z.number().int(),
    test: z.number().int(),
    coldItems: z.number().int(),
    newItems: z.number().int(),
    leakage: z.number().nullable(),
    /** Held-out interactions that repeated one the user already has, and so were not measured. */
    repeats: z.number().int().min(0).optional(),
  }),
  model: z.object({ id: z.string(), params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])) }),
  /** Text column fed to the model and who made its vectors. */
  text: z.object({ column: z.string(), encoder: z.string(), /** Items without text. */ missing: z.number().int().min(0).optional() }).nullable(),
  seed: z.number().int(),
  backend: z.string(),
  /** What the model was chosen by: 'none' for models without epochs. */
  selection: z.enum(['validation', 'test', 'last', 'none']),
  /** The rest of how it was chosen and measured: epochs without a better one before it ends (0 = never); validation items kept out of the test's candidates. */
  measured: z.object({ patience: z.number().int(), maskValidation: z.boolean() }).optional(),
  bestEpoch: z.number().int().nullable(),
  epochs: z.array(epochRecord),
  test: evaluation,
  /** Same split: popularity, random expectation and, where known, the oracle. Validation lines for charts, test lines for tables. */
  baselines: z.array(z.object({ id: z.enum(['popularity', 'random', 'oracle']), validation: evaluation.nullable(), test: evaluation })),
  /** Measures beyond accuracy over the first k items of every user measured at the test, and of popularity's lists for the same users. */
  beyond: z.object({
    k: z.number().int().min(1),
    lists: z.number().int().min(0),
    /** Whose vectors `diversity` compares: those of the text, of the model itself, or nobody's. */
    vectors: z.enum(['text', 'model']).nullable(),
    /** Item column whose labels `calibration` compares. */
    calibratedBy: z.string().optional(),
    model: beyondAccuracy,
    popularity: beyondAccuracy,
  }).optional(),
  /**
   * Test rank of each measured user's one held-out item, users in ascending order; 0 where it was no candidate.
   * Runs of one split hash list the same users, so their differences can be tested pair by pair. Absent where a user has several such items.
   */
  perUser: z.object({
    users: z.number().int(),
    ranks: z.array(z.number().int().min(0)),
    /** One letter a user, by their held-out item: w warm, c cold, n cold and strictly new. Absent in older runs. */
    slices: z.string().regex(/^[wcn]*$/).optional(),
  }).optional(),
  seconds: z.object({ load: z.number(), prepare: z.number(), fit: z.number(), evaluate: z.number() }),
  /** Only where candidates were sampled: such figures never stand beside full ranking. */
  sampled: z.object({ origin: z.enum(['listed']), negatives: z.number().int().min(1) }).optional(),
  /** The batch of runs this one was part of. */
  plan: z.object({ id: z.string(), kind: z.enum(['leaderboard', 'ablation', 'search', 'reproduce']), title: z.string() }).optional(),
  /** Settings came out of a search on validation: how many trials it had, by which strategy, and the measure it chose by. */
  tuned: z.object({ trials: z.number().int().min(1), strategy: z.string(), metric: z.string() }).optional(),
  tags: z.array(z.string()).optional(),
  pinned: z.boolean().optional(),
  archived: z.boolean().optional(),
  warnings: z.array(z.string()),
  notes: z.string().default(''),
});
export type RunRecord = z.infer<typeof runRecordSchema>;
export type EpochRecord = z.infer<typeof epochRecord>;
export type BeyondAccuracy = z.infer<typeof beyondAccuracy>;
export type BaselineLine = RunRecord['baselines'][number];

/** Step n lifts a document of version n to version n+1. */
const migrations: Record<number, (doc: Record<string, unknown>) => Record<string, unknown>> = {};

/**
 * Reads a stored or imported run, migrating old versions step by step.
 * @throws Error in plain words when it is not a run, is newer than this build, or is damaged (with the path of the first fault).
 */
export function parseRunRecord(input: unknown): RunRecord {
  let doc = input as Record<string, unknown>;
  if (typeof doc !== 'object' || doc === null || doc['format'] !== RUN_FORMAT) {
    throw new Error(`This is not a Coldwave run: its "format" is not "${RUN_FORMAT}". Choose a file saved with Export run.`);
  }
  let version = Number(doc['version']);
  if (!Number.isInteger(version) || version < 1) throw new Error('This run has no readable version number, so it cannot be imported.');
  if (version > RUN_VERSION) throw new Error(`This run was saved by a newer Coldwave (version ${version}; this one reads up to ${RUN_VERSION}). Update Coldwave, then import it again.`);
  while (version < RUN_VERSION) {
    const step = migrations[version];
    if (!step) throw new Error(`Runs of version ${version} can no longer be read.`);
    doc = step(doc);
    version += 1;
  }
  const parsed = runRecordSchema.safeParse(doc);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    throw new Error(`This run file is damaged at ${first?.path.join('.') || 'its top level'}: ${first?.message ?? 'unreadable'}.`);
  }
  return parsed.data;
}
