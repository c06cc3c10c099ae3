/** Cells that hold several labels: 'rock|indie', 'a, b', "['x', 'y']", "[{'name': 'x'}, …]". */

export type ListForm = 'python' | '|' | ';' | ',';

const isPython = (cell: string): boolean => /^\s*[[{(].*[\])}]\s*$/s.test(cell);

/** The form most non-empty cells of a sample have, or null if they are not lists. */
export function listFormOf(sample: readonly string[]): ListForm | null {
  const cells = sample.filter((c) => c.trim() !== '');
  if (cells.length === 0) return null;
  const share = (test: (c: string) => boolean): number => cells.filter(test).length / cells.length;
  if (share(isPython) > 0.8) return 'python';
  if (share((c) => c.includes('|')) > 0.15) return '|';
  // Prose holds commas too: a list has short parts, and its labels come again.
  for (const mark of [';', ','] as const) {
    if (share((c) => c.includes(mark)) < 0.3) continue;
    const parts = cells.flatMap((c) => c.split(mark).map((p) => p.trim()));
    const words = parts.reduce((n, p) => n + p.split(/\s+/).length, 0) / parts.length;
    if (words <= 2.5 && new Set(parts).size < 0.5 * parts.length) return mark;
  }
  return null;
}

/** Labels of one cell, trimmed, without empty ones and repeats. Of a list of Python dicts, the values of the first key that holds text. */
export function splitList(cell: string, form: ListForm): string[] {
  const parts = form === 'python' ? pythonStrings(cell) : cell.split(form);
  return [...new Set(parts.map((p) => p.trim()).filter(Boolean))];
}

const PAIR = /['"]([\w ]+)['"]\s*:\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g;
const STRING = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g;

function pythonStrings(cell: string): string[] {
  const unescape = (s: string): string => s.replace(/\\(.)/g, '$1');
  if (cell.includes('{')) {
    const pairs = [...cell.matchAll(PAIR)];
    const named = pairs.find((p) => /name|title|label/i.test(p[1]!)) ?? pairs[0];
    return pairs.filter((p) => p[1] === named?.[1]).map((p) => unescape(p[2] ?? p[3] ?? ''));
  }
  const strings = [...cell.matchAll(STRING)].map((m) => unescape(m[1] ?? m[2] ?? ''));
  return strings.length ? strings : cell.replace(/^[\s[({]+|[\s\])}]+$/g, '').split(',');
}
