/** The space a search looks through: a range or a list of values per parameter. Each dimension can be read as the interval [0, 1]. */
import type { ParamSpec, ParamSpecs, ParamValue } from '../../core/params';
import { Problem } from '../../core/problem';

export interface RangeDimension {
  name: string;
  kind: 'int' | 'number';
  min: number;
  max: number;
  scale: 'linear' | 'log';
  /** Values a grid takes along it, both ends included. */
  steps: number;
}
export interface ListDimension {
  name: string;
  kind: 'choice' | 'toggle';
  values: readonly ParamValue[];
}
export type Dimension = RangeDimension | ListDimension;
export type Space = readonly Dimension[];
export type Point = Record<string, ParamValue>;

export const isRange = (d: Dimension): d is RangeDimension => d.kind === 'int' || d.kind === 'number';

/** Three significant digits: what one would type, and fine enough for any search. */
const round3 = (x: number): number => Number(x.toPrecision(3));

/** The value at place t of [0, 1]; whole numbers are rounded, others cut to three digits, both kept within the range. */
export function valueAt(d: RangeDimension, t: number): number {
  if (t <= 0) return d.min;
  if (t >= 1) return d.max;
  if (d.kind === 'int' && d.scale === 'linear') return Math.min(d.max, d.min + Math.floor(t * (d.max - d.min + 1)));
  const raw = d.scale === 'log' ? d.min * (d.max / d.min) ** t : d.min + t * (d.max - d.min);
  return Math.min(d.max, Math.max(d.min, d.kind === 'int' ? Math.round(raw) : round3(raw)));
}

/** Where a value stands in [0, 1]; 0.5 in a range of one value. */
export function placeOf(d: RangeDimension, value: number): number {
  if (d.max <= d.min) return 0.5;
  const t = d.scale === 'log' ? Math.log(value / d.min) / Math.log(d.max / d.min) : (value - d.min) / (d.max - d.min);
  return Math.min(1, Math.max(0, t));
}

/** The distinct values a grid takes along a dimension, ascending or as listed. */
export function gridValues(d: Dimension): ParamValue[] {
  if (!isRange(d)) return [...d.values];
  if (d.steps === 1 || d.max === d.min) return [d.min];
  const at = (k: number): number => {
    const t = k / (d.steps - 1);
    // Evenly spaced whole numbers, not the equal cells that drawing one at random wants.
    return d.kind === 'int' && d.scale === 'linear' ? Math.round(d.min + t * (d.max - d.min)) : valueAt(d, t);
  };
  return [...new Set(Array.from({ length: d.steps }, (_, k) => at(k)))];
}

export type SearchableParam = Extract<ParamSpec, { kind: 'int' | 'number' | 'choice' | 'toggle' }>;
/** Numbers and short lists of values; columns and the like are not points on a scale. */
export const isSearchable = (spec: ParamSpec): spec is SearchableParam => spec.kind === 'int' || spec.kind === 'number' || spec.kind === 'choice' || spec.kind === 'toggle';

const MOST_STEPS = 50;

/** What is asked of one parameter before it is checked; numbers may still be text, as forms and addresses carry them. */
export interface WantedDimension {
  name: string;
  min?: unknown;
  max?: unknown;
  scale?: 'linear' | 'log';
  steps?: unknown;
  values?: readonly unknown[];
}

/**
 * Checks what is to be searched against what the model takes.
 * @throws Problem naming the parameter, what was received and the range allowed
 */
