/** One figure to hit, and how a list of them is printed. */
export interface Claim {
  source: string;
  what: string;
  expected: number;
  ours: number;
  /** Largest difference that still counts as a hit. */
  tolerance: number;
}

export const isHit = (c: Claim): boolean => Math.abs(c.ours - c.expected) <= c.tolerance + 1e-12;

const number = (x: number): string => (Number.isInteger(x) ? String(x) : x.toFixed(6));

export function printClaims(title: string, seconds: string, claims: readonly Claim[]): void {
  const rows = claims.map((c) => [c.what, number(c.expected), number(c.ours), c.ours === c.expected ? '0' : (c.ours - c.expected).toExponential(1), isHit(c) ? 'hit' : `MISS (allowed ${c.tolerance})`]);
  const table = [['figure', 'expected', 'ours', 'difference', 'verdict'], ...rows];
  const widths = table[0]!.map((_, k) => Math.max(...table.map((r) => r[k]!.length)));
  console.log(`${title}: ${[...new Set(claims.map((c) => c.source))].join(', ')} (${seconds})`);
  for (const r of table) console.log(`  ${r.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]!) : cell.padStart(widths[k]!))).join('  ')}`);
  console.log();
}
