/** Sentences under the charts, computed from their numbers. Pure. */
import type { Dimension, DimensionCounts, LongTail } from '../../app/explore';
import { count, percent, plural } from '../../ui/format';
import { oneLine } from '../../ui/plot-scale';
import { capital, figure, levelName, type ExploreNouns } from './words';

const name = (level: string): string => oneLine(levelName(level), 60);
const times = (x: number): string => (x >= 10 ? `${Math.round(x)} times` : `${Number(x.toFixed(1))} times`);

/** '8 % of the songs carry 80 % of the plays …' */
export function tailReading(tail: LongTail, many: string, rows: string): string {
  const of = (share: number): number => tail.carriers.find((c) => c.share === share)?.entities ?? 0;
  if (tail.entities === 0) return `No ${many} are left in this selection.`;
  const share = of(0.8) / tail.entities;
  const shape = share > 0.6 ? 'an even spread: popularity alone says little' : share > 0.25 ? 'an uneven spread, as usual' : 'a long tail: a popularity count is hard to beat on average, and says nothing about most of them';
  return `${percent(share)} of the ${many} (${count(of(0.8))} of ${count(tail.entities)}) carry 80 % of the ${rows}, and ${count(of(0.5))} carry half; ${shape}.`;
}

/** How much of a test the training has already overtaken; `share` of test rows older than the newest training row. */
export function leaked(share: number, row: string): string {
  if (share === 0) return `none of them is older than the newest training ${row}, so the model has seen nothing of the future.`;
  return `${percent(share)} of them are older than the newest training ${row}, so the model has seen ${share > 0.5 ? 'much' : 'a little'} of the future.`;
}

export function activityReading(tail: LongTail, n: ExploreNouns): string {
  if (tail.entities === 0) return `No ${n.users} are left in this selection.`;
  const of80 = tail.carriers.find((c) => c.share === 0.8)?.entities ?? 0;
  const mean = tail.interactions / tail.entities;
  const top = tail.top[0];
  if (of80 / tail.entities > 0.65) return `A ${n.user} has ${figure(mean)} ${n.rows} on average, and most are about equally active.`;
  return `A ${n.user} has ${figure(mean)} ${n.rows} on average; the busiest ${percent(of80 / tail.entities)} give 80 % of all${top ? `, the busiest one ${percent(top.count / Math.max(1, tail.interactions))}` : ''}.`;
}

/** About levels: who leads, what stands out against all data, what is missing. */
export function levelsReading(d: Dimension, now: Int32Array, all: Int32Array, filtered: boolean, what: string, owners: string = d.table): string {
  const L = d.levels.length;
  const total = sum(now);
  if (total === 0) return 'Nothing of this is left in the selection.';
  const order = Array.from({ length: L }, (_, c) => c).filter((c) => now[c]! > 0).sort((a, b) => now[b]! - now[a]! || a - b);
  const first = order[0];
  if (first === undefined) return `None of the ${what} in this selection has a value.`;
  const share = (c: number): number => now[c]! / total;
  const parts = [`${name(d.levels[first]!)} leads with ${percent(share(first))} of the ${what}`];
  if (d.kind === 'tags') parts[0] = `${name(d.levels[first]!)} is the most frequent`;
  if (d.kind === 'levels' && order.length > 3) parts.push(`the first three of ${count(order.length)} hold ${percent(share(order[0]!) + share(order[1]!) + share(order[2]!))}`);
  if (d.kind === 'tags') parts.push(`${count(order.length)} different ones occur`);
  if (filtered) {
    const allTotal = sum(all);
    let best = -1;
    let lift = 1.25;
    for (const c of order.slice(0, 200)) {
      const l = share(c) / (all[c]! / allTotal);
      if (now[c]! >= 20 && l > lift) {
        lift = l;
        best = c;
      }
    }
    if (best >= 0) parts.push(`${name(d.levels[best]!)} is ${times(lift)} as frequent as in all data`);
  }
  if (d.kind === 'tags') {
    if (d.missing > 0 && !filtered) parts.push(`${count(d.missing)} ${owners} have none`);
  } else if (now[L]! > 0.02 * total) parts.push(`${percent(now[L]! / total)} have none`);
  return `${parts.join('; ')}.`;
}

