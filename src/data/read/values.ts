/** Cells → numbers and times. Everything else about a cell is kept as it stands. */
import { dayMonthParts, dayOrderOf, isDayMonthDate, secondsOfDay, type DayOrder } from './day-month';
import { styledNumber, type NumberStyle } from './number-style';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
// '1,234' may be a thousand or one and a bit: it is refused rather than read wrongly.
const DECIMAL_COMMA = /^[+-]?(?:0,\d+|\d+,(?:\d{1,2}|\d{4,}))$/;

/** A finite number, or NaN. A decimal comma is read as one where it cannot mean thousands; 'NA', '' and words are not numbers. */
export function parseNumber(cell: string, style: NumberStyle = 'mixed'): number {
  const text = cell.trim();
  if (style !== 'mixed') return styledNumber(text, style);
  if (NUMBER.test(text)) return finite(Number(text));
  return DECIMAL_COMMA.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
}

/** 1e999 is spelled like a number and is none that can be worked with. */
const finite = (x: number): number => (Number.isFinite(x) ? x : Number.NaN);

/** Cells that stand for "nothing" in a column of numbers or dates. In text they are words like any other: 'NA' is a song. */
export const isEmptyValue = (cell: string): boolean => /^\s*(na|n\/a|nan|null|none|-)?\s*$/i.test(cell);

const ISO = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?(?:\s*([ap]m))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const DAY_MONTH = /^(\d{1,2})[-\s]([A-Za-z]{3})[a-z]*[-\s](\d{4})$/;
const MONTH_DAY = /^([A-Za-z]{3})[a-z]*\.?\s(\d{1,2}),?\s(\d{4})$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** How the whole numbers of a time column are meant, or the order of day and month; decided once per column, by its sample. */
export type TimeUnit = 'years' | 'yyyymmdd' | 'seconds' | 'milliseconds' | 'microseconds' | DayOrder;

export function timeUnitOf(sample: readonly string[]): TimeUnit {
  const days = dayOrderOf(sample);
  if (days) return days.order;
  const numbers = sample.map((c) => parseNumber(c)).filter((x) => !Number.isNaN(x));
  const all = (test: (x: number) => boolean): boolean => numbers.length > 0 && numbers.every(test);
  if (all((x) => Number.isInteger(x) && x >= 1500 && x <= 2200)) return 'years';
  if (all((x) => Number.isInteger(x) && !Number.isNaN(compactDate(x)))) return 'yyyymmdd';
  const middle = numbers.map(Math.abs).sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
  return middle >= 1e14 ? 'microseconds' : middle >= 1e11 ? 'milliseconds' : 'seconds';
}

/**
 * Seconds since 1970, or NaN. Reads epoch numbers in the column's unit, YYYY, YYYY-MM, YYYY-MM-DD (the start of that time),
 * ISO date-times (UTC unless they say otherwise), '01-Jan-1995', 'Jan 1, 1995', and days and months as numbers in the column's order.
 */
export function parseTime(cell: string, unit: TimeUnit): number {
  const text = cell.trim();
  const x = parseNumber(text);
  if (!Number.isNaN(x)) {
    if (unit === 'years') return Number.isInteger(x) ? utc(x, 1, 1) : Number.NaN;
    if (unit === 'yyyymmdd') return compactDate(x);
    return unit === 'milliseconds' ? x / 1e3 : unit === 'microseconds' ? x / 1e6 : x;
  }
  const iso = ISO.exec(text);
  if (iso) {
    const [, y, mo = '1', d = '1', h, mi, s, fraction, half, zone = 'Z'] = iso;
    return utc(Number(y), Number(mo), Number(d)) + secondsOfDay(h, mi, s, fraction, half) - offsetOf(zone);
  }
  const parts = dayMonthParts(text, unit === 'dmy' ? 'dmy' : 'mdy');
  if (parts) return utc(parts.year, parts.month, parts.day) + parts.seconds;
  const words = MONTH_DAY.exec(text);
  if (words) return utc(Number(words[3]), MONTHS.indexOf(words[1]!.toLowerCase()) + 1, Number(words[2]));
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
  return (ISO.test(text) && text.length > 4) || DAY_MONTH.test(text) || MONTH_DAY.test(text) || isDayMonthDate(text);
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
