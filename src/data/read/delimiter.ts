/** Which delimiter a text has: the one that gives every row the same number of cells. */
import { createRowSplitter } from './split-rows';

/** In order of trust: a delimiter further left is less likely to occur inside cells. */
const CANDIDATES = ['::', '\t', ';', ',', '|', ' '];

/** ',' when nothing fits: the table then has one column, and the reader will say so. */
export function detectDelimiter(sample: string): string {
  const text = sample.slice(0, 2 ** 16);
  for (const delimiter of CANDIDATES) if (consistency(text, delimiter) >= (delimiter === ' ' ? 0.98 : 0.9)) return delimiter;
  const best = CANDIDATES.slice(0, -1).map((d) => [consistency(text, d), d] as const).sort((a, b) => b[0] - a[0])[0]!;
  return best[0] >= 0.6 ? best[1] : ',';
}

/** Share of rows with the most common number of cells, 0 when that is one cell. */
function consistency(text: string, delimiter: string): number {
  if (!text.includes(delimiter)) return 0;
  let { rows } = createRowSplitter({ delimiter, quotes: 'auto' }).push(text, true);
  if (rows.length > 2) rows = rows.slice(0, -1); // the sample may end within a row
  rows = rows.slice(0, 500);
  if (delimiter === ' ' && !rows.some((r) => r.some((c) => /\d/.test(c)))) return 0;
  const counts = new Map<number, number>();
  for (const r of rows) counts.set(r.length, (counts.get(r.length) ?? 0) + 1);
  const [width, n] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [1, 0];
  return width < 2 ? 0 : n / rows.length;
}
