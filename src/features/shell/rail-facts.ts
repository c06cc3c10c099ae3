import { useDataFlow } from '../../app/data';
import { useRuns } from '../../app/runs';
import { useWorkspace } from '../../app/workspace';
import type { Screen } from '../../app/url';
import { percent, plural } from '../../ui/format';

/** The small fact beside each entry: which data, or how far it is read; how wide the text vectors, how many runs. */
export function useRailFacts(): Record<Screen, string | null> {
  const name = useWorkspace((s) => s.data?.name ?? null);
  // Whole percents only, or the rail would draw itself anew with every block read.
  const reading = useDataFlow((s) => (s.work ? `reading${s.work.value === null ? '…' : ` ${percent(Math.floor(s.work.value * 100) / 100)}`}` : null));
  const dim = useWorkspace((s) => s.vectors[0]?.dim ?? null);
  const runs = useRuns((s) => s.runs.length);
  return { data: reading ?? name, explore: null, compare: null, recommend: null, text: dim === null ? null : `${dim}-d`, train: runs === 0 ? null : plural(runs, 'run') };
}