export function checkedDimension(spec: ParamSpec | undefined, want: WantedDimension, known: readonly string[] = []): Dimension {
  const { name } = want;
  if (!spec) throw new Problem(`There is no parameter "${name}" to search.`, {}, known.length ? `This model has: ${known.join(', ')}.` : 'This model has none.');
  if (!isSearchable(spec)) throw new Problem(`${name} is a list and cannot be searched.`, {}, 'Compare runs with other lists instead.');
  if (spec.kind === 'choice' || spec.kind === 'toggle') {
    const allowed: ParamValue[] = spec.kind === 'toggle' ? [false, true] : spec.options.map((o) => o.value);
    const values = (want.values ?? allowed).map((v) => allowed.find((a) => String(a) === String(v)) ?? fail(`${name} must be among ${allowed.join(', ')}; received ${JSON.stringify(v)}.`));
    if (values.length === 0) fail(`${name} needs at least one of ${allowed.join(', ')}.`);
    return { name, kind: spec.kind, values: [...new Set(values)] };
  }
  const whole = spec.kind === 'int';
  const words = `${whole ? 'a whole number' : 'a number'} from ${spec.min} to ${spec.max}`;
  const end = (which: 'least' | 'most', given: unknown): number => {
    const n = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
    if (typeof n !== 'number' || !Number.isFinite(n) || n < spec.min || n > spec.max || (whole && !Number.isInteger(n))) {
      return fail(`The ${which} ${name} to try must be ${words}; received ${JSON.stringify(given ?? null)}.`);
    }
    return n;
  };
  const min = end('least', want.min);
  const max = end('most', want.max);
  if (min > max) fail(`The range of ${name} begins above its end (${min} > ${max}); it must lie within ${spec.min} to ${spec.max}.`);
  const scale = want.scale ?? spec.scale ?? 'linear';
  if (scale === 'log' && min <= 0) fail(`${name} is searched by ratio, so its range must begin above 0 (up to ${spec.max}); received ${min}.`);
  const steps = want.steps === undefined || want.steps === '' ? 4 : Number(want.steps);
  if (!Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS) fail(`The grid takes from 1 to ${MOST_STEPS} values of ${name}; received ${JSON.stringify(want.steps)}.`);
  return { name, kind: spec.kind, min, max, scale, steps };
}

const fail = (what: string): never => {
  throw new Problem(what, {}, 'Change the range and start again.');
};

/** @throws Problem when nothing is to be searched, a name occurs twice, or a range is not allowed */
export function checkedSpace(specs: ParamSpecs, wanted: readonly WantedDimension[]): Space {
  if (wanted.length === 0) throw new Problem('No parameter is to be searched.', {}, 'Choose at least one.');
  const names = wanted.map((w) => w.name);
  const twice = names.find((n, k) => names.indexOf(n) !== k);
  if (twice !== undefined) throw new Problem(`${twice} is given twice.`, {}, 'Give each parameter one range.');
  return wanted.map((w) => checkedDimension(specs[w.name], w, Object.keys(specs)));
}

/** A first range to search: a factor of ten to either side of the default on ratio scales, else the card's range where it is not far wider than the default. */
export function usualDimension(name: string, spec: ParamSpec): Dimension | null {
  if (!isSearchable(spec)) return null;
  if (spec.kind === 'toggle') return { name, kind: 'toggle', values: [false, true] };
  if (spec.kind === 'choice') return { name, kind: 'choice', values: spec.options.map((o) => o.value) };
  const { default: usual, kind } = spec;
  const clip = (x: number): number => Math.min(spec.max, Math.max(spec.min, kind === 'int' ? Math.round(x) : round3(x)));
  if (spec.scale === 'log') {
    // A default of nothing has no factor of ten to either side: then the three powers of ten below the card's end.
    const around = usual > 0 ? usual : spec.max / 100;
    const least = spec.min > 0 ? spec.min : kind === 'int' ? 1 : 0;
    return { name, kind, min: Math.max(least, kind === 'int' ? Math.round(around / 10) : round3(around / 10)), max: clip(around * 10), scale: 'log', steps: 4 };
  }
  const wide = usual > 0 && spec.max > 10 * usual;
  return { name, kind, min: spec.min, max: wide ? clip(usual * 3) : spec.max, scale: 'linear', steps: 4 };
}
