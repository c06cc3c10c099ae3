/** What texts are made of: lengths, gaps, repetitions, and the words that set a group apart. */
import type { EntityTable, TextColumn } from '../../core/dataset';
import type { CodedDimension } from './dimension';

export interface TextPortrait {
  column: string;
  rows: number;
  missing: number;
  /** Different texts among those that are there. */
  distinct: number;
  medianWords: number;
  /** Texts with so many words: from counts[b] edges[b] ≤ words < edges[b + 1]. */
  edges: Float64Array;
  counts: Int32Array;
  longest: number;
}
export interface GroupWords {
  group: string;
  texts: number;
  /** Words that are more frequent in this group's texts than elsewhere, most telling first. */
  words: { word: string; texts: number; /** Share of the group's texts over the share of all texts. */ lift: number }[];
}

/** Letters and digits of any script, at least two of them. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]+/gu;
export const wordsOf = (text: string): string[] => text.slice(0, 20_000).toLowerCase().match(WORD) ?? [];

const isIn = (selected: Int32Array | null, r: number): boolean => !selected || selected[r]! > 0;

/** @param selected interactions of each row's entity; those without are left out. Null takes all. */
export function textPortrait(column: TextColumn, selected: Int32Array | null): TextPortrait {
  const lengths: number[] = [];
  const seen = new Set<string>();
  let rows = 0;
  let missing = 0;
  let longest = 0;
  column.values.forEach((text, r) => {
    if (!isIn(selected, r)) return;
    rows++;
    if (text.trim() === '') {
      missing++;
      return;
    }
    seen.add(text);
    lengths.push(wordsOf(text).length);
    if (text.length > longest) longest = text.length;
  });
  lengths.sort((a, b) => a - b);
  const most = lengths[lengths.length - 1] ?? 0;
  const least = lengths[0] ?? 0;
  const step = Math.max(1, Math.ceil((most - least + 1) / 30));
  const counts = new Int32Array(lengths.length ? Math.floor((most - least) / step) + 1 : 0);
  for (const n of lengths) counts[Math.floor((n - least) / step)]!++;
  return { column: column.name, rows, missing, distinct: seen.size, medianWords: lengths[lengths.length >> 1] ?? 0, edges: Float64Array.from({ length: counts.length + 1 }, (_, b) => least + b * step), counts, longest };
}

/**
 * Columns a text can be grouped by, likeliest to mean something first: labels and tags of the same table that repeat.
 * Up to sixty levels the more the better (genres before a yes or no), then the fewer the better (genres before names).
 */
export function groupings(table: EntityTable): string[] {
  const few = (levels: number): boolean => levels <= 60;
  return table.columns
    .flatMap((c) => ((c.kind === 'categorical' || c.kind === 'tags') && c.levels.length > 1 && c.levels.length < table.ids.length * 0.8 ? [{ name: c.name, levels: c.levels.length }] : []))
    .sort((a, b) => Number(few(b.levels)) - Number(few(a.levels)) || (few(a.levels) ? b.levels - a.levels : a.levels - b.levels))
    .map((c) => c.name);
}

/**
 * The words of each of the largest groups by  texts in group · log(share in group ÷ share in all texts):
 * frequent there and rarer elsewhere. A word must stand in at least three texts of the group.
 */
export function wordsByGroup(column: TextColumn, by: CodedDimension, selected: Int32Array | null, groups = 8, words = 10): GroupWords[] {
  const L = by.about.levels.length;
  const sizes = new Int32Array(L);
  const levelsOf = (r: number): Int32Array => (by.offsets ? by.codes.subarray(by.offsets[r]!, by.offsets[r + 1]!) : by.codes.subarray(r, r + 1)).filter((c) => c < L);
  const rows: number[] = [];
  column.values.forEach((text, r) => {
    if (!isIn(selected, r) || text.trim() === '') return;
    rows.push(r);
    for (const c of levelsOf(r)) sizes[c]!++;
  });
  const chosen = Array.from({ length: L }, (_, c) => c).filter((c) => sizes[c]! > 0).sort((a, b) => sizes[b]! - sizes[a]! || a - b).slice(0, groups);
  const place = new Map(chosen.map((c, k) => [c, k]));
  const everywhere = new Map<string, number>();
  const inside = chosen.map(() => new Map<string, number>());
  for (const r of rows) {
    const here = new Set(wordsOf(column.values[r]!));
    const maps = [...levelsOf(r)].flatMap((c) => (place.has(c) ? [inside[place.get(c)!]!] : []));
    for (const w of here) {
      everywhere.set(w, (everywhere.get(w) ?? 0) + 1);
      for (const m of maps) m.set(w, (m.get(w) ?? 0) + 1);
    }
  }
  return chosen.map((c, k) => {
    const size = sizes[c]!;
    const scored = [...inside[k]!].flatMap(([word, n]) => {
      const lift = n / size / (everywhere.get(word)! / rows.length);
      return n >= 3 && lift > 1.05 ? [{ word, texts: n, lift, score: n * Math.log(lift) }] : [];
    });
    scored.sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1));
    return { group: by.about.levels[c]!, texts: size, words: scored.slice(0, words).map(({ word, texts, lift }) => ({ word, texts, lift })) };
  });
}
