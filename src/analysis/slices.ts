/** Users of a test set in groups: by their held-out item, by columns of theirs or of the item, by activity and popularity deciles. n measured users. Pure. */
import type { CategoricalColumn, DataSet, TagsColumn } from '../core/dataset';
import { difference, type Difference } from './compare';

/** The held-out pairs of a split, users ascending, and train interactions. */
export interface TestPairs {
  users: Int32Array; // [n]
  items: Int32Array; // [n]
  userDegree: Int32Array; // [U]
  itemDegree: Int32Array; // [I]
}
export interface Group {
  label: string;
  /** Places 0 … n − 1. */
  users: Int32Array;
}
/** One way to part the users: every user is in exactly one group, but by tags, where a user whose item has several is in each of theirs. */
export interface Partition {
  id: string;
  label: string;
  groups: Group[];
}

/** Smaller levels are gathered under one name, so that a plot keeps its readers. */
const MOST_LEVELS = 12;

function gather(n: number, groupOf: (u: number) => number, labels: readonly string[]): Group[] {
  const members: number[][] = labels.map(() => []);
  for (let u = 0; u < n; u++) members[groupOf(u)]!.push(u);
  return labels.flatMap((label, g) => (members[g]!.length ? [{ label, users: Int32Array.from(members[g]!) }] : []));
}

/**
 * Ten groups of as equal size as ties allow: users of one value are never parted, so there may be fewer groups.
 * Worked: values 1, 1, 1, 5 in two parts → {1, 1, 1} and {5}.
 */
export function quantileGroups(values: ArrayLike<number>, parts = 10): Group[] {
  const n = values.length;
  const order = Array.from({ length: n }, (_, u) => u).sort((a, b) => values[a]! - values[b]! || a - b);
  const cut: number[][] = [];
  for (let k = 0; k < n; ) {
    let end = k + 1;
    while (end < n && values[order[end]!] === values[order[k]!]) end += 1;
    // A tie goes whole to the part that its middle falls into.
    const part = Math.min(parts - 1, Math.floor((((k + end - 1) / 2) * parts) / n));
    (cut[part] ??= []).push(...order.slice(k, end));
    k = end;
  }
  return cut.flatMap((users) => {
    if (!users?.length) return [];
    const [low, high] = [values[users[0]!]!, values[users.at(-1)!]!];
    return [{ label: low === high ? String(low) : `${low}–${high}`, users: Int32Array.from(users).sort() }];
  });
}

function byColumn(column: CategoricalColumn, rows: Int32Array, id: string, label: string): Partition | null {
  const n = rows.length;
  const counts = new Map<number, number>();
  for (const r of rows) counts.set(column.codes[r]!, (counts.get(column.codes[r]!) ?? 0) + 1);
  const big = [...counts].filter(([code]) => code >= 0).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST_LEVELS).map(([code]) => code);
  const place = new Map(big.map((code, k) => [code, k]));
  const others = counts.size - big.length - Number(counts.has(-1));
  const labels = [...big.map((c) => column.levels[c]!), `${others} others`, 'not given'];
  const groups = gather(n, (u) => place.get(column.codes[rows[u]!]!) ?? (column.codes[rows[u]!]! < 0 ? big.length + 1 : big.length), labels);
  return groups.length > 1 ? { id, label, groups } : null;
}

/** By the tags of each user's row or item: groups overlap where a row has several. Worked: rows {a, b}, {a}, {} → a: 0, 1; b: 0; not given: 2. */
function byTags(column: TagsColumn, rows: Int32Array, id: string, label: string): Partition | null {
  const members = new Map<number, number[]>();
  const bare: number[] = [];
  rows.forEach((r, u) => {
    const tags = new Set(column.codes.subarray(column.offsets[r]!, column.offsets[r + 1]!));
    if (tags.size === 0) bare.push(u);
    for (const t of tags) {
      const list = members.get(t);
      if (list) list.push(u);
      else members.set(t, [u]);
    }
  });
  const big = [...members].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]).slice(0, MOST_LEVELS);
  const groups = [...big.map(([t, users]): [string, number[]] => [column.levels[t]!, users]), ...(bare.length ? [['not given', bare] as [string, number[]]] : [])];
  return groups.length > 1 ? { id, label, groups: groups.map(([name, users]) => ({ label: name, users: Int32Array.from(users) })) } : null;
}

/** Every way to part the measured users of this data set. `letters`: w, c, n by held-out item (see RunRecord.perUser). */
export function partitions(data: Pick<DataSet, 'users' | 'items'>, pairs: TestPairs, letters: string | undefined): Partition[] {
  const { users, items } = pairs;
  const out: (Partition | null)[] = [];
  if (letters) out.push(temperature(letters));
  out.push({ id: 'activity', label: 'User’s train interactions (deciles)', groups: quantileGroups(Array.from(users, (u) => pairs.userDegree[u]!)) });
  out.push({ id: 'popularity', label: 'Item’s train users (deciles)', groups: quantileGroups(Array.from(items, (i) => pairs.itemDegree[i]!)) });
  for (const c of data.users.columns) if (c.kind === 'categorical') out.push(byColumn(c, users, `user ${c.name}`, `User: ${c.name}`));
  for (const c of data.items.columns) {
    if (c.kind === 'categorical') out.push(byColumn(c, items, `item ${c.name}`, `Item: ${c.name}`));
    if (c.kind === 'tags') out.push(byTags(c, items, `item tags ${c.name}`, `Item: ${c.name} (may have several)`));
  }
  return out.filter((p): p is Partition => p !== null);
}

/** Warm, cold with some train plays, strictly new: three parts that do not overlap (the slice "cold" elsewhere holds the last two). */
export function temperature(letters: string): Partition {
  const at: Record<string, number> = { w: 0, c: 1, n: 2 };
  return { id: 'temperature', label: 'Warm, cold, new', groups: gather(letters.length, (u) => at[letters[u]!]!, ['Warm', 'Cold, not new', 'Strictly new']) };
}

export interface GroupDifference extends Difference {
  label: string;
}
/** Mean difference of a and b in each group, [n] values each. Weighted by n the groups' means give the mean over all. */
export const groupDifferences = (partition: Partition, a: ArrayLike<number>, b: ArrayLike<number>): GroupDifference[] =>
  partition.groups.flatMap(({ label, users }) => {
    const d = difference(a, b, users);
    return d ? [{ label, ...d }] : [];
  });
