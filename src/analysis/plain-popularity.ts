/** Whether a run is the very count that stands beside every run, and not popularity with other settings (recent plays, by country). */
import type { Evaluation } from '../core/metric';
import type { BaselineLine } from '../core/run';

/** Told by its figures, so that defaults which change later confuse nothing. A run without a test yet is taken for plain. */
export function isPlainPopularity({ model, test, baselines }: { model: string; test: Evaluation | null; baselines: readonly BaselineLine[] }): boolean {
  if (model !== 'popularity') return false;
  const beside = baselines.find((b) => b.id === 'popularity')?.test.all.metrics;
  if (!test || !beside) return true;
  const own = test.all.metrics;
  return Object.keys(own).every((k) => own[k]!.value === beside[k]?.value);
}
