/** A repro capsule: what a run was made of and what it measured, small enough to mail; and the verdict on running it again. Pure. */
import { z } from '../core/schema';
import { SLICES, type SliceId } from '../core/metric';
import { messageOf, Problem } from '../core/problem';
import { runRecordSchema, type RunRecord } from '../core/run';

const CAPSULE_FORMAT = 'coldwave-capsule';
const FIGURES = ['HR@10', 'NDCG@10'] as const;
const { data, split, model, text, seed, selection } = runRecordSchema.shape;

const capsuleSchema = z.object({
  format: z.literal(CAPSULE_FORMAT),
  version: z.literal(1),
  name: z.string().max(500),
  createdAt: z.string(),
  build: z.string(),
  backend: z.string(),
  data,
  split: z.object({ spec: split.shape.spec, hash: z.string() }),
  model, text, seed,
  selection,
  patience: z.number().int().min(0),
  maskValidation: z.boolean(),
  /** Figures may differ by this much, either way. */
  tolerance: z.number().min(0).max(1),
  expected: z.array(z.object({ slice: z.enum(['all', 'warm', 'cold', 'new']), metric: z.string(), value: z.number(), n: z.number().int().min(1) })).min(1),
});
export type Capsule = z.infer<typeof capsuleSchema>;

/** @param tolerance 1e-6 suits models that give the same bits everywhere; other processors and backends round differently */
export function capsuleOf(run: RunRecord, tolerance: number): Capsule {
  const figures = (slice: SliceId): Capsule['expected'] => FIGURES.flatMap((metric) => {
    const v = run.test[slice].metrics[metric];
    return v ? [{ slice, metric, value: v.value, n: run.test[slice].n }] : [];
  });
  return {
    format: CAPSULE_FORMAT, version: 1, name: run.name, createdAt: run.createdAt, build: run.build, backend: run.backend, data: run.data, split: { spec: run.split.spec, hash: run.split.hash },
    model: run.model, text: run.text, seed: run.seed, selection: run.selection, patience: run.measured?.patience ?? 5, maskValidation: run.measured?.maskValidation ?? true, tolerance, expected: SLICES.flatMap(figures),
  };
}

/** @throws Problem naming the file, the first fault and what to do */
export function parseCapsule(textOfFile: string, file: string): Capsule {
  const remedy = 'Choose a file saved with Export capsule.';
  let document: unknown;
  try {
    document = JSON.parse(textOfFile);
  } catch (error) {
    throw new Problem(`This file is not JSON, or was cut off while being saved: ${messageOf(error)}.`, { file }, remedy);
  }
  const parsed = capsuleSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw new Problem(`This is not a capsule that this page can read: ${first?.path.join('.') || 'its top level'}: ${first?.message ?? 'unreadable'}.`, { file }, remedy);
}

export interface CapsuleRow {
  /** 'NDCG@10, cold', or 'split' and 'users measured' where those differ. */
  figure: string;
  expected: number | string;
  got: number | string | null;
  difference: number | null;
  within: boolean;
}
export interface Verdict {
  reproduced: boolean;
  rows: CapsuleRow[];
  /** One sentence. */
  words: string;
}

const digits = (v: number): string => v.toFixed(6);

/**
 * Every expected figure beside the one of `run`. The split and the users of a slice must be the same, figures within the tolerance.
 * Awkward case: a figure the run does not have diverges.
 */
export function judgeCapsule(capsule: Capsule, run: RunRecord): Verdict {
  const rows: CapsuleRow[] = [];
  if (run.split.hash !== capsule.split.hash) rows.push({ figure: 'split', expected: capsule.split.hash, got: run.split.hash, difference: null, within: false });
  for (const e of capsule.expected) {
    const slice = run.test[e.slice];
    if (slice.n !== e.n) rows.push({ figure: `users measured, ${e.slice}`, expected: e.n, got: slice.n, difference: slice.n - e.n, within: false });
    const got = slice.metrics[e.metric]?.value ?? null;
    // The difference of two decimals carries rounding of its own; 1e-12 keeps it from deciding.
    rows.push({ figure: `${e.metric}, ${e.slice}`, expected: e.value, got, difference: got === null ? null : got - e.value, within: got !== null && Math.abs(got - e.value) <= capsule.tolerance + 1e-12 });
  }
  const off = rows.filter((r) => !r.within);
  const worst = off.toSorted((a, b) => Math.abs(b.difference ?? Infinity) - Math.abs(a.difference ?? Infinity))[0];
  const show = (v: number | string | null): string => (v === null ? 'nothing' : typeof v === 'number' && !Number.isInteger(v) ? digits(v) : String(v));
  const words = worst
    ? `It diverges at ${worst.figure}: expected ${show(worst.expected)}, got ${show(worst.got)}${worst.difference === null ? '' : `, difference ${show(worst.difference)}`}${off.length > 1 ? `; ${off.length} of ${rows.length} figures are off` : ''}.`
    : `Reproduced within tolerance: all ${rows.length} figures agree to ±${capsule.tolerance}.`;
  return { reproduced: off.length === 0, rows, words };
}
