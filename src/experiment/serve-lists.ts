/**
 * Lists made from scores. With both sliders at 0 a list is the model's own order.
 * Discovery δ: s' = z(s) − 2 δ · z(log(1 + n)), z over the candidates' mean and standard deviation, n = train interactions of the item.
 * Diversity λ: of the first 5 K (at least 100) by s', items are taken one by one by the largest (1 − λ) · r − λ · max cosine to those above,
 * r = s' brought to 0…1 within them (maximal marginal relevance, Carbonell and Goldstein 1998).
 */
import type { ColumnLevel, ListOptions, ServedList, ServedPerson } from '../../workers/protocol';
import type { EntityTable } from '../core/dataset';
import { itemIndex } from '../core/ids';
import { Problem } from '../core/problem';
import { topOfOneUser } from '../metrics/top-of-one-user';
import { rankOneUser } from '../metrics/rank-one-user';
import { historyOf, ofUser, scoresOf, type Serving } from './serve';
import { pickThrough } from './serve-index';

const POOL = 100;

/** One list per person. @throws Problem for people, labels or settings that are not there. */
export async function recommend(serving: Serving, people: readonly ServedPerson[], options: ListOptions): Promise<ServedList[]> {
  checkOptions(options);
  const { I } = serving.on.train;
  const barred = barredItems(serving.on.data.items, options);
  const scores = await scoresOf(serving, people, options.seen === 'measured');
  const lists: ServedList[] = [];
  for (const [b, person] of people.entries()) lists.push(await listOf(serving, person, scores.subarray(b * I, (b + 1) * I), barred, options));
  return lists;
}

/** Scores and ranks of given items. Row-major [people, items]; rank 0 where an item is no candidate. */
export async function scoresAndRanks(serving: Serving, people: readonly ServedPerson[], items: readonly number[], seen: ListOptions['seen']): Promise<{ scores: Float32Array; ranks: Int32Array }> {
  const { I } = serving.on.train;
  const all = await scoresOf(serving, people, seen === 'measured');
  const out = { scores: new Float32Array(people.length * items.length), ranks: new Int32Array(people.length * items.length) };
  people.forEach((person, b) => {
    const row = all.subarray(b * I, (b + 1) * I);
    const excluded = excludedFor(serving, person, seen);
    items.forEach((item, n) => {
      out.scores[b * items.length + n] = row[item]!;
      out.ranks[b * items.length + n] = rankIn(row, excluded, item);
    });
  });
  return out;
}

function checkOptions({ k, discovery, diversity }: ListOptions): void {
  const say = (name: string, value: number, allowed: string): never => {
    throw new Problem(`${name} must be ${allowed}, received ${value}.`, {}, 'Choose a value in that range.');
  };
  if (!Number.isInteger(k) || k < 1 || k > 1000) say('The length of a list', k, 'a whole number from 1 to 1000');
  if (!(discovery >= -1 && discovery <= 1)) say('Discovery', discovery, 'between -1 and 1');
  if (!(diversity >= 0 && diversity <= 1)) say('Diversity', diversity, 'between 0 and 1');
}

/** Items with a label. @throws Problem when the column or the label is not there */
function labelled(items: EntityTable, { column, level }: ColumnLevel): (i: number) => boolean {
  const found = items.columns.find((c) => c.name === column);
  if (!found || (found.kind !== 'categorical' && found.kind !== 'tags')) throw new Problem(`The items have no labels "${column}".`, {}, 'Choose a column of labels or tags.');
  const code = found.levels.indexOf(level);
  if (code < 0) throw new Problem(`No item has "${level}" as its ${column}.`, { column }, 'Choose one that occurs.');
  if (found.kind === 'categorical') return (i) => found.codes[i] === code;
  return (i) => {
    for (let n = found.offsets[i]!; n < found.offsets[i + 1]!; n++) if (found.codes[n] === code) return true;
    return false;
  };
}

/** 1 where the labels keep an item out; null where none does. [I] */
function barredItems(items: EntityTable, { without, only }: ListOptions): Uint8Array | null {
  if (without.length === 0 && only.length === 0) return null;
  const barring = without.map((l) => labelled(items, l));
  const letting = only.map((l) => labelled(items, l));
  return Uint8Array.from(items.ids, (_, i) => Number(barring.some((has) => has(i)) || (letting.length > 0 && !letting.some((has) => has(i)))));
}

/** What is no candidate because the person has it already; ascending. */
export function excludedFor(serving: Serving, person: ServedPerson, seen: ListOptions['seen']): Int32Array {
  if (seen === 'none') return new Int32Array(0);
  const history = historyOf(serving, person);
  if (seen === 'train' || 'history' in person || !serving.maskValidation) return history;
  const validation = ofUser(serving.on.validationSets, person.user);
  return validation.length === 0 ? history : Int32Array.from(new Set([...history, ...validation])).sort();
}

const target = new Int32Array(1);
const answer = new Int32Array(1);
/** Rank from 1 as the test has it: ties count against the item. */
function rankIn(row: Float32Array, excluded: Int32Array, item: number): number {
  target[0] = item;
  rankOneUser(row, 0, row.length, excluded, 0, excluded.length, target, 0, 1, answer);
  return answer[0]!;
}

