/** What came out best. */
export interface Scored {
  /** Null: it failed. */
  score: number | null;
  /** Epochs its strategy gave it; 0 where the strategy gives none. */
  epochs: number;
}

/** The trial with the highest score, of equal ones the earlier. Short trainings only count while no longer one has a score. Null where none has. */
export function bestTrial(trials: readonly (Scored | undefined)[]): number | null {
  let best: number | null = null;
  trials.forEach((t, n) => {
    if (!t || t.score === null) return;
    const b = best === null ? null : trials[best]!;
    if (!b || t.epochs > b.epochs || (t.epochs === b.epochs && t.score > b.score!)) best = n;
  });
  return best;
}
