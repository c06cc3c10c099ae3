/** What a set of text vectors tells about this data, as a few numbers: are near texts near, and do they share listeners? */
import type { Interactions, TextVectors } from '../../core/dataset';
import { createRandom } from '../../core/random';
import { cosine, nearest, rowNorms } from './neighbours';

export interface TextReading {
  /** Items whose nearest neighbour was looked for, and random pairs beside them. */
  items: number;
  pairs: number;
  /** Median cosine to the nearest neighbour with another text, and of random pairs. */
  nearestCosine: number;
  randomCosine: number;
  /** Mean cosine of the sets of users: 1 where two items have the same users, 0 where they share none. */
  nearestShared: number;
  randomShared: number;
  /** Half of the 95 % interval of nearestShared. */
  nearestSharedError: number;
}

/** Users of each item, ascending: item i has users[start[i] … start[i+1]). */
export interface Audience {
  start: Int32Array; // [I+1]
  users: Int32Array; // [N]
}

export function audienceOf(interactions: Pick<Interactions, 'user' | 'item'>, I: number): Audience {
  const start = new Int32Array(I + 1);
  for (const i of interactions.item) start[i + 1]!++;
  for (let i = 0; i < I; i++) start[i + 1]! += start[i]!;
  const next = start.slice(0, I);
  const users = new Int32Array(interactions.item.length);
  // Interactions are sorted by user, so every item's users come out ascending.
  interactions.item.forEach((i, n) => (users[next[i]!++] = interactions.user[n]!));
  return { start, users };
}

/** How many different users the two items have, and how many came to both. */
export function audienceOverlap({ start, users }: Audience, a: number, b: number): { a: number; b: number; both: number } {
  const left = new Set(users.subarray(start[a]!, start[a + 1]!));
  const right = new Set(users.subarray(start[b]!, start[b + 1]!));
  let both = 0;
  for (const u of left) if (right.has(u)) both++;
  return { a: left.size, b: right.size, both };
}

/** |A ∩ B| / √(|A|·|B|) over distinct users; NaN where an item has none. */
export function sharedAudience(audience: Audience, a: number, b: number): number {
  const o = audienceOverlap(audience, a, b);
  return o.a && o.b ? o.both / Math.sqrt(o.a * o.b) : NaN;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
const mean = (values: number[]): number => {
  const known = values.filter((x) => !Number.isNaN(x));
  return known.reduce((s, x) => s + x, 0) / known.length;
};
/** 1.96 standard errors of the mean. */
const halfInterval = (values: number[]): number => {
  const known = values.filter((x) => !Number.isNaN(x));
  const m = mean(known);
  return 1.96 * Math.sqrt(known.reduce((s, x) => s + (x - m) ** 2, 0) / (known.length - 1) / known.length);
};

/**
 * Samples up to `sample` items (seeded: the same data gives the same sentence) and yields to the page between them.
 * Items with the very same text are not counted as neighbours: they would say nothing about meaning.
 * Null where fewer than 20 items have a text, or the signal stopped it.
 */
export async function readVectors(v: TextVectors, texts: readonly string[] | null, interactions: Interactions, signal: AbortSignal, sample = 150): Promise<TextReading | null> {
  const norms = rowNorms(v);
  const filled = Int32Array.from([...norms.keys()].filter((i) => norms[i]! > 0));
  if (filled.length < 20) return null;
  const random = createRandom(1, 'text-reading');
  const audience = audienceOf(interactions, norms.length);
  random.shuffle(filled);
  const nearCosine: number[] = [];
  const nearShared: number[] = [];
  let since = performance.now();
  for (const item of filled.subarray(0, sample)) {
    if (performance.now() - since > 12) {
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
    if (signal.aborted) return null;
    const [first] = nearest(v, item, 1, (other) => texts !== null && texts[other] === texts[item]);
    if (!first) continue;
    nearCosine.push(first.cosine);
    nearShared.push(sharedAudience(audience, item, first.item));
  }
  const randomCosine: number[] = [];
  const randomShared: number[] = [];
  for (let n = 0; n < 2000; n++) {
    const a = filled[random.int(filled.length)]!;
    const b = filled[random.int(filled.length)]!;
    if (a === b) continue;
    randomCosine.push(cosine(v, a, b));
    randomShared.push(sharedAudience(audience, a, b));
  }
  const items = nearCosine.length;
  const pairs = randomCosine.length;
  return { items, pairs, nearestCosine: median(nearCosine), randomCosine: median(randomCosine), nearestShared: mean(nearShared), randomShared: mean(randomShared), nearestSharedError: halfInterval(nearShared) };
}

/** How many more users the nearest texts share than random pairs, in words, and only as firmly as the interval allows. */
export function verdict(r: TextReading): string {
  if (!(r.randomShared > 0) || Number.isNaN(r.nearestShared)) return 'Too few shared users to say whether near texts are liked by the same people.';
  const times = (x: number): string => (x / r.randomShared).toFixed(1);
  const low = r.nearestShared - r.nearestSharedError;
  const figures = `${times(r.nearestShared)} times as many users as random pairs (95 % interval ${times(Math.max(0, low))} to ${times(r.nearestShared + r.nearestSharedError)})`;
  if (low > 1.2 * r.randomShared) return `The texts carry taste: items with the nearest texts share ${figures}, and that is what lets a model place an item nobody has played.`;
  if (low > r.randomShared) return `The texts carry a little taste: items with the nearest texts share ${figures}.`;
  if (r.nearestShared + r.nearestSharedError > 1.2 * r.randomShared) return `Items with the nearest texts share ${figures}: too uncertain to say whether these texts carry taste.`;
  return `Items with the nearest texts share ${figures}: expect little for cold items from this text.`;
}