async function listOf(serving: Serving, person: ServedPerson, row: Float32Array, barred: Uint8Array | null, options: ListOptions): Promise<ServedList> {
  const I = row.length;
  const seen = excludedFor(serving, person, options.seen);
  const out = barred ? Int32Array.from({ length: I }, (_, i) => i).filter((i) => barred[i] === 1) : null;
  const excluded = out ? Int32Array.from(new Set([...seen, ...out])).sort() : seen;
  const candidates = I - excluded.length;
  const pool = options.diversity > 0 ? Math.max(POOL, 5 * options.k) : options.k;
  const adjusted = options.discovery === 0 ? row : adjustedScores(row, excluded, serving.on.train.itemDegree, options.discovery);
  const picked = options.search ? await pickThrough(serving, person, excluded, Math.min(pool, I), options, options.search) : null;
  const best = picked?.rows ?? topOfOneUser(adjusted, 0, I, excluded, 0, excluded.length, Math.min(pool, I));
  const items = options.diversity > 0 ? diversified(best, adjusted, serving.likeness.between, options.diversity, options.k) : best;
  return {
    items,
    scores: Float32Array.from(items, (i) => row[i]!),
    places: placesOf(items, row, excluded),
    candidates,
    heldOut: heldOutOf(serving, person, row, items),
    ...(picked ? { search: picked.search } : {}),
    ...placedOf(serving, person),
  };
}

function placedOf(serving: Serving, person: ServedPerson): { placedBy?: string } {
  if (!('history' in person)) return {};
  const placedBy = serving.recommender.foldIn?.(Array.from(historyOf(serving, person), itemIndex)).placedBy;
  return placedBy ? { placedBy } : {};
}

/** Standardised scores less twice δ of standardised log popularity; what is excluded keeps NaN. */
function adjustedScores(row: Float32Array, excluded: Int32Array, degree: Int32Array, discovery: number): Float32Array {
  const I = row.length;
  const open = new Uint8Array(I).fill(1);
  for (const i of excluded) open[i] = 0;
  const standard = (of: (i: number) => number): ((i: number) => number) => {
    let n = 0;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < I; i++) {
      const x = of(i);
      if (!open[i] || !Number.isFinite(x)) continue;
      n++;
      sum += x;
    }
    const mean = n > 0 ? sum / n : 0;
    for (let i = 0; i < I; i++) if (open[i] && Number.isFinite(of(i))) squares += (of(i) - mean) ** 2;
    const sd = n > 0 ? Math.sqrt(squares / n) : 0;
    return (i) => (sd > 0 ? (of(i) - mean) / sd : 0);
  };
  const score = standard((i) => row[i]!);
  const popularity = standard((i) => Math.log(1 + degree[i]!));
  return Float32Array.from(row, (s, i) => (open[i] && !Number.isNaN(s) ? score(i) - 2 * discovery * popularity(i) : NaN));
}

function diversified(pool: Int32Array, scores: Float32Array, between: (a: number, b: number) => number, diversity: number, k: number): Int32Array {
  if (pool.length === 0) return pool;
  const high = scores[pool[0]!]!;
  const low = scores[pool[pool.length - 1]!]!;
  const relevance = Float64Array.from(pool, (i) => (high > low ? (scores[i]! - low) / (high - low) : 1));
  const nearest = new Float64Array(pool.length); // cosine to the nearest above; none yet
  const taken = new Uint8Array(pool.length);
  const out = new Int32Array(Math.min(k, pool.length));
  for (let p = 0; p < out.length; p++) {
    let best = -1;
    let value = -Infinity;
    for (let n = 0; n < pool.length; n++) {
      if (taken[n]) continue;
      const v = (1 - diversity) * relevance[n]! - (p > 0 ? diversity * nearest[n]! : 0);
      if (v > value) {
        value = v;
        best = n;
      }
    }
    taken[best] = 1;
    out[p] = pool[best]!;
    for (let n = 0; n < pool.length; n++) if (!taken[n]) nearest[n] = p === 0 ? between(pool[n]!, pool[best]!) : Math.max(nearest[n]!, between(pool[n]!, pool[best]!));
  }
  return out;
}

/** Where the model itself puts these items among the candidates, equal scores by ascending item. */
function placesOf(items: Int32Array, row: Float32Array, excluded: Int32Array): Int32Array {
  const places = new Int32Array(items.length).fill(1);
  const open = new Uint8Array(row.length).fill(1);
  for (const i of excluded) open[i] = 0;
  for (let j = 0; j < row.length; j++) {
    if (!open[j]) continue;
    const s = row[j]!;
    for (let n = 0; n < items.length; n++) if (s > row[items[n]!]! || (s === row[items[n]!]! && j < items[n]!)) places[n]!++;
  }
  return places;
}

function heldOutOf(serving: Serving, person: ServedPerson, row: Float32Array, items: Int32Array): ServedList['heldOut'] {
  if ('history' in person) return [];
  const { on } = serving;
  const part = (name: 'validation' | 'test', excluded: Int32Array): ServedList['heldOut'] =>
    [...ofUser(name === 'test' ? on.testSets : on.validationSets, person.user)].map((item) => ({ item, part: name, rank: rankIn(row, excluded, item), score: row[item]!, place: items.indexOf(item) + 1 }));
  return [...part('validation', excludedFor(serving, person, 'train')), ...part('test', excludedFor(serving, person, 'measured'))];
}
