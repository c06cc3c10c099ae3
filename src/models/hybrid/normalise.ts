/** Members' scores on one scale: per user, min-max over the candidates. */

/**
 * Each row becomes (s − min) / (max − min), min and max over the user's candidates: the items without a train interaction.
 * Other items follow the same line and are cut at 0 and 1. Awkward cases: all candidates alike, or none finite → 0 everywhere
 * (the member says nothing about this user); +∞ → 1; −∞ or not a number → 0.
 * @param rows [B, I], changed in place
 * @param known items with a train interaction, per row
 */
export function minMaxRows(rows: Float32Array, B: number, I: number, known: (b: number) => ArrayLike<number>): void {
  const seen = new Uint8Array(I);
  for (let b = 0; b < B; b++) {
    const own = known(b);
    for (let n = 0; n < own.length; n++) seen[own[n]!] = 1;
    const from = b * I;
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < I; i++) {
      const s = rows[from + i]!;
      if (seen[i] || !Number.isFinite(s)) continue;
      if (s < low) low = s;
      if (s > high) high = s;
    }
    const range = high - low;
    for (let i = 0; i < I; i++) {
      const s = rows[from + i]!;
      rows[from + i] = !(range > 0) || Number.isNaN(s) ? 0 : Math.min(1, Math.max(0, (s - low) / range));
    }
    for (let n = 0; n < own.length; n++) seen[own[n]!] = 0;
  }
}
