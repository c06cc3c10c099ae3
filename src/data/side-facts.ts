/** Friends and dated labels: joined by source id, and carried along when users and items are left out. */
import type { SideFacts } from '../core/dataset';

/** As the files have them, by source id. */
export interface SideIds {
  friends: { a: string[]; b: string[] } | null;
  tagged: { item: string[]; tag: string[]; time: number[] } | null;
}

/** Of people and things that are in the data; the others are left out. A pair told in both directions counts once. */
export function sideFacts({ friends, tagged }: SideIds, userIds: readonly string[], itemIds: readonly string[]): SideFacts {
  const userOf = new Map(userIds.map((id, k) => [id, k]));
  const itemOf = new Map(itemIds.map((id, k) => [id, k]));
  const pairs = friends && onePerPair(friends.a.map((id) => userOf.get(id) ?? -1), friends.b.map((id) => userOf.get(id) ?? -1), userIds.length);
  if (!tagged) return { friends: pairs, tagged: null };
  const codeOf = new Map<string, number>();
  const kept = tagged.item.flatMap((id, k) => (itemOf.has(id) ? [k] : []));
  const tag = Int32Array.from(kept, (k) => {
    const name = tagged.tag[k]!;
    const code = codeOf.get(name) ?? codeOf.size;
    codeOf.set(name, code);
    return code;
  });
  return { friends: pairs, tagged: { item: Int32Array.from(kept, (k) => itemOf.get(tagged.item[k]!)!), tag, time: Float64Array.from(kept, (k) => tagged.time[k]!), levels: [...codeOf.keys()] } };
}

/** `userIndexOf[u]` and `itemIndexOf[i]` are the new indices, −1 for those that went. */
export function pickSide({ friends, tagged }: SideFacts, userIndexOf: Int32Array, itemIndexOf: Int32Array): SideFacts {
  const pairs = friends && onePerPair(Array.from(friends.a, (u) => userIndexOf[u]!), Array.from(friends.b, (u) => userIndexOf[u]!), userIndexOf.length);
  if (!tagged) return { friends: pairs, tagged: null };
  const kept: number[] = [];
  tagged.item.forEach((i, k) => {
    if (itemIndexOf[i]! >= 0) kept.push(k);
  });
  return {
    friends: pairs,
    tagged: { item: Int32Array.from(kept, (k) => itemIndexOf[tagged.item[k]!]!), tag: Int32Array.from(kept, (k) => tagged.tag[k]!), time: Float64Array.from(kept, (k) => tagged.time[k]!), levels: tagged.levels },
  };
}

function onePerPair(a: readonly number[], b: readonly number[], U: number): { a: Int32Array; b: Int32Array } {
  const keys = new Set<number>();
  a.forEach((u, k) => {
    const v = b[k]!;
    if (u >= 0 && v >= 0 && u !== v) keys.add(Math.min(u, v) * U + Math.max(u, v));
  });
  const sorted = Float64Array.from(keys).sort();
  return { a: Int32Array.from(sorted, (key) => Math.floor(key / U)), b: Int32Array.from(sorted, (key) => key % U) };
}
