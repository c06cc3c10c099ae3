/** From data to pixels: linear and logarithmic axes, their ticks, and how much of a label fits. */
import { niceStep } from './chart-data';

export type ScaleKind = 'linear' | 'log';

export interface Scale {
  kind: ScaleKind;
  min: number;
  max: number;
  ticks: number[];
  /** Pixel of a value; on a log axis values at or below zero lie at its foot. */
  px(value: number): number;
  /** Value at a pixel. */
  at(pixel: number): number;
}

/**
 * Axis from pixel `from` to pixel `to` (turned round for y) over [min, max], with at most about `parts` ticks.
 * `nice` widens a linear axis to whole steps. A log axis needs min > 0; anything else starts it at the smallest step below max.
 */
export function makeScale(kind: ScaleKind, [min, max]: readonly [number, number], [from, to]: readonly [number, number], parts: number, nice = false): Scale {
  let low = Number.isFinite(min) ? min : 0;
  let high = Number.isFinite(max) ? max : 1;
  if (kind === 'log') {
    if (!(low > 0)) low = high > 0 ? Math.min(1, high) : 1;
    if (!(high > low)) high = low * 10;
    const span = Math.log(high / low);
    return {
      kind,
      min: low,
      max: high,
      ticks: logTicks(low, high, parts),
      px: (v) => (v > low ? from + ((to - from) * Math.log(v / low)) / span : from),
      at: (p) => low * Math.exp((span * (p - from)) / (to - from)),
    };
  }
  if (high <= low) high = low + (Math.abs(low) || 1);
  const step = niceStep(high - low, Math.max(1, parts));
  if (nice) {
    low = Math.floor(low / step + 1e-9) * step;
    high = Math.ceil(high / step - 1e-9) * step;
  }
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) ticks.push(Number((k * step).toPrecision(12)));
  return { kind, min: low, max: high, ticks, px: (v) => from + ((to - from) * (v - low)) / (high - low), at: (p) => low + ((high - low) * (p - from)) / (to - from) };
}

/** Powers of ten, with 2 and 5 between them where there is room. */
export function logTicks(low: number, high: number, parts: number): number[] {
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.ceil(Math.log10(high) - 1e-9);
  const within = (v: number): boolean => v >= low * (1 - 1e-9) && v <= high * (1 + 1e-9);
  const of = (mantissas: readonly number[], every: number): number[] => {
    const out: number[] = [];
    for (let e = first; e <= last; e += every) for (const m of mantissas) if (within(m * 10 ** e)) out.push(Number((m * 10 ** e).toPrecision(12)));
    return out;
  };
  const fine = of([1, 2, 5], 1);
  if (fine.length <= parts + 1) return fine;
  return of([1], Math.max(1, Math.ceil((last - first) / Math.max(1, parts))));
}

/** Rough width of a label in pixels: close enough to keep labels apart, the same in every browser. */
export const labelWidth = (label: string, size = 11): number => label.length * size * 0.58 + 4;

/** As much of a label as fits, with an ellipsis. Line ends and direction marks would break the drawing, so they go. */
export function fitLabel(label: string, pixels: number, size = 11.5): string {
  const plain = oneLine(label);
  const fits = Math.max(1, Math.floor((pixels - 4) / (size * 0.56)));
  // Whole letters: cutting a string by code units could halve one.
  const letters = Array.from(plain);
  return letters.length <= fits ? plain : `${letters.slice(0, Math.max(1, fits - 1)).join('').replace(/[\s,.:;·]+$/, '')}…`;
}

/** One line without control characters, short enough to be read out. */
export function oneLine(label: string, limit = 160): string {
  const plain = label.slice(0, limit * 4).replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').replace(/\s+/g, ' ').trim();
  return plain.length > limit ? `${plain.slice(0, limit - 1).replace(/[\s,.:;·]+$/, '')}…` : plain;
}

/** A tick in few letters: 1,000 → 1k, 2,500,000 → 2.5M. */
export function shortNumber(v: number): string {
  const a = Math.abs(v);
  const sign = v < 0 ? '−' : '';
  const trim = (x: number): string => String(Number(x.toPrecision(3)));
  if (a >= 1e9) return `${sign}${trim(a / 1e9)}B`;
  if (a >= 1e6) return `${sign}${trim(a / 1e6)}M`;
  if (a >= 1e4) return `${sign}${trim(a / 1e3)}k`;
  if (a >= 1e3) return `${sign}${Math.round(a).toLocaleString('en-US')}`;
  if (a === 0) return '0';
  if (a < 1) return `${sign}${a >= 0.001 ? trim(a).replace(/^0/, '') : a.toExponential(0)}`;
  return `${sign}${trim(a)}`;
}
