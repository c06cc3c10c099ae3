/** Which tags go together, and which rise and fall. */
import type { SideFacts } from '../../core/dataset';
import type { CodedDimension } from './dimension';
import type { YearColumn } from './year-column';

export interface TagTogether {
  /** The most frequent tags, put in an order that sets like beside like. */
  tags: string[];
  /** [n · n] share of the items that carry either tag and carry both (Jaccard); NaN on the diagonal. */
  overlap: Float64Array;
  /** [n · n] items with both; items with the tag on the diagonal. */
  both: Int32Array;
}

/** @param perItem interactions of the selection: items without one are left out. */
export function tagsTogether(d: CodedDimension, perItem: Int32Array, most = 20): TagTogether {
  const L = d.about.levels.length;
  const offsets = d.offsets!;
  const used = new Int32Array(L);
  for (let i = 0; i < perItem.length; i++) if (perItem[i]! > 0) for (let k = offsets[i]!; k < offsets[i + 1]!; k++) if (d.codes[k]! < L) used[d.codes[k]!]!++;
  const top = Array.from({ length: L }, (_, c) => c).filter((c) => used[c]! > 0).sort((a, b) => used[b]! - used[a]! || a - b).slice(0, most);
  const place = new Int32Array(L).fill(-1);
  top.forEach((c, k) => (place[c] = k));
  const n = top.length;
  const both = new Int32Array(n * n);
  for (let i = 0; i < perItem.length; i++) {
    if (perItem[i] === 0) continue;
    const here: number[] = [];
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++) {
      const p = d.codes[k]! < L ? place[d.codes[k]!]! : -1;
      if (p >= 0) here.push(p);
    }
    for (const a of here) for (const b of here) both[a * n + b]!++;
  }
  const share = (a: number, b: number): number => {
    const either = both[a * n + a]! + both[b * n + b]! - both[a * n + b]!;
    return either > 0 ? both[a * n + b]! / either : 0;
  };
  const order = chain(n, share);
  const overlap = new Float64Array(n * n);
  const placed = new Int32Array(n * n);
  order.forEach((a, r) => {
    order.forEach((b, c) => {
      overlap[r * n + c] = r === c ? Number.NaN : share(a, b);
      placed[r * n + c] = both[a * n + b]!;
    });
  });
  return { tags: order.map((k) => d.about.levels[top[k]!]!), overlap, both: placed };
}

/** From the most frequent on, always next the one most alike to the last: neighbours end up side by side. */
function chain(n: number, likeness: (a: number, b: number) => number): number[] {
  const left = new Set(Array.from({ length: n }, (_, k) => k));
  const out: number[] = [];
  for (let at = 0; n > 0; ) {
    out.push(at);
    left.delete(at);
    let best = -1;
    for (const k of left) if (best < 0 || likeness(at, k) > likeness(at, best)) best = k;
    if (best < 0) return out;
    at = best;
  }
  return out;
}

export interface TagYears {
  /** What a year is a year of: 'tagging' or the name of an item column. */
  source: string;
  years: number[];
  series: { tag: string; /** Per year: share of that year's items (or taggings). */ share: number[] }[];
  /** Items or taggings per year. */
  totals: number[];
}

/** Shares of the most frequent tags by the year of the items; years with fewer than `least` are left out. */
export function tagsByYear(d: CodedDimension, years: YearColumn, perItem: Int32Array, tags = 6, least = 20): TagYears {
  const pairs: { year: number; tag: number }[] = [];
  const items = new Map<number, number>();
  const L = d.about.levels.length;
  for (let i = 0; i < perItem.length; i++) {
    const y = Math.floor(years.years[i]!);
    if (perItem[i] === 0 || Number.isNaN(y)) continue;
    items.set(y, (items.get(y) ?? 0) + 1);
    for (let k = d.offsets ? d.offsets[i]! : i; k < (d.offsets ? d.offsets[i + 1]! : i + 1); k++) if (d.codes[k]! < L) pairs.push({ year: y, tag: d.codes[k]! });
  }
  return shares(years.name, pairs, items, d.about.levels, tags, least);
}

/** The same from dated taggings: share of each year's taggings. */
export function taggingsByYear(tagged: NonNullable<SideFacts['tagged']>, perItem: Int32Array, tags = 6, least = 50): TagYears {
  const pairs: { year: number; tag: number }[] = [];
  const totals = new Map<number, number>();
  tagged.time.forEach((t, k) => {
    if (perItem[tagged.item[k]!] === 0 || !Number.isFinite(t)) return;
    const year = new Date(t * 1000).getUTCFullYear();
    totals.set(year, (totals.get(year) ?? 0) + 1);
    pairs.push({ year, tag: tagged.tag[k]! });
  });
  return shares('tagging', pairs, totals, tagged.levels, tags, least);
}

function shares(source: string, pairs: readonly { year: number; tag: number }[], totals: ReadonlyMap<number, number>, levels: readonly string[], most: number, least: number): TagYears {
  const years = [...totals].filter(([, n]) => n >= least).map(([y]) => y).sort((a, b) => a - b);
  const at = new Map(years.map((y, k) => [y, k]));
  const counts = new Map<number, Int32Array>();
  const used = new Int32Array(levels.length);
  for (const { year, tag } of pairs) {
    const k = at.get(year);
    if (k === undefined) continue;
    used[tag]!++;
    const of = counts.get(tag) ?? new Int32Array(years.length);
    of[k]!++;
    counts.set(tag, of);
  }
  const top = [...counts.keys()].sort((a, b) => used[b]! - used[a]! || a - b).slice(0, most);
  return { source, years, totals: years.map((y) => totals.get(y)!), series: top.map((c) => ({ tag: levels[c]!, share: years.map((y, k) => counts.get(c)![k]! / totals.get(y)!) })) };
}
