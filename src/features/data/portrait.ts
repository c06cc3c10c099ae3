/** What a data set looks like, in a few figures, and whether it is fit to train on. Pure; N interactions, U users, I items. */
import { labelOf, type DataSet } from '../../core/dataset';
import { rowOrderOf, type RowOrder } from '../../app/data-order';
import { count, percent, plural, rate } from '../../ui/format';
import type { Nouns } from './words';

export interface Portrait {
  U: number;
  I: number;
  N: number;
  /** N / (U·I). */
  density: number;
  /** Seconds since 1970. */
  from: number | null;
  to: number | null;
  medianPerUser: number;
  medianPerItem: number;
  /** Fewest items that gather half of the interactions. */
  halfItems: number;
  /** Items with a single interaction. */
  onceItems: number;
  /** Users with fewer than three interactions: too few for train, validation and test. */
  thinUsers: number;
  topItem: string;
  topCount: number;
  textColumns: string[];
  /** What each user's rows are sorted by, where there are no timestamps to order them. */
  rowOrder: RowOrder;
}

/** The middle value; the mean of the two middle ones for an even number; 0 for none. */
export function median(values: Int32Array): number {
  if (values.length === 0) return 0;
  const sorted = values.slice().sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

export function portraitOf(data: DataSet): Portrait {
  const { user, item, time } = data.interactions;
  const U = data.users.ids.length;
  const I = data.items.ids.length;
  const N = user.length;
  const perUser = new Int32Array(U);
  const perItem = new Int32Array(I);
  for (let k = 0; k < N; k++) {
    perUser[user[k]!]! += 1;
    perItem[item[k]!]! += 1;
  }
  let from: number | null = null;
  let to: number | null = null;
  for (const t of time ?? []) {
    if (!Number.isFinite(t)) continue;
    if (from === null || t < from) from = t;
    if (to === null || t > to) to = t;
  }
  const descending = perItem.slice().sort().reverse();
  let halfItems = 0;
  for (let sum = 0; halfItems < I && sum * 2 < N; halfItems++) sum += descending[halfItems]!;
  const topCount = descending[0] ?? 0;
  return {
    U,
    I,
    N,
    density: U * I > 0 ? N / (U * I) : 0,
    from,
    to,
    medianPerUser: median(perUser),
    medianPerItem: median(perItem),
    halfItems,
    onceItems: perItem.reduce((n, c) => n + (c === 1 ? 1 : 0), 0),
    thinUsers: perUser.reduce((n, c) => n + (c < 3 ? 1 : 0), 0),
    topItem: I > 0 ? labelOf(data.items, perItem.indexOf(topCount)) : '',
    topCount,
    textColumns: data.items.columns.filter((c) => c.kind === 'text').map((c) => c.name),
    rowOrder: rowOrderOf(data),
  };
}

/** One sentence about taste: how the interactions are spread. */
export function readingOf(p: Portrait, n: Nouns): string {
  const share = p.I > 0 ? p.halfItems / p.I : 0;
  const half = `Half of all interactions go to ${percent(share)} of the ${n.items} (${count(p.halfItems)} of ${count(p.I)})`;
  const top = p.topItem ? `; the most frequent, ${p.topItem}, is met by ${percent(p.topCount / Math.max(1, p.U))} of the ${n.users}` : '';
  return `${half}${top}. A typical ${n.user} has ${plural(p.medianPerUser, 'interaction')}, a typical ${n.item} ${count(p.medianPerItem)}.`;
}

export type Verdict = 'good' | 'caution' | 'bad';
export interface Check {
  verdict: Verdict;
  text: string;
}

/** The points that decide whether training on it makes sense, each with what to do about it. `now` in seconds. */
export function checksOf(p: Portrait, n: Nouns, now = Date.now() / 1000): Check[] {
  const checks: Check[] = [];
  const add = (verdict: Verdict, text: string): number => checks.push({ verdict, text });

  if (p.U < 20 || p.I < 20 || p.N < 200) add('bad', `Very little data: ${plural(p.N, 'interaction')} of ${plural(p.U, n.user)}. Results will be chance; add more, or filter less.`);
  else if (p.U < 300) add('caution', `Only ${plural(p.U, n.user)} to measure on: expect wide intervals.`);
  else add('good', `${count(p.U)} ${n.users} to measure on: a hit rate of .10 is known to about ±${rate(1.96 * Math.sqrt(0.09 / p.U), 3)}.`);

  const thin = p.thinUsers / Math.max(1, p.U);
  if (thin > 0.5) add('bad', `${percent(thin)} of the ${n.users} have fewer than 3 interactions and cannot be measured. A smaller minimum value may keep more.`);
  else if (thin > 0.02) add('caution', `${count(p.thinUsers)} ${n.users} (${percent(thin)}) have fewer than 3 interactions: trained on, but not measured.`);
  else add('good', `Nearly every ${n.user} has a history to learn from.`);

  const once = p.onceItems / Math.max(1, p.I);
  if (once > 0.2) add('caution', `${percent(once)} of the ${n.items} appear once only: ids teach nothing about them. A 5-core drops them; text can reach them.`);
  else add('good', `Few ${n.items} appear only once (${percent(once)}).`);

  if (p.rowOrder) add('caution', `No timestamps, and the rows of each ${n.user} are sorted by ${p.rowOrder === 'value' ? 'value' : `${n.item} id`}: their last ${n.item} is not the newest. The portable hash is a fairer test.`);
  else if (p.from === null) add('caution', 'No timestamps: the order of rows stands in for time, and the split by date is not available.');
  else if (p.to !== null && p.to > now + 2 * 86_400) add('caution', `The newest timestamp lies in the future (${dayOf(p.to)}): is the right column taken as the time? Only their order counts in training.`);
  else add('good', 'Timestamps: the split by date is available, and leakage can be measured.');

  if (p.textColumns.length === 0) add('caution', `No text about the ${n.items}: cold ones can be found through ids and categories only.`);
  else add('good', `Text to embed for cold ${n.items}: ${p.textColumns.slice(0, 3).join(', ')}${p.textColumns.length > 3 ? ` and ${p.textColumns.length - 3} more` : ''}.`);
  return checks;
}

export function verdictOf(checks: readonly Check[]): { verdict: Verdict; text: string } {
  if (checks.some((c) => c.verdict === 'bad')) return { verdict: 'bad', text: 'Too thin to train on' };
  const cautions = checks.filter((c) => c.verdict === 'caution').length;
  return cautions === 0 ? { verdict: 'good', text: 'Fit to train on' } : { verdict: 'caution', text: `Fit to train on, with ${cautions === 1 ? 'one caution' : `${cautions} cautions`}` };
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
/** 1 Aug 2005; the bare number where it is no date. */
export function dayOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : day.format(date);
}

/** 5.8 years, 7 months, 12 days, 40 minutes: how long a data set reaches. */
export function spanOf(from: number, to: number): string {
  const days = (to - from) / 86_400;
  if (days >= 730) return `${(days / 365.25).toFixed(1)} years`;
  if (days >= 60) return `${Math.round(days / 30.44)} months`;
  if (days >= 2) return `${Math.round(days)} days`;
  const seconds = Math.max(0, Math.round(to - from));
  if (seconds >= 5400) return `${Math.round(seconds / 3600)} hours`;
  if (seconds >= 120) return `${Math.round(seconds / 60)} minutes`;
  return seconds > 0 ? plural(seconds, 'second') : 'one moment';
}