/** About a number: where the middle half lies, to the width of a bin. `of` is what each of them has so many of. */
export function numberReading(d: Dimension, counts: Int32Array, what: string, format: (v: number) => string = figure, of: string | null = null): string {
  const bins = d.edges.length - 1;
  const present = sum(counts) - counts[bins]!;
  if (present === 0) return `None of the ${what} in this selection has a value.`;
  const at = (q: number): number => {
    let left = q * present;
    for (let b = 0; b < bins; b++) {
      if (left <= counts[b]!) {
        const inside = counts[b]! > 0 ? left / counts[b]! : 0;
        const v = d.edges[b]! + inside * (d.edges[b + 1]! - d.edges[b]!);
        return d.whole ? Math.min(Math.floor(v), d.edges[b + 1]! - 1) : v;
      }
      left -= counts[b]!;
    }
    return d.edges[bins]!;
  };
  const missing = counts[bins]! / (present + counts[bins]!);
  if (of !== null) return format(at(0.25)) === format(at(0.75)) ? `Most of the ${what} have ${format(at(0.5))} ${of}.` : `Half of the ${what} have ${format(at(0.25))} to ${format(at(0.75))} ${of}, the middle one ${format(at(0.5))}.`;
  const most = format(at(0.25)) === format(at(0.75)) ? `Most of the ${what} are at ${format(at(0.5))}${missing > 0.005 ? `; ${percent(missing)} have none` : ''}.` : null;
  if (most) return most;
  return `Half of the ${what} lie between ${format(at(0.25))} and ${format(at(0.75))}, the middle at ${format(at(0.5))}${missing > 0.005 ? `; ${percent(missing)} have none` : ''}.`;
}

export const sum = (a: ArrayLike<number>): number => {
  let s = 0;
  for (let k = 0; k < a.length; k++) s += a[k]!;
  return s;
};

/** Which of two counts a chart shows, and what they count. */
export function chosenCounts(d: Dimension, c: { now: DimensionCounts; all: DimensionCounts }, by: 'rows' | 'entities', n: ExploreNouns): { now: Int32Array; all: Int32Array; what: string } {
  const entities = (by === 'entities' || d.ofEntities) && d.table !== 'rows';
  return { now: entities ? c.now.entities : c.now.rows, all: entities ? c.all.entities : c.all.rows, what: entities ? (d.table === 'users' ? n.users : n.items) : n.rows };
}

export function coreReading(funnel: { users: Int32Array; items: Int32Array; interactions: Int32Array }, k: number, n: ExploreNouns): string {
  if (funnel.users.length === 0) return 'Nothing is selected.';
  const U = funnel.users[k - 1] ?? 0;
  if (U === 0) return `Nothing is left at k = ${k}: no ${n.users} and ${n.items} have that many ${n.rows} with each other. The largest k that leaves anything is ${funnel.users.length}.`;
  const share = (funnel.interactions[k - 1] ?? 0) / Math.max(1, funnel.interactions[0] ?? 0);
  const lost = 1 - (funnel.items[k - 1] ?? 0) / Math.max(1, funnel.items[0] ?? 0);
  return `The ${k}-core keeps ${percent(share)} of the ${n.rows} and ${plural(U, n.user, n.users)}, and loses ${percent(lost)} of the ${n.items}${lost > 0.5 ? `: figures measured on it say nothing about the rare ones` : ''}.`;
}

/** @param withPopularity whether the last name is popularity */
export function correlationReading(names: readonly string[], r: ArrayLike<number>, withPopularity = true): string {
  const n = names.length;
  let best: { a: number; b: number; r: number } | null = null;
  let popular: { a: number; r: number } | null = null;
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      const v = r[a * n + b]!;
      if (!Number.isFinite(v)) continue;
      if (withPopularity && b === n - 1) {
        if (!popular || Math.abs(v) > Math.abs(popular.r)) popular = { a, r: v };
      } else if (!best || Math.abs(v) > Math.abs(best.r)) best = { a, b, r: v };
    }
  }
  const parts: string[] = [];
  if (best) parts.push(`${capital(oneLine(names[best.a]!, 40))} and ${oneLine(names[best.b]!, 40)} go ${best.r > 0 ? 'together' : 'against each other'} most (r = ${signed(best.r)})${Math.abs(best.r) > 0.9 ? ': one of the two would do as a feature' : ''}`);
  if (popular) parts.push(Math.abs(popular.r) < 0.1 ? 'no number says much about popularity' : `${oneLine(names[popular.a]!, 40)} says most about popularity (r = ${signed(popular.r)})`);
  return parts.length ? `${parts.join('; ')}.` : 'Too few values to tell.';
}
export const signed = (v: number): string => `${v < 0 ? '−' : ''}${Math.abs(v).toFixed(2).replace(/^0/, '')}`;
