/** What is known of every backend, when the worker told of the one asked for only. */
import type { BackendChoice, BackendId, BackendReport } from '../../../workers/protocol';

const ALL: readonly BackendId[] = ['webgpu', 'wasm', 'webgl', 'cpu'];

/** A backend chosen by hand is tested alone; the others keep what an earlier look found, or can be tried. */
export function withOthers(choice: BackendChoice, before: BackendChoice | null): BackendChoice {
  const reports = ALL.map((id): BackendReport => {
    const now = choice.reports.find((r) => r.id === id);
    if (now) return now;
    const known = before?.reports.find((r) => r.id === id);
    if (!known) return { id, available: true, correct: false, milliseconds: null, detail: '', reason: 'Not tested yet, because another was chosen by hand.' };
    return known.correct ? { ...known, reason: 'Right numbers in the self-test; not used, because another was chosen by hand.' } : known;
  });
  return { ...choice, reports };
}
