/** What in a data set would bite: facts and figures. Their wording, effect and remedy are the page's. */
import type { Column, DataSet, EntityTable } from '../../core/dataset';
import { longTail } from './long-tail';

export type Severity = 'bad' | 'caution' | 'good';

export type Finding = { severity: Severity } & (
  | { id: 'duplicates'; pairs: number; share: number }
  | { id: 'titles'; titles: number; ids: number; examples: { title: string; ids: number }[] }
  | { id: 'noTime' }
  | { id: 'timeLump'; share: number; day: number }
  | { id: 'sameMoment'; share: number }
  | { id: 'oddTimes'; rows: number; oldest: number; newest: number }
  | { id: 'heavyUser'; share: number; user: number; rows: number }
  | { id: 'popularity'; topTen: number; carriers: number; gini: number }
  | { id: 'thinUsers'; users: number; share: number }
  | { id: 'onceItems'; items: number; share: number }
  | { id: 'values'; constant: number | null; negative: number; largest: number; median: number }
  | { id: 'columns'; table: 'users' | 'items'; empty: { name: string; share: number }[]; constant: string[] }
  | { id: 'noColumns'; table: 'users' | 'items' }
  | { id: 'noText' }
  | { id: 'size'; users: number; items: number; interactions: number }
);

const DAY = 86_400;

/** All checks, worst first; those that found nothing come last as 'good'. `now` in seconds. */
export function quality(data: DataSet, now: number): Finding[] {
  const { user, item, time, value } = data.interactions;
  const N = user.length;
  const [U, I] = [data.users.ids.length, data.items.ids.length];
  const perUser = countsOf(user, U);
  const perItem = countsOf(item, I);
  const found: Finding[] = [];

  const repeated = repeatedPairs(data, perUser);
  found.push({ id: 'duplicates', severity: repeated === 0 ? 'good' : repeated > 0.01 * N ? 'bad' : 'caution', pairs: repeated, share: repeated / N });
  const titles = sharedTitles(data.items);
  if (titles) found.push({ id: 'titles', severity: titles.ids === 0 ? 'good' : titles.ids > 0.1 * I ? 'bad' : 'caution', ...titles });

  if (!time) found.push({ id: 'noTime', severity: 'caution' });
  else found.push(...timeFindings(time, user, now));

  const heaviest = perUser.reduce((best, c, u) => (c > perUser[best]! ? u : best), 0);
  const share = (perUser[heaviest] ?? 0) / N;
  found.push({ id: 'heavyUser', severity: share > 0.3 ? 'bad' : share > Math.max(0.05, 20 / U) ? 'caution' : 'good', share, user: heaviest, rows: perUser[heaviest] ?? 0 });

  const tail = longTail(perItem, [0.8], 10);
  // Each user can meet a top item once, so what a list of the ten most popular hits is bounded by this share of a draw.
  const topTen = tail.top.reduce((n, t) => n + t.count, 0) / N;
  found.push({ id: 'popularity', severity: I <= 20 ? 'caution' : topTen > 0.3 ? 'bad' : topTen > 0.1 ? 'caution' : 'good', topTen, carriers: tail.carriers[0]!.entities / Math.max(1, tail.entities), gini: tail.gini });

  const thin = perUser.reduce((n, c) => n + (c < 3 ? 1 : 0), 0);
  found.push({ id: 'thinUsers', severity: thin > 0.5 * U ? 'bad' : thin > 0.02 * U ? 'caution' : 'good', users: thin, share: thin / U });
  const once = perItem.reduce((n, c) => n + (c === 1 ? 1 : 0), 0);
  found.push({ id: 'onceItems', severity: once > 0.2 * I ? 'caution' : 'good', items: once, share: once / I });

  if (value) found.push(valueFinding(value));
  for (const table of ['users', 'items'] as const) {
    // Nothing about users is the usual case and spoils nothing.
    if (data[table].columns.length === 0 && table === 'items') found.push({ id: 'noColumns', severity: 'caution', table });
    else if (data[table].columns.length > 0) found.push(columnFinding(table, data[table]));
  }
  if (data.items.columns.length > 0 && !data.items.columns.some((c) => c.kind === 'text')) found.push({ id: 'noText', severity: 'caution' });
  found.push({ id: 'size', severity: U < 20 || I < 20 || N < 200 ? 'bad' : U < 300 ? 'caution' : 'good', users: U, items: I, interactions: N });

  const rank: Record<Severity, number> = { bad: 0, caution: 1, good: 2 };
  return found.map((f, k) => ({ f, k })).sort((a, b) => rank[a.f.severity] - rank[b.f.severity] || a.k - b.k).map(({ f }) => f);
}

function countsOf(codes: Int32Array, size: number): Int32Array {
  const out = new Int32Array(size);
  for (const c of codes) out[c]!++;
  return out;
}

