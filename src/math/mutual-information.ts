/** How far two labellings of the same things agree: mutual information, adjusted for chance (Vinh, Epps & Bailey 2010). */

/** 1 where the labellings say the same, about 0 where they agree as often as by chance; mean of the entropies as norm. Labels are whole numbers from 0. */
export function adjustedMutualInformation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  if (b.length !== n) throw new RangeError(`${n} labels and ${b.length} labels cannot be compared.`);
  const rows = countOf(a);
  const cols = countOf(b);
  const both = new Map<number, number>();
  for (let k = 0; k < n; k++) {
    const key = a[k]! * cols.length + b[k]!;
    both.set(key, (both.get(key) ?? 0) + 1);
  }
  let mutual = 0;
  for (const [key, c] of both) mutual += (c / n) * Math.log((c * n) / (rows[Math.floor(key / cols.length)]! * cols[key % cols.length]!));
  const mean = (entropy(rows, n) + entropy(cols, n)) / 2;
  const expected = expectedMutual(rows, cols, n);
  if (mean - expected < 1e-12) return 1; // no two labellings with these counts could disagree
  return (mutual - expected) / (mean - expected);
}

function countOf(labels: ArrayLike<number>): number[] {
  const counts: number[] = [];
  for (let k = 0; k < labels.length; k++) counts[labels[k]!] = (counts[labels[k]!] ?? 0) + 1;
  return Array.from(counts, (c) => c ?? 0);
}
const entropy = (counts: readonly number[], n: number): number => -counts.reduce((s, c) => (c > 0 ? s + (c / n) * Math.log(c / n) : s), 0);

/** Mean mutual information over all labellings with these counts (hypergeometric model). */
function expectedMutual(rows: readonly number[], cols: readonly number[], n: number): number {
  const lnFactorial = new Float64Array(n + 1);
  for (let k = 2; k <= n; k++) lnFactorial[k] = lnFactorial[k - 1]! + Math.log(k);
  const f = (k: number): number => lnFactorial[k]!;
  let sum = 0;
  for (const a of rows) {
    for (const b of cols) {
      for (let c = Math.max(1, a + b - n); c <= Math.min(a, b); c++) {
        const chance = Math.exp(f(a) + f(b) + f(n - a) + f(n - b) - f(n) - f(c) - f(a - c) - f(b - c) - f(n - a - b + c));
        sum += (c / n) * Math.log((n * c) / (a * b)) * chance;
      }
    }
  }
  return sum;
}
