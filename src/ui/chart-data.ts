/** Arithmetic of line charts: axes, downsampling, where labels go, and the rows behind the picture. */
import type { Tone } from './Mark';

export interface ChartPoint {
  x: number;
  y: number;
  /** Ends of the interval around y, where there is one. */
  low?: number;
  high?: number;
}
export interface ChartSeries {
  id: string;
  label: string;
  tone: Tone;
  dashed?: boolean;
  /** Dash pattern of its own, for the third line and on: '2 3'. */
  dash?: string;
  points: ChartPoint[];
}
export interface Baseline {
  label: string;
  y: number;
}

/** A step of 1, 2, 2.5 or 5 times a power of ten that cuts `span` into at most `parts` parts; `whole` steps are whole numbers. */
export function niceStep(span: number, parts: number, whole = false): number {
  const rough = whole ? Math.max(1, span / parts) : span / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (whole && power === 1 ? [1, 2, 5, 10] : [1, 2, 2.5, 5, 10]).find((m) => m * power >= rough * (1 - 1e-9)) ?? 10;
  return step * power;
}

export interface Axis {
  min: number;
  max: number;
  ticks: number[];
  /** Decimals a tick needs. */
  digits: number;
}

const digitsOf = (step: number): number => Math.min(8, Math.max(0, [0, 1, 2, 3, 4, 5, 6, 7].find((d) => Math.abs(step * 10 ** d - Math.round(step * 10 ** d)) < 1e-6) ?? 8));

/**
 * The y axis over values, intervals and baselines. It starts at zero unless the values lie so far from it
 * that a curve would be flattened (all in the upper half of the range).
 */
export function yAxis(series: readonly ChartSeries[], baselines: readonly Baseline[]): Axis {
  let low = Infinity;
  let high = -Infinity;
  for (const s of series) {
    for (const p of s.points) {
      for (const v of [p.y, p.low ?? p.y, p.high ?? p.y]) {
        if (v < low) low = v;
        if (v > high) high = v;
      }
    }
  }
  for (const b of baselines) {
    if (b.y < low) low = b.y;
    if (b.y > high) high = b.y;
  }
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { min: 0, max: 1, ticks: [0, 0.25, 0.5, 0.75, 1], digits: 2 };
  if (low >= 0 && low < high / 2) low = 0;
  if (high <= 0 && high > low / 2) high = 0;
  if (high === low) {
    // One value only: from zero to it, so that a share that is all of it does not stand on an axis up to 160 %.
    if (low > 0) low = 0;
    else if (high < 0) high = 0;
    else high = 1;
  }
  const step = niceStep(high - low, 5);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  return { min: ticks[0]!, max: ticks.at(-1)!, ticks, digits: digitsOf(step) };
}

/** The x axis from the first point to `xMax` (the end of the work, so that what is unfinished shows) or the last point. */
export function xAxis(series: readonly ChartSeries[], xMax?: number, parts = 6): Axis {
  let min = Infinity;
  let max = xMax ?? -Infinity;
  for (const s of series) {
    const first = s.points[0];
    const last = s.points.at(-1);
    if (first && first.x < min) min = first.x;
    if (last && last.x > max) max = last.x;
  }
  if (!Number.isFinite(max)) max = 1;
  if (!Number.isFinite(min)) min = max > 1 ? 1 : 0;
  if (max <= min) max = min + 1;
  const whole = series.every((s) => s.points.every((p) => Number.isInteger(p.x)));
  const step = niceStep(max - min, parts, whole);
  const inner: number[] = [];
  for (let t = Math.ceil(min / step + 1e-9) * step; t < max - step * 0.45; t += step) if (t > min + step * 0.45) inner.push(Number(t.toPrecision(12)));
  return { min, max, ticks: [min, ...inner, max], digits: digitsOf(step) };
}

/**
 * At most `limit` points that keep the line's shape: of each bucket the point that spans the largest triangle with its
 * neighbours (Steinarsson 2013, "Downsampling time series for visual representation", LTTB). First and last stay.
 */
export function downsample(points: readonly ChartPoint[], limit = 1000): ChartPoint[] {
  const n = points.length;
  if (n <= limit || limit < 3) return [...points];
  const out: ChartPoint[] = [points[0]!];
  const size = (n - 2) / (limit - 2);
  for (let b = 0; b < limit - 2; b++) {
    const start = Math.floor(b * size) + 1;
    const end = Math.floor((b + 1) * size) + 1;
    const nextEnd = Math.min(n, Math.floor((b + 2) * size) + 1);
    let ax = 0;
    let ay = 0;
    for (let i = end; i < nextEnd; i++) {
      ax += points[i]!.x;
      ay += points[i]!.y;
    }
    ax /= nextEnd - end;
    ay /= nextEnd - end;
    const from = out.at(-1)!;
    let best = points[start]!;
    let bestArea = -1;
    for (let i = start; i < end; i++) {
      const p = points[i]!;
      const area = Math.abs((from.x - ax) * (p.y - from.y) - (from.x - p.x) * (ay - from.y));
      if (area > bestArea) {
        bestArea = area;
        best = p;
      }
    }
    out.push(best);
  }
  out.push(points[n - 1]!);
  return out;
}

/** Every x there is, ascending, with each series' point at it. */
export interface ChartRow {
  x: number;
  points: (ChartPoint | null)[];
}
export function chartRows(series: readonly ChartSeries[]): ChartRow[] {
  const rows = new Map<number, ChartRow>();
  series.forEach((s, index) => {
    for (const p of s.points) {
      let row = rows.get(p.x);
      if (!row) {
        row = { x: p.x, points: series.map(() => null) };
        rows.set(p.x, row);
      }
      row.points[index] = p;
    }
  });
  return [...rows.values()].sort((a, b) => a.x - b.x);
}

export interface Placed {
  /** Left end and width of the label, in pixels. */
  x: number;
  width: number;
  y: number;
}

/** Moves labels down (and, at the bottom, up again) until none covers another; order from top to bottom is kept. */
export function spread<T extends Placed>(labels: readonly T[], gap: number, top: number, bottom: number): T[] {
  const placed = labels.map((l) => ({ ...l, y: Math.min(Math.max(l.y, top), bottom) })).sort((a, b) => a.y - b.y);
  const meet = (a: Placed, b: Placed): boolean => a.x < b.x + b.width && b.x < a.x + a.width;
  for (let i = 0; i < placed.length; i++) {
    for (let j = 0; j < i; j++) if (meet(placed[i]!, placed[j]!)) placed[i]!.y = Math.max(placed[i]!.y, placed[j]!.y + gap);
  }
  for (let i = placed.length - 1; i >= 0; i--) {
    placed[i]!.y = Math.min(placed[i]!.y, bottom);
    for (let j = placed.length - 1; j > i; j--) if (meet(placed[i]!, placed[j]!)) placed[i]!.y = Math.min(placed[i]!.y, placed[j]!.y - gap);
  }
  return placed;
}
