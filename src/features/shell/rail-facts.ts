import { useWorkspace } from '../../app/workspace';
import type { Screen } from '../../app/url';

/** The small fact beside each entry: which data, how wide the text vectors, how many runs. */
export function useRailFacts(): Record<Screen, string | null> {
  const name = useWorkspace((s) => s.data?.name ?? null);
  const dim = useWorkspace((s) => s.vectors[0]?.dim ?? null);
  return { data: name, text: dim === null ? null : `${dim}-d`, train: null };
}