/** Rows beyond the first of each (user, item) pair. Rows are sorted by user. */
function repeatedPairs(data: DataSet, perUser: Int32Array): number {
  const { item } = data.interactions;
  const seen = new Int32Array(data.items.ids.length).fill(-1);
  let repeated = 0;
  let n = 0;
  perUser.forEach((rows, u) => {
    for (const end = n + rows; n < end; n++) {
      if (seen[item[n]!] === u) repeated++;
      seen[item[n]!] = u;
    }
  });
  return repeated;
}

/** Titles that several ids carry, and how many ids carry such a title. Null where there is no title. */
function sharedTitles(items: EntityTable): { titles: number; ids: number; examples: { title: string; ids: number }[] } | null {
  const column = items.columns.find((c) => c.name === items.label);
  if (!column || (column.kind !== 'text' && column.kind !== 'categorical')) return null;
  const shown = new Map<string, { title: string; ids: number }>();
  for (let i = 0; i < items.ids.length; i++) {
    const title = column.kind === 'text' ? column.values[i]! : (column.levels[column.codes[i]!] ?? '');
    const key = title.normalize('NFKC').trim().toLowerCase();
    if (key === '') continue;
    const of = shown.get(key);
    if (of) of.ids++;
    else shown.set(key, { title, ids: 1 });
  }
  const several = [...shown.values()].filter((t) => t.ids > 1).sort((a, b) => b.ids - a.ids);
  return { titles: several.length, ids: several.reduce((n, t) => n + t.ids, 0), examples: several.slice(0, 3) };
}

function timeFindings(time: Float64Array, user: Int32Array, now: number): Finding[] {
  const N = time.length;
  const perDay = new Map<number, number>();
  let oldest = Infinity;
  let newest = -Infinity;
  let odd = 0;
  let same = 0;
  for (let n = 0; n < N; n++) {
    const t = time[n]!;
    if (!Number.isFinite(t)) {
      odd++;
      continue;
    }
    perDay.set(Math.floor(t / DAY), (perDay.get(Math.floor(t / DAY)) ?? 0) + 1);
    if (t < oldest) oldest = t;
    if (t > newest) newest = t;
    // 5 September 1995: before it few services recorded anything; the value 0 is 1970.
    if (t < 810_000_000 || t > now + 2 * DAY) odd++;
    if (n > 0 && user[n] === user[n - 1] && time[n - 1] === t) same++;
  }
  let fullest = { day: 0, rows: 0 };
  for (const [day, rows] of perDay) if (rows > fullest.rows) fullest = { day, rows };
  const share = fullest.rows / N;
  return [
    { id: 'timeLump', severity: share > 0.5 ? 'bad' : share > 0.15 && perDay.size > 10 ? 'caution' : perDay.size <= 10 && share > 0.3 ? 'caution' : 'good', share, day: fullest.day * DAY },
    { id: 'sameMoment', severity: same > 0.2 * N ? 'caution' : 'good', share: same / N },
    { id: 'oddTimes', severity: odd > 0.01 * N ? 'bad' : odd > 0 ? 'caution' : 'good', rows: odd, oldest, newest },
  ];
}

function valueFinding(value: Float32Array): Finding {
  const sorted = value.filter(Number.isFinite).sort();
  const [least, largest] = [sorted[0] ?? 0, sorted[sorted.length - 1] ?? 0];
  const median = sorted[sorted.length >> 1] ?? 0;
  let negative = 0;
  while (negative < sorted.length && sorted[negative]! < 0) negative++;
  const constant = least === largest ? least : null;
  return { id: 'values', severity: negative > 0 || (median > 0 && largest > 100 * median) || constant !== null ? 'caution' : 'good', constant, negative, largest, median };
}

function columnFinding(table: 'users' | 'items', { columns, ids }: EntityTable): Finding {
  const empty = columns.map((c) => ({ name: c.name, share: missingIn(c, ids.length) / Math.max(1, ids.length) })).filter((c) => c.share > 0.2).sort((a, b) => b.share - a.share);
  const constant = columns.filter((c) => isConstant(c)).map((c) => c.name);
  return { id: 'columns', severity: empty.length + constant.length > 0 ? 'caution' : 'good', table, empty, constant };
}

export function missingIn(c: Column, rows: number): number {
  let n = 0;
  for (let r = 0; r < rows; r++) {
    if (c.kind === 'numeric' ? Number.isNaN(c.values[r]!) : c.kind === 'categorical' ? c.codes[r]! < 0 : c.kind === 'text' ? c.values[r]!.trim() === '' : c.offsets[r] === c.offsets[r + 1]) n++;
  }
  return n;
}

function isConstant(c: Column): boolean {
  if (c.kind === 'categorical' || c.kind === 'tags') return c.levels.length === 1;
  const filled = c.kind === 'numeric' ? Array.from(c.values).filter((v) => !Number.isNaN(v)) : c.values.filter((v) => v !== '');
  return filled.length > 1 && filled.every((v) => v === filled[0]);
}
