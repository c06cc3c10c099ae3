/** Cells → numbers and times. Everything else about a cell is kept as it stands. */

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
// '1,234' may be a thousand or one and a bit: it is refused rather than read wrongly.
const DECIMAL_COMMA = /^[+-]?(?:0,\d+|\d+,(?:\d{1,2}|\d{4,}))$/;

/** A finite number, or NaN. A decimal comma is read as one where it cannot mean thousands; 'NA', '' and words are not numbers. */
export function parseNumber(cell: string): number {
  const text = cell.trim();
  if (NUMBER.test(text)) return Number(text);
  return DECIMAL_COMMA.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
}

/** Cells that stand for "nothing" in a column of numbers or dates. In text they are words like any other: 'NA' is a song. */
export const isEmptyValue = (cell: string): boolean => /^\s*(na|n\/a|nan|null|none|-)?\s*$/i.test(cell);

const ISO = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const DAY_MONTH = /^(\d{1,2})[-\s]([A-Za-z]{3})[a-z]*[-\s](\d{4})$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** How the whole numbers of a time column are meant; decided once per column, by its sample. */
export type TimeUnit = 'years' | 'yyyymmdd' | 'seconds' | 'milliseconds' | 'microseconds';

export function timeUnitOf(sample: readonly string[]): TimeUnit {
  const numbers = sample.map((c) => parseNumber(c)).filter((x) => !Number.isNaN(x));
  const all = (test: (x: number) => boolean): boolean => numbers.length > 0 && numbers.every(test);
  if (all((x) => Number.isInteger(x) && x >= 1500 && x <= 2200)) return 'years';
  if (all((x) => Number.isInteger(x) && !Number.isNaN(compactDate(x)))) return 'yyyymmdd';
  const middle = numbers.map(Math.abs).sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
  return middle >= 1e14 ? 'microseconds' : middle >= 1e11 ? 'milliseconds' : 'seconds';
}

/**
 * Seconds since 1970, or NaN. Reads epoch numbers in the column's unit, YYYY, YYYY-MM, YYYY-MM-DD (the start of that time),
 * ISO date-times (UTC unless they say otherwise) and '01-Jan-1995'.
 */
export function parseTime(cell: string, unit: TimeUnit): number {
  const text = cell.trim();
  const x = parseNumber(text);
  if (!Number.isNaN(x)) {
    if (unit === 'years') return Number.isInteger(x) ? utc(x, 1, 1) : Number.NaN;
    if (unit === 'yyyymmdd') return compactDate(x);
    return unit === 'seconds' ? x : unit === 'milliseconds' ? x / 1e3 : x / 1e6;
  }
  const iso = ISO.exec(text);
  if (iso) {
    const [, y, mo = '1', d = '1', h = '0', mi = '0', s = '0', fraction = '0', zone = 'Z'] = iso;
    const day = utc(Number(y), Number(mo), Number(d));
    if (Number(h) > 24 || Number(mi) > 59 || Number(s) > 60) return Number.NaN;
    return day + Number(h) * 3600 + Number(mi) * 60 + Number(s) + Number(fraction) - offsetOf(zone);
  }
  const named = DAY_MONTH.exec(text);
  return named ? utc(Number(named[3]), MONTHS.indexOf(named[2]!.toLowerCase()) + 1, Number(named[1])) : Number.NaN;
}

function offsetOf(zone: string): number {
  if (!/^[+-]/.test(zone)) return 0;
  const digits = zone.slice(1).replace(':', '');
  return (zone[0] === '-' ? -1 : 1) * (Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60);
}

/** Seconds at the start of a day, NaN for a day that does not exist (month 13, 30 February). */
function utc(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / 1000 : Number.NaN;
}

function compactDate(x: number): number {
  const year = Math.floor(x / 10000);
  return year >= 1900 && year <= 2100 ? utc(year, Math.floor(x / 100) % 100, x % 100) : Number.NaN;
}

export const looksLikeDate = (cell: string): boolean => {
  const text = cell.trim();
  return (ISO.test(text) && text.length > 4) || DAY_MONTH.test(text);
};

const BYTES = /^b'(.*)'$|^b"(.*)"$/s;

/** What stands inside a Python bytes literal (`b'abc'`, with \xNN escapes read as UTF-8); other text as it is. */
export function unwrapBytes(cell: string): string {
  if (cell[0] !== 'b') return cell;
  const match = BYTES.exec(cell);
  if (!match) return cell;
  const inner = match[1] ?? match[2] ?? '';
  if (!inner.includes('\\')) return inner;
  const percent = inner.replace(/%/g, '%25').replace(/\\x([0-9a-fA-F]{2})/g, '%$1').replace(/\\(['"\\])/g, '$1');
  try {
    return decodeURIComponent(percent);
  } catch {
    return inner;
  }
}
