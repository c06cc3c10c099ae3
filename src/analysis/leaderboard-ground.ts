/** What runs must share to stand on one board, and why one cannot. Pure. */
import type { RunRecord } from '../core/run';

/** The ground a run was measured on: held-out interactions, candidates, and how its epoch was chosen. */
export interface Ground {
  data: string;
  dataName: string;
  split: string;
  /** Listed negatives a user was ranked among; null = all items. */
  sampled: number | null;
  /** Validation items stayed among the test's candidates. */
  distractors: boolean;
  /** The best epoch was picked on the test set. */
  chosenOnTest: boolean;
}

export const groundOf = (run: RunRecord): Ground => ({
  data: run.data.hash,
  dataName: run.data.name,
  split: run.split.hash,
  sampled: run.sampled?.negatives ?? null,
  distractors: run.split.validation > 0 && run.measured?.maskValidation === false,
  chosenOnTest: run.selection === 'test',
});

export const groundKey = (g: Ground): string => JSON.stringify([g.data, g.split, g.sampled, g.distractors, g.chosenOnTest]);

/** Why `run` may not stand on a board of `ground`; null when it may. The gravest reason first. */
export function apartFrom(run: RunRecord, ground: Ground): string | null {
  const own = groundOf(run);
  if (own.data !== ground.data) return `measured on other data (${own.dataName}): another test set, so the numbers do not compare`;
  if (own.sampled !== ground.sampled) {
    return own.sampled === null
      ? 'ranked against all items, these among a few listed ones: the scales differ'
      : `ranked among ${own.sampled} listed items instead of all: sampled figures are far higher and order models differently`;
  }
  if (own.split !== ground.split) return 'measured on another split of the same data (protocol, cold rule or seed): its test set or slices differ';
  if (own.chosenOnTest !== ground.chosenOnTest) return own.chosenOnTest ? 'its best epoch was chosen on the test set, so its figures are too good to stand here' : 'chosen on validation, these on the test set';
  if (own.distractors !== ground.distractors) return own.distractors ? 'validation items stayed among its candidates, so its list is longer' : 'validation items were left out of its candidates, here they stay in';
  return null;
}

/** How many runs are kept off the board for which reason, most frequent first. */
export function leftOut(runs: readonly RunRecord[], ground: Ground): { reason: string; runs: RunRecord[] }[] {
  const by = new Map<string, RunRecord[]>();
  for (const run of runs) {
    const reason = apartFrom(run, ground);
    if (reason !== null) by.set(reason, [...(by.get(reason) ?? []), run]);
  }
  return [...by].map(([reason, list]) => ({ reason, runs: list })).sort((a, b) => b.runs.length - a.runs.length);
}
