/** Test ratings in groups: by the true rating, by how much was known of the user and of the item, by fold. n test ratings, fold by fold. Pure. */
import type { RatingGroup } from './rating-compare';

/** Of every test rating, in the order of a run's residuals: fold by fold, within a fold by data row. All [n]. */
export interface TestRatings {
  /** Of the folds these belong to. */
  hash: string;
  fold: Uint8Array;
  truth: Float32Array;
  user: Int32Array;
  item: Int32Array;
  /** Train ratings of the user and of the item in that fold. */
  userDegree: Int32Array;
  itemDegree: Int32Array;
  /** 1: the item is cold in that fold. */
  cold: Uint8Array;
}
/** One way to part the ratings; every rating is in exactly one group. */
export interface RatingPartition {
  id: 'truth' | 'activity' | 'popularity' | 'temperature' | 'fold';
  label: string;
  groups: RatingGroup[];
}

/** More different ratings than this are no scale of stars: they are shown in tenths. */
const MOST_LEVELS = 21;

/** Groups by a small whole number; empty ones are left out. */
function gather(of: ArrayLike<number>, labels: readonly string[]): RatingGroup[] {
  const sizes = labels.map(() => 0);
  for (let k = 0; k < of.length; k++) sizes[of[k]!]! += 1;
  const lists = sizes.map((n) => new Int32Array(n));
  const end = labels.map(() => 0);
  for (let k = 0; k < of.length; k++) lists[of[k]!]![end[of[k]!]!++] = k;
  return labels.flatMap((label, g) => (sizes[g]! > 0 ? [{ label, at: lists[g]! }] : []));
}

/**
 * Ten groups of as equal size as ties allow: ratings of one value are never parted, so there may be fewer.
 * Worked: values 1, 1, 1, 5 in two parts → {1, 1, 1} and {5}.
 */
export function tenths(values: ArrayLike<number>, parts = 10): RatingGroup[] {
  const n = values.length;
  const counts = new Map<number, number>();
  for (let k = 0; k < n; k++) counts.set(values[k]!, (counts.get(values[k]!) ?? 0) + 1);
  const part = new Map<number, number>();
  const ends: { low: number; high: number }[] = [];
  let below = 0;
  for (const [value, many] of [...counts].sort((a, b) => a[0] - b[0])) {
    // A tie goes whole to the part that its middle falls into.
    const p = Math.min(parts - 1, Math.floor(((below + (many - 1) / 2) * parts) / n));
    part.set(value, p);
    ends[p] = { low: ends[p]?.low ?? value, high: value };
    below += many;
  }
  const labels = Array.from({ length: parts }, (_, p) => (ends[p] ? (ends[p].low === ends[p].high ? plain(ends[p].low) : `${plain(ends[p].low)}–${plain(ends[p].high)}`) : ''));
  return gather(Uint8Array.from({ length: n }, (_, k) => part.get(values[k]!)!), labels);
}
const plain = (x: number): string => String(Math.round(x * 100) / 100);

/** Every way to part these test ratings. */
export function ratingPartitions(t: TestRatings): RatingPartition[] {
  const levels = [...new Set(t.truth)].sort((a, b) => a - b);
  const place = new Map(levels.map((v, k) => [v, k]));
  const truth = levels.length <= MOST_LEVELS ? gather(Uint8Array.from(t.truth, (v) => place.get(v)!), levels.map(plain)) : tenths(t.truth);
  const folds = 1 + t.fold.reduce((a, b) => Math.max(a, b), 0);
  const heat = Uint8Array.from(t.cold, (c, k) => (t.itemDegree[k] === 0 ? 2 : c));
  const all: RatingPartition[] = [
    { id: 'truth', label: levels.length <= MOST_LEVELS ? 'True rating' : 'True rating (tenths)', groups: truth },
    { id: 'activity', label: 'User’s train ratings (tenths)', groups: tenths(t.userDegree) },
    { id: 'popularity', label: 'Item’s train ratings (tenths)', groups: tenths(t.itemDegree) },
    { id: 'temperature', label: 'Warm, cold, new items', groups: gather(heat, ['Warm', 'Cold, not new', 'Strictly new']) },
    { id: 'fold', label: 'Fold', groups: gather(t.fold, Array.from({ length: folds }, (_, f) => String(f + 1))) },
  ];
  return all.filter((p) => p.groups.length > 0);
}
