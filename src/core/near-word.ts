/** What somebody who mistyped a name most likely meant. */

/** Letters and digits alone, '+' read as p: 'SVD++' and 'svd-pp' are one name. */
const bare = (word: string): string => word.toLowerCase().replaceAll('+', 'p').replace(/[^a-z0-9]/g, '');

/** Fewest insertions, deletions, changes and swaps of neighbours that turn a into b (optimal string alignment). */
function distance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : Infinity;
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, changed, swapped));
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

/** The known word that is at most a third of its letters away, else the only one that begins with what was typed; null where none is near. */
export function nearWord(typed: string, known: readonly string[]): string | null {
  const word = bare(typed);
  if (word === '') return null;
  let best: string | null = null;
  let least = Infinity;
  for (const name of known) {
    const d = distance(word, bare(name));
    if (d < least && d <= Math.max(1, Math.floor(bare(name).length / 3))) [best, least] = [name, d];
  }
  if (best !== null || word.length < 3) return best;
  const begun = known.filter((name) => bare(name).startsWith(word));
  return begun.length === 1 ? begun[0]! : null;
}
