/** Figures as the whole page writes them: no leading zero in rates, thousands separated, units a reader need not convert. */

const missing = '–';
const thousands = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A rate in [0, 1] or any small number without its leading zero: .1384, 1.0000, −.0210. */
export function rate(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return missing;
  const text = Math.abs(value).toFixed(digits).replace(/^0\./, '.');
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/**
 * A 95 % interval around its value, as short as is honest: ±.016 when both arms are alike to the digits shown, else .012–.040.
 * @param value the estimate; without it the middle is taken.
 */
export function interval(low: number, high: number, value = (low + high) / 2, digits = 3): string {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return '';
  const down = (value - low).toFixed(digits);
  const up = (high - value).toFixed(digits);
  if (Math.abs(Number(down) - Number(up)) <= 1.5 * 10 ** -digits) return `±${rate((high - low) / 2, digits)}`;
  return `${rate(low, digits)}–${rate(high, digits)}`;
}

/** 71355 → 71,355. */
export const count = (n: number): string => (Number.isFinite(n) ? thousands.format(n) : missing);

/** '1 user', '2 users'. */
export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** Bytes in powers of 1,000, as storage is sold and browsers report it: 214 MB. */
export function bytes(n: number): string {
  if (!Number.isFinite(n)) return missing;
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = n;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${n === 1 ? 'byte' : units[unit]}`;
}

/** A duration: 85 ms, 1.9 s, 25 s, 3 min 05 s, 2 h 10 min. */
export function seconds(s: number): string {
  if (!Number.isFinite(s) || s < 0) return missing;
  if (s === 0) return '0 s';
  if (s < 0.9995) return `${Math.max(1, Math.round(s * 1000))} ms`;
  if (s < 9.95) return `${s.toFixed(1)} s`;
  if (s < 59.5) return `${Math.round(s)} s`;
  const whole = Math.round(s);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  const minutes = Math.round(s / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** .813 → 81 %; .0042 → .4 %: one decimal below 10 %, where it matters, and just below all, which only all is. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return missing;
  const p = share * 100;
  if (p >= 99.5 && p < 100) return p >= 99.95 ? '> 99.9 %' : `${Math.max(99.5, Math.floor(p * 10) / 10)} %`;
  if (p === 0 || Math.abs(p) >= 9.95) return `${Math.round(p)} %`;
  return Math.abs(p) < 0.05 ? '< .1 %' : `${rate(p, 1)} %`;
}

const two = (n: number): string => String(n).padStart(2, '0');
/** 2026-11-21 14:05, by the clock of this device. */
export const localTime = (d: Date): string => `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}`;
