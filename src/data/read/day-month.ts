/** Dates with the day and the month as numbers: 12/31/2015, 31.12.2015 14:05, 5-6-99 3:04 PM. Which comes first is decided once per column. */

export type DayOrder = 'dmy' | 'mdy';

const DAY_MONTH_YEAR = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?\s*([ap]m)?)?$/i;

export const isDayMonthDate = (text: string): boolean => DAY_MONTH_YEAR.test(text);

export interface OrderFound {
  order: DayOrder;
  /** A cell that leaves no other way; null where every day is 12 or less, so that both ways would do. */
  because: string | null;
}

/** Null where the sample holds no such date. Without proof dots mean the day first, and slashes and dashes the month, as in the US. */
export function dayOrderOf(sample: readonly string[]): OrderFound | null {
  let dots = false;
  let any = false;
  const proof: Record<DayOrder, string[]> = { dmy: [], mdy: [] };
  for (const cell of sample) {
    const m = DAY_MONTH_YEAR.exec(cell.trim());
    if (!m) continue;
    any = true;
    if (m[2] === '.') dots = true;
    if (Number(m[1]) > 12) proof.dmy.push(cell.trim());
    if (Number(m[3]) > 12) proof.mdy.push(cell.trim());
  }
  if (!any) return null;
  const order = proof.dmy.length === proof.mdy.length ? (dots ? 'dmy' : 'mdy') : proof.dmy.length > proof.mdy.length ? 'dmy' : 'mdy';
  return { order, because: proof[order][0] ?? null };
}

/** Year, month, day and seconds into the day; null when the cell is no such date. Two-digit years are 1970 to 2069. */
export function dayMonthParts(text: string, order: DayOrder): { year: number; month: number; day: number; seconds: number } | null {
  const m = DAY_MONTH_YEAR.exec(text);
  if (!m) return null;
  const [a, b, y] = [Number(m[1]), Number(m[3]), Number(m[4])];
  const seconds = secondsOfDay(m[5], m[6], m[7], m[8], m[9]);
  const [day, month] = order === 'dmy' ? [a, b] : [b, a];
  return Number.isNaN(seconds) ? null : { year: m[4]!.length === 4 ? y : y < 70 ? 2000 + y : 1900 + y, month, day, seconds };
}

/** NaN for a time that does not exist. */
export function secondsOfDay(h = '0', min = '0', s = '0', fraction = '0', half?: string): number {
  let hour = Number(h);
  if (half) {
    if (hour < 1 || hour > 12) return Number.NaN;
    hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  }
  if (hour > 24 || Number(min) > 59 || Number(s) > 60) return Number.NaN;
  return hour * 3600 + Number(min) * 60 + Number(s) + Number(fraction);
}
