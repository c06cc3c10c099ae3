/** What in a data set would bite. */
import type { DataSet } from '../../core/dataset';
import { share, worstFirst, type Finding } from './finding';
import { longTail } from './long-tail';
import { columnFinding, farNumbers, sharedTitles, spellings } from './quality-table';
import { positive, type Selection } from './selection';

const DAY = 86_400;

/** Rows and what they are about, narrowed to a selection: users and items without a selected row take no part. */
export interface Selected extends Pick<Selection, 'has' | 'perUser' | 'perItem'> {
  /** 'users.country': columns that are chosen by, whose sameness is the choice and no finding. */
  chosenBy: ReadonlySet<string>;
}

/** All checks, worst first; those that found nothing come last as 'good'. `now` in seconds. Without a selection of all data. */
export function quality(data: DataSet, now: number, selected: Selected | null = null): Finding[] {
  const { user, item, time, value } = selected ? narrowed(data.interactions, selected.has) : data.interactions;
  const N = user.length;
  const perUser = selected?.perUser ?? countsOf(user, data.users.ids.length);
  const perItem = selected?.perItem ?? countsOf(item, data.items.ids.length);
  const [U, I] = [positive(perUser), positive(perItem)];
  const found: Finding[] = [];

  const repeated = repeatedPairs(item, perItem.length, perUser);
  found.push({ id: 'duplicates', severity: repeated === 0 ? 'good' : repeated > 0.01 * N ? 'bad' : 'caution', pairs: repeated, share: share(repeated, N) });
  const titles = sharedTitles(data.items, perItem);
  if (titles) found.push({ id: 'titles', severity: titles.ids === 0 ? 'good' : titles.ids > 0.1 * I ? 'bad' : 'caution', ...titles });

  if (!time) found.push({ id: 'noTime', severity: 'caution' });
  else found.push(...timeFindings(time, user, now));

  const heaviest = perUser.reduce((best, c, u) => (c > perUser[best]! ? u : best), 0);
  const most = share(perUser[heaviest] ?? 0, N);
  found.push({ id: 'heavyUser', severity: most > 0.3 ? 'bad' : most > Math.max(0.05, 20 / U) ? 'caution' : 'good', share: most, user: heaviest, rows: perUser[heaviest] ?? 0 });

  const tail = longTail(perItem, [0.8], 10);
  // Each user can meet a top item once, so what a list of the ten most popular hits is bounded by this share of a draw.
  const topTen = share(tail.top.reduce((n, t) => n + t.count, 0), N);
  found.push({ id: 'popularity', severity: I <= 20 ? 'caution' : topTen > 0.3 ? 'bad' : topTen > 0.1 ? 'caution' : 'good', topTen, carriers: tail.carriers[0]!.entities / Math.max(1, tail.entities), gini: tail.gini });

  const thin = perUser.reduce((n, c) => n + (c > 0 && c < 3 ? 1 : 0), 0);
  found.push({ id: 'thinUsers', severity: thin > 0.5 * U ? 'bad' : thin > 0.02 * U ? 'caution' : 'good', users: thin, share: share(thin, U) });
  const once = perItem.reduce((n, c) => n + (c === 1 ? 1 : 0), 0);
  found.push({ id: 'onceItems', severity: once > 0.2 * I ? 'caution' : 'good', items: once, share: share(once, I) });

  if (value) found.push(valueFinding(value));
  for (const table of ['users', 'items'] as const) {
    // Nothing about users is the usual case and spoils nothing.
    if (data[table].columns.length === 0 && table === 'items') found.push({ id: 'noColumns', severity: 'caution', table });
    else if (data[table].columns.length > 0) found.push(columnFinding(table, data[table], table === 'users' ? perUser : perItem, selected?.chosenBy));
  }
  // Slips in the table of items; that there are none is not worth a line of its own.
  found.push(...[farNumbers(data.items, perItem), spellings(data.items, perItem)].filter((f) => f.severity !== 'good'));
  if (data.items.columns.length > 0 && !data.items.columns.some((c) => c.kind === 'text')) found.push({ id: 'noText', severity: 'caution' });
  found.push({ id: 'size', severity: U < 20 || I < 20 || N < 200 ? 'bad' : U < 300 ? 'caution' : 'good', users: U, items: I, interactions: N });
  return worstFirst(found);
}

function narrowed({ user, item, time, value }: DataSet['interactions'], has: (n: number) => boolean): Pick<DataSet['interactions'], 'user' | 'item' | 'time' | 'value'> {
  const keep = (_: number, n: number): boolean => has(n);
  return { user: user.filter(keep), item: item.filter(keep), time: time && time.filter(keep), value: value && value.filter(keep) };
}

function countsOf(codes: Int32Array, size: number): Int32Array {
  const out = new Int32Array(size);
  for (const c of codes) out[c]!++;
  return out;
}

/** Rows beyond the first of each (user, item) pair. Rows are sorted by user. */
function repeatedPairs(item: Int32Array, I: number, perUser: Int32Array): number {
  const seen = new Int32Array(I).fill(-1);
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
  const lump = share(fullest.rows, N);
  return [
    { id: 'timeLump', severity: lump > 0.5 ? 'bad' : lump > 0.15 && perDay.size > 10 ? 'caution' : perDay.size <= 10 && lump > 0.3 ? 'caution' : 'good', share: lump, day: fullest.day * DAY },
    { id: 'sameMoment', severity: same > 0.2 * N ? 'caution' : 'good', share: share(same, N) },
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
