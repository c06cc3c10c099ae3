import { useRuns } from '../../app/runs';
import { useWorkspace } from '../../app/workspace';
import type { Screen } from '../../app/url';
import { plural } from '../../ui/format';

/** The small fact beside each entry: which data, how wide the text vectors, how many runs. */
export function useRailFacts(): Record<Screen, string | null> {
  const name = useWorkspace((s) => s.data?.name ?? null);
  const dim = useWorkspace((s) => s.vectors[0]?.dim ?? null);
  const runs = useRuns((s) => s.runs.length);
  return { data: name, explore: null, compare: null, recommend: null, text: dim === null ? null : `${dim}-d`, train: runs === 0 ? null : plural(runs, 'run') };
}
