/** Calendar bins in universal time: years, quarters, months, weeks, days or hours, whichever gives a readable number of bars. */

export type CalendarUnit = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const DAY = 86_400;
const LENGTH: Record<CalendarUnit, number> = { hour: 3600, day: DAY, week: 7 * DAY, month: 30.44 * DAY, quarter: 91.3 * DAY, year: 365.25 * DAY };
/** Bars a chart still shows well. */
const MOST = 130;

/** Edges in seconds since 1970, from the bin of the first time to past the last; empty where there is none. */
export function calendarBins(time: Float64Array): { edges: Float64Array; unit: CalendarUnit } {
  let from = Infinity;
  let to = -Infinity;
  for (const t of time) {
    if (!Number.isFinite(t)) continue;
    if (t < from) from = t;
    if (t > to) to = t;
  }
  if (from > to) return { edges: new Float64Array(0), unit: 'month' };
  const unit = (['hour', 'day', 'week', 'month', 'quarter', 'year'] as const).find((u) => (to - from) / LENGTH[u] <= (u === 'hour' ? 72 : MOST)) ?? 'year';
  const out: number[] = [];
  for (let at = startOf(unit, from); out.length < 2 || out[out.length - 1]! <= to; at = next(unit, at)) {
    if (!Number.isFinite(at) || out.length > 5000) break;
    out.push(at);
  }
  return { edges: Float64Array.from(out), unit };
}

export function startOf(unit: CalendarUnit, seconds: number): number {
  if (unit === 'hour') return Math.floor(seconds / 3600) * 3600;
  if (unit === 'day') return Math.floor(seconds / DAY) * DAY;
  // 1 January 1970 was a Thursday; weeks begin on Mondays.
  if (unit === 'week') return Math.floor((seconds / DAY + 3) / 7) * 7 * DAY - 3 * DAY;
  const d = new Date(seconds * 1000);
  const month = unit === 'year' ? 0 : unit === 'quarter' ? Math.floor(d.getUTCMonth() / 3) * 3 : d.getUTCMonth();
  return monthStart(d.getUTCFullYear(), month);
}

function next(unit: CalendarUnit, seconds: number): number {
  if (unit === 'hour') return seconds + 3600;
  if (unit === 'day') return seconds + DAY;
  if (unit === 'week') return seconds + 7 * DAY;
  const d = new Date(seconds * 1000);
  return monthStart(d.getUTCFullYear(), d.getUTCMonth() + (unit === 'year' ? 12 : unit === 'quarter' ? 3 : 1));
}

function monthStart(year: number, month: number): number {
  const d = new Date(0);
  d.setUTCFullYear(year, month, 1); // Date.UTC takes years 0-99 for 1900-1999
  return d.getTime() / 1000;
}
