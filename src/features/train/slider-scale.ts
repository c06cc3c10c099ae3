/** Where a value stands on a slider of 1,000 steps, and which value a place means. Linear, or by ratio where the card says 'log'. Pure. */
import type { IntParam, NumberParam } from '../../core/params';

export const STEPS = 1000;

export function toPlace(spec: IntParam | NumberParam, value: number): number {
  const v = Math.min(spec.max, Math.max(spec.min, value));
  if (spec.max <= spec.min) return 0;
  if (spec.scale !== 'log') return ((v - spec.min) / (spec.max - spec.min)) * STEPS;
  const shift = logShift(spec);
  return (Math.log((v + shift) / (spec.min + shift)) / Math.log((spec.max + shift) / (spec.min + shift))) * STEPS;
}

/** Rounded to what one would type: whole numbers, or two significant digits. */
export function fromPlace(spec: IntParam | NumberParam, place: number): number {
  const t = Math.min(1, Math.max(0, place / STEPS));
  if (t === 0) return spec.min;
  if (t === 1) return spec.max;
  const shift = logShift(spec);
  const raw = spec.scale === 'log' ? (spec.min + shift) * ((spec.max + shift) / (spec.min + shift)) ** t - shift : spec.min + t * (spec.max - spec.min);
  const rounded = spec.kind === 'int' ? Math.round(raw) : Number(raw.toPrecision(2));
  return Math.min(spec.max, Math.max(spec.min, rounded));
}

/** A ratio scale cannot begin at zero: then everything is moved by a thousandth of the range (whole numbers: by one). */
const logShift = (spec: IntParam | NumberParam): number => (spec.min > 0 ? 0 : (spec.kind === 'int' ? 1 : spec.max / 1000) - spec.min);

/** 0.0002 → '2e-4', 0.05 → '0.05', 20 → '20'. */
export function numberText(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential().replace('e-0', 'e-');
  return String(value);
}
