/** Whether the first row holds names or already data. */
import { looksLikeDate, parseNumber } from './values';

const KNOWN = /^(user|item|track|song|movie|artist|product|book|rating|score|time|timestamp|date|id|title|name|genre|age|gender|weight|plays?|count|value|tags?|text)/i;

export function detectHeader(rows: readonly string[][]): boolean {
  const first = rows[0];
  if (!first) return false;
  const data = (cell: string): boolean => !Number.isNaN(parseNumber(cell)) || looksLikeDate(cell);
  const rest = rows.slice(1);
  // The first cell of a wide matrix's header may be empty, and its other names are ids, which may be numbers.
  if (first.length > 4 && (first[0] === '' || KNOWN.test(first[0]!)) && new Set(first).size === first.length && first.slice(1).every((c) => c !== '') && rest.length > 0) {
    const zeros = rest.flatMap((r) => r.slice(1)).filter((c) => c.trim() === '' || Number(c) === 0).length;
    if (zeros > 0.4 * rest.length * (first.length - 1)) return true;
  }
  if (first.some((c) => data(c))) return false;
  if (first.filter((c) => KNOWN.test(c.trim())).length >= Math.max(1, first.length / 4)) return true;
  if (rest.length === 0) return true;
  // A column of numbers or dates under a word: the word is its name.
  if (first.some((c, k) => c !== '' && rest.filter((r) => data(r[k] ?? '')).length > 0.8 * rest.length)) return true;
  const names = first.filter((c) => /^[\p{L}_][\p{L}\p{N}_ .\-()]{0,40}$/u.test(c.trim()));
  const repeatedBelow = first.some((c, k) => c !== '' && rest.some((r) => r[k] === c));
  return names.length === first.length && new Set(first).size === first.length && !repeatedBelow;
}
