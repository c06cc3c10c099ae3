/** Runs as chart lines: one tone per slice, one line style per run. Pure. */
import type { SliceId } from '../../core/metric';
import type { BaselineLine } from '../../core/run';
import type { ChartPoint } from '../../ui/chart-data';
import { oneLine } from '../../ui/plot-scale';
import { sameAsBaseline, type ShownRun } from './shown';

export interface ChartSeries {
  id: string;
  label: string;
  tone: SliceId | 'faint';
  /** Which of several runs this line belongs to: 0 solid, 1 dashed, 2 dotted, … */
  style: number;
  points: ChartPoint[];
}

export const sliceWords: Record<SliceId, string> = { all: 'all', warm: 'warm', cold: 'cold', new: 'new' };
export const sliceTitles: Record<SliceId, string> = { all: 'All items', warm: 'Warm', cold: 'Cold', new: 'Strictly new' };

/** Validation curves. One run: a line per slice. Several: `slices[0]` of each, labelled by run. */
export function metricSeries(runs: readonly ShownRun[], slices: readonly SliceId[], key: string): ChartSeries[] {
  const line = (run: ShownRun, slice: SliceId): ChartPoint[] =>
    run.epochs.flatMap((e) => {
      const v = e.validation?.[slice].metrics[key];
      return v ? [{ x: e.epoch, y: v.value, low: v.low, high: v.high }] : [];
    });
  const one = runs[0];
  if (!one) return [];
  if (runs.length === 1) {
    return slices.map((s) => ({ id: s, label: sliceWords[s], tone: s, style: 0, points: line(one, s) })).filter((s) => s.points.length > 0);
  }
  const slice = slices[0] ?? 'all';
  const names = distinctNames(runs);
  return runs.map((run, k) => ({ id: run.id, label: names[k]!, tone: slice, style: k, points: line(run, slice) })).filter((s) => s.points.length > 0);
}

export function lossSeries(runs: readonly ShownRun[]): ChartSeries[] {
  const names = distinctNames(runs);
  return runs.map((run, k) => ({ id: run.id, label: runs.length > 1 ? names[k]! : 'loss', tone: 'all' as const, style: k, points: run.losses })).filter((s) => s.points.length > 0);
}

/** Dashed lines: popularity, random and, where the truth is known, the oracle, for one slice on validation. */
/** `several` slices are drawn: then the line says whose it is, since another slice may well lie above it. */
export function baselineLines(run: ShownRun, slice: SliceId, key: string, several = false): { label: string; y: number }[] {
  const order: BaselineLine['id'][] = ['oracle', 'popularity', 'random'];
  return order.flatMap((id) => {
    const y = run.baselines.find((b) => b.id === id)?.validation?.[slice].metrics[key]?.value;
    return y === undefined || sameAsBaseline(run, id) ? [] : [{ label: several ? `${id}, ${slice}` : id, y }];
  });
}

/** Letters that fit at a line's end. */
const FITS = 22;

/** As many whole parts as fit, from the first on; a first part that is too long is cut. */
function leading([first = '', ...others]: readonly string[]): string {
  let name = first.length > FITS ? `${first.slice(0, FITS - 1).trimEnd()}…` : first;
  for (const part of others) {
    if (name.length + 2 + part.length > FITS) break;
    name += `, ${part}`;
  }
  return name;
}

/** Names short enough to stand at a line's end: what all names share is left out, and the second of one name gets a number. */
export function distinctNames(runs: readonly Pick<ShownRun, 'name'>[]): string[] {
  // A mark that turns the reading direction would turn the sentence a name stands in.
  const parts = runs.map((r) => oneLine(r.name, 400).split(', '));
  const shared = (part: string): boolean => runs.length > 1 && parts.every((p) => p.includes(part));
  const seen = new Map<string, number>();
  return parts.map((own) => {
    const rest = own.filter((p) => !shared(p));
    const name = leading(rest.length > 0 ? rest : own.slice(-1)) || 'no name';
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return n === 1 ? name : `${name} (${n})`;
  });
}
