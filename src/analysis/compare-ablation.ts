/** Arms of an ablation, each the same model but for one setting, over several seeds of one split. Pure. */
import type { SliceId } from '../core/metric';
import type { RunRecord } from '../core/run';
import { meanInterval } from '../math/interval';
import { holm } from '../math/significance/holm';
import { pairedT } from '../math/significance/paired-t';
import { LEVEL, userValues, usersOfSlice } from './compare';

export const ABLATION_SLICES: readonly SliceId[] = ['all', 'warm', 'cold'];

export interface Arm {
  label: string;
  /** One per seed; all of one split. */
  runs: readonly RunRecord[];
}
export interface ArmFigure {
  seeds: number;
  n: number;
  /** Over seeds. */
  mean: number;
  /** Standard deviation over seeds, n − 1; null with one seed. */
  sd: number | null;
  /** 95 % interval over users of each user's mean over seeds; null where ranks were not kept. */
  low: number | null;
  high: number | null;
  /** Against the reference arm, user by user; null for the reference itself and where it cannot be tested. */
  against: { mean: number; low: number; high: number; p: number; apart: boolean } | null;
}
export interface AblationRow {
  label: string;
  figures: Partial<Record<SliceId, ArmFigure>>;
}

/** Each user's metric, mean over the seeds of an arm. */
function armValues(arm: Arm, key: string): Float64Array | null {
  const all = arm.runs.map((r) => userValues(r, key));
  const n = all[0]?.length ?? 0;
  if (n === 0 || all.some((v) => v?.length !== n)) return null;
  return Float64Array.from({ length: n }, (_, u) => all.reduce((s, v) => s + v![u]!, 0) / all.length);
}

/**
 * Arms without a finished run are left out. Paired t over users of the means over seeds, p by Holm over all arms and slices tested.
 * @param reference place of the arm the others are tested against
 */
export function ablation(arms: readonly Arm[], reference: number, metric: string): AblationRow[] {
  const base = arms[reference]?.runs.length ? armValues(arms[reference]!, metric) : null;
  const p: { figure: ArmFigure; p: number }[] = [];
  const rows = arms.flatMap((arm, a): AblationRow[] => {
    if (arm.runs.length === 0) return [];
    const values = armValues(arm, metric);
    const figures: AblationRow['figures'] = {};
    for (const slice of ABLATION_SLICES) {
      const seeds = arm.runs.flatMap((r) => r.test[slice].metrics[metric]?.value ?? []);
      if (seeds.length === 0) continue;
      const mean = seeds.reduce((s, v) => s + v, 0) / seeds.length;
      const sd = seeds.length > 1 ? Math.sqrt(seeds.reduce((s, v) => s + (v - mean) ** 2, 0) / (seeds.length - 1)) : null;
      const users = usersOfSlice(arm.runs[0]!, slice);
      const around = values && users ? meanInterval(Float64Array.from(users, (u) => values[u]!)) : null;
      const figure: ArmFigure = { seeds: seeds.length, n: arm.runs[0]!.test[slice].n, mean, sd, low: around?.low ?? null, high: around?.high ?? null, against: null };
      if (a !== reference && base && values && users && base.length === values.length && arms[reference]!.runs[0]!.split.hash === arm.runs[0]!.split.hash) {
        const t = pairedT(Float64Array.from(users, (u) => values[u]! - base[u]!));
        if (t) {
          figure.against = { mean: t.mean, low: t.low, high: t.high, p: t.p, apart: false };
          p.push({ figure, p: t.p });
        }
      }
      figures[slice] = figure;
    }
    return [{ label: arm.label, figures }];
  });
  holm(p.map((x) => x.p)).forEach((corrected, k) => {
    const { against } = p[k]!.figure;
    against!.p = corrected;
    against!.apart = corrected < LEVEL;
  });
  return rows;
}

const number = (v: number): string => v.toFixed(4).replace(/^(-?)0\./, '$1.').replace('-', '−');
const where: Partial<Record<SliceId, string>> = { all: 'over all items', warm: 'on warm items', cold: 'on cold items' };

/** The sentence these figures support, or that they support none. `reference` is the label of the arm tested against; `chance`: whether a seed changes anything in the model. */
export function ablationSentence(rows: readonly AblationRow[], reference: string, metric: string, chance = true): string {
  const tested = rows.flatMap((row) => ABLATION_SLICES.flatMap((slice) => {
    const f = row.figures[slice];
    return f?.against ? [{ row, slice, ...f.against }] : [];
  }));
  if (tested.length === 0) return 'There is nothing to test yet: the reference and one more arm have to be finished, with ranks kept user by user.';
  const sure = tested.filter((t) => t.apart);
  const seeds = Math.min(...rows.flatMap((r) => Object.values(r.figures).map((f) => f.seeds)));
  const few = chance && seeds < 3 ? ` With ${seeds === 1 ? 'one seed' : `${seeds} seeds`} an arm's own chance is hardly known.` : '';
  if (sure.length === 0) return `These figures support no sentence: in none of ${tested.length} tests can an arm be told from ${reference} in ${metric} (paired t over users, Holm).${few}`;
  const parts = sure.map((t) => `${t.row.label} is ${t.mean > 0 ? 'better' : 'worse'} than ${reference} ${where[t.slice]} by ${number(Math.abs(t.mean))} ${metric} (${number(t.low)} to ${number(t.high)})`);
  const rest = tested.length - sure.length;
  return `${parts.join('; ')}.${rest > 0 ? ` The other ${rest === 1 ? 'test tells' : `${rest} tests tell`} nothing apart.` : ''} Paired t over users, Holm over ${tested.length} tests.${few}`;
}

/** Header and cells for files: one line per arm and slice, full precision. */
export function ablationCells(rows: readonly AblationRow[], metric: string): { header: string[]; rows: (string | number | null)[][] } {
  return {
    header: ['arm', 'slice', 'n users', 'seeds', metric, 'sd over seeds', '95 % low', '95 % high', 'difference', 'difference low', 'difference high', 'p (Holm)'],
    rows: rows.flatMap((r) => ABLATION_SLICES.flatMap((s) => {
      const f = r.figures[s];
      return f ? [[r.label, s, f.n, f.seeds, f.mean, f.sd, f.low, f.high, f.against?.mean ?? null, f.against?.low ?? null, f.against?.high ?? null, f.against?.p ?? null]] : [];
    })),
  };
}
