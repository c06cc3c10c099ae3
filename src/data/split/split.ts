/** From a frozen data set to train, validation and test. Every protocol is deterministic. */
import type { DataSet } from '../../core/dataset';
import { Problem } from '../../core/problem';
import type { HeldOut, Split, SplitSpec, SplitSummary } from '../../core/split';
import { createDigest } from './digest';
import { listedCandidates, listedPairs, type ListedCandidates } from './listed-test';
import { ownTestPairs, type OwnPairs } from './own-test';
import { chooseByHash, chooseLast, chooseRandom, fewestInteractions, KEEP_ALL, type UserChoice } from './per-user';
import { temporalRoles, type Roles } from './temporal';
import { warmCold } from './warm-cold';

export { trainData } from './train-data';

/** Held-out pairs while they are collected; `row` is −1 for a pair that is no row of the data. */
interface Pairs {
  user: number[];
  item: number[];
  row: number[];
}
const noPairs = (): Pairs => ({ user: [], item: [], row: [] });
const TRAIN = 0;
const VALIDATION = 1;
const TEST = 2;

/**
 * @throws Problem when the data is empty, nothing can be held out, the own test file is missing or foreign, or a listed test is asked for and none came with the data.
 */
export function splitData(data: DataSet, spec: SplitSpec, testPairs?: { user: string[]; item: string[] }): Split {
  if (data.interactions.user.length === 0) throw new Problem('There are no interactions to split.', { file: data.name }, 'Load a file that says which user chose which item.');
  checkSpec(spec);
  const notes: string[] = [];
  if (data.interactions.time === null && (spec.protocol === 'last' || spec.protocol === 'temporal')) {
    notes.push('There are no timestamps: the order of rows in the file stands in for time.');
  }
  const { train, validation, test } = partsOf(data, spec, testPairs, notes);
  const repeats = dropKnownPairs(data, train, validation, test);
  if (repeats > 0) {
    notes.push(`${repeats} held-out interactions repeat one the same user already has and are not measured. Removing duplicates in cleaning avoids this.`);
  }
  if (test.user.length === 0) throw noTest(data, spec);
  if (spec.validation && validation.user.length === 0) notes.push('No user has enough interactions for a validation item, so no epoch can be chosen by validation.');

  const degrees = degreesOf(data, train);
  const temperature = warmCold(degrees.item, spec.cold);
  const held = { validation: sortedPairs(validation), test: sortedPairs(test) };
  const testUsers = [...new Set(held.test.user)];
  const strangers = testUsers.filter((u) => degrees.user[u] === 0).length;
  if (strangers > 0) notes.push(`${strangers} test users have no train interaction: nothing is known about their taste.`);
  const listed = spec.protocol === 'listed' ? listedCandidates(data, held.test, notes) : null;

  const testCold = held.test.item.filter((i) => temperature.cold[i]).length;
  const summary: SplitSummary = {
    train: train.length,
    validation: held.validation.user.length,
    test: held.test.user.length,
    testUsers: testUsers.length,
    items: data.items.ids.length,
    coldItems: temperature.coldItems,
    newItems: temperature.newItems,
    highestColdDegree: temperature.highestColdDegree,
    lowestWarmDegree: temperature.lowestWarmDegree,
    testWarm: held.test.user.length - testCold,
    testCold,
    testNew: held.test.item.filter((i) => degrees.item[i] === 0).length,
    leakage: leakageShare(data.interactions.time, train, test.row),
    repeats,
    ...(listed ? { sampled: { origin: 'listed' as const, negatives: listed.negatives } } : {}),
    notes: [...notes, ...temperature.notes],
  };
  return {
    spec, trainRows: train, ...held, itemDegree: degrees.item, cold: temperature.cold, summary, hash: hashOf(data, spec, train, held, listed),
    ...(listed ? { listed: { start: listed.start, items: listed.items } } : {}),
  };
}

/** Rows of the data in the three parts; test pairs that were given need be no rows of the data. */
function partsOf(data: DataSet, spec: SplitSpec, testPairs: { user: string[]; item: string[] } | undefined, notes: string[]): { train: Int32Array; validation: Pairs; test: Pairs } {
  const x = data.interactions;
  const userStart = rowsByUser(x.user, data.users.ids.length);
  // The test pairs are given, by a file of one's own or by the data itself.
  const given = spec.protocol === 'file' || spec.protocol === 'listed' ? spec.protocol : null;
  let roles: Roles;
  let test = noPairs();
  if (spec.protocol === 'temporal') {
    roles = temporalRoles(x, spec.testShare, spec.validation ? spec.validationShare : 0);
  } else if (given) {
    ({ roles, test } = fileRoles(data, spec, userStart, given === 'file' ? ownTestPairs(data, testPairs) : listedPairs(data), notes));
  } else {
    roles = perUserRoles(data, spec, userStart, notes);
  }
  const validation = noPairs();
  const train: number[] = [];
  roles.forEach((role, row) => {
    if (role === TRAIN) train.push(row);
    else if (!given || role === VALIDATION) {
      const to = role === TEST ? test : validation;
      to.user.push(x.user[row]!);
      to.item.push(x.item[row]!);
      to.row.push(row);
    }
  });
  return { train: Int32Array.from(train), validation, test };
}

/**
 * Takes out held-out pairs that the user also has in train, and test pairs that are validation pairs as well: what a user has cannot be asked for
 * again. @returns how many went
 */
function dropKnownPairs(data: DataSet, train: Int32Array, validation: Pairs, test: Pairs): number {
  const { user, item } = data.interactions;
  const I = data.items.ids.length;
  const heldOut = new Set<number>();
  for (const pairs of [validation, test]) pairs.user.forEach((u, k) => heldOut.add(u * I + pairs.item[k]!));
  const taken = new Set<number>();
  for (const row of train) {
    const key = user[row]! * I + item[row]!;
    if (heldOut.has(key)) taken.add(key);
  }
  return dropRepeats(validation, I, taken) + dropRepeats(test, I, taken);
}

/** Train interactions of each user and item. */
function degreesOf(data: DataSet, train: Int32Array): { user: Int32Array; item: Int32Array } {
  const { user, item } = data.interactions;
  const out = { user: new Int32Array(data.users.ids.length), item: new Int32Array(data.items.ids.length) };
  for (const row of train) {
    out.user[user[row]!]!++;
    out.item[item[row]!]!++;
  }
  return out;
}

/** What a result rests on: two splits of one hash have the same parts, slices and candidates. */
function hashOf(data: DataSet, spec: SplitSpec, train: Int32Array, held: Pick<Split, 'validation' | 'test'>, listed: ListedCandidates | null): string {
  const hash = createDigest()
    .text(data.hash)
    .text(JSON.stringify([spec.protocol, spec.validation, spec.cold.kind, spec.cold.kind === 'share' ? spec.cold.share : spec.cold.max]))
    .words(train)
    .words(held.validation.user)
    .words(held.validation.item)
    .words(held.test.user)
    .words(held.test.item);
  // Other candidates make other figures: the lists are part of what a result rests on.
  if (listed) hash.text('listed candidates').words(listed.start).words(listed.items);
  return hash.hex();
}

function checkSpec(spec: SplitSpec): void {
  const share = (name: string, value: number): void => {
    if (!(value >= 0 && value <= 1)) throw new Problem(`The ${name} must lie between 0 and 1.`, { value: String(value) }, 'Enter a share, for example 0.8 for 80 %.');
  };
  if (spec.cold.kind === 'share') share('cold share', spec.cold.share);
  if (spec.protocol === 'temporal') {
    share('test share', spec.testShare);
    share('validation share', spec.validationShare);
    if (spec.testShare + (spec.validation ? spec.validationShare : 0) >= 1) {
      throw new Problem('Test and validation together leave nothing to train on.', { value: `${spec.testShare} + ${spec.validationShare}` }, 'Lower one of the shares.');
    }
  }
}

/** Why nothing is tested, and what helps: per user a history may simply be too short. */
function noTest(data: DataSet, spec: SplitSpec): Problem {
  const place = { file: data.name };
  const perUser = spec.protocol === 'last' || spec.protocol === 'random' || spec.protocol === 'hash';
  const start = rowsByUser(data.interactions.user, data.users.ids.length);
  const longest = start.reduce((most, s, u) => (u === 0 ? 0 : Math.max(most, s - start[u - 1]!)), 0);
  const needed = fewestInteractions(spec);
  if (!perUser || longest >= needed) return new Problem('This split leaves no test interaction.', place, 'Choose another split, a larger test share, or data in which users have more interactions.');
  const remedy = spec.validation && longest >= fewestInteractions({ ...spec, validation: false }) ? 'Do without the validation set, or load data in which users have more interactions.' : 'Load data in which users have more interactions.';
  return new Problem(`This split leaves no test interaction: it measures users with at least ${needed} interactions, and nobody has more than ${longest}.`, place, remedy);
}

/** userStart[u] … userStart[u+1] are the rows of user u. */
function rowsByUser(user: Int32Array, U: number): Int32Array {
  const start = new Int32Array(U + 1);
  for (let row = 0; row < user.length; row++) {
    if (row > 0 && user[row]! < user[row - 1]!) throw new Error('Interactions must be sorted by user, time and source row.');
    start[user[row]! + 1]!++;
  }
  for (let u = 0; u < U; u++) start[u + 1]! += start[u]!;
  return start;
}

function perUserRoles(data: DataSet, spec: SplitSpec, userStart: Int32Array, notes: string[]): Roles {
  const x = data.interactions;
  const roles = new Uint8Array(x.user.length);
  const fewest = fewestInteractions(spec);
  let tooFew = 0;
  for (let u = 0; u + 1 < userStart.length; u++) {
    const start = userStart[u]!;
    const end = userStart[u + 1]!;
    let chosen: UserChoice = KEEP_ALL;
    if (end - start < fewest) tooFew += end > start ? 1 : 0;
    else if (spec.protocol === 'last') chosen = chooseLast(end, spec.validation);
    else if (spec.protocol === 'hash') chosen = chooseByHash(x, start, end, spec.validation);
    else chosen = chooseRandom(start, end, spec.validation, spec.seed, data.users.ids[u]!);
    if (chosen.test >= 0) roles[chosen.test] = TEST;
    if (chosen.validation >= 0) roles[chosen.validation] = VALIDATION;
  }
  if (tooFew > 0) notes.push(`${tooFew} users with fewer than ${fewest} interactions are trained on but not measured.`);
  return roles;
}

/** Given test pairs leave train; where validation is wanted, each user's last remaining interaction is held out (of at least two). */
function fileRoles(data: DataSet, spec: SplitSpec, userStart: Int32Array, own: OwnPairs, notes: string[]): { roles: Roles; test: Pairs } {
  const x = data.interactions;
  const I = data.items.ids.length;
  const unknown = own.unknownUsers + own.unknownItems;
  if (unknown > 0) notes.push(`${unknown} test pairs are left out: ${own.unknownUsers} name a user and ${own.unknownItems} an item the data does not have.`);
  const roles = new Uint8Array(x.user.length);
  const wanted = new Set(own.user.map((u, k) => u * I + own.item[k]!));
  const rowOf = new Map<number, number>();
  for (let row = 0; row < x.user.length; row++) {
    const pair = x.user[row]! * I + x.item[row]!;
    if (!wanted.has(pair)) continue;
    roles[row] = TEST;
    if (!rowOf.has(pair)) rowOf.set(pair, row);
  }
  if (rowOf.size > 0 && spec.protocol === 'file') notes.push(`${rowOf.size} test pairs were among the interactions and were taken out of train.`);
  if (spec.validation) {
    for (let u = 0; u + 1 < userStart.length; u++) {
      const left: number[] = [];
      for (let row = userStart[u]!; row < userStart[u + 1]!; row++) if (roles[row] === TRAIN) left.push(row);
      if (left.length >= 2) roles[left[left.length - 1]!] = VALIDATION;
    }
  }
  const row = own.user.map((u, k) => rowOf.get(u * I + own.item[k]!) ?? -1);
  return { roles, test: { user: own.user, item: own.item, row } };
}

/** Takes out pairs already in `taken`, adds the others to it, and says how many went. */
function dropRepeats(pairs: Pairs, I: number, taken: Set<number>): number {
  let kept = 0;
  const n = pairs.user.length;
  for (let k = 0; k < n; k++) {
    const key = pairs.user[k]! * I + pairs.item[k]!;
    if (taken.has(key)) continue;
    taken.add(key);
    pairs.user[kept] = pairs.user[k]!;
    pairs.item[kept] = pairs.item[k]!;
    pairs.row[kept] = pairs.row[k]!;
    kept++;
  }
  pairs.user.length = pairs.item.length = pairs.row.length = kept;
  return n - kept;
}

function sortedPairs(pairs: Pairs): HeldOut {
  const order = pairs.user.map((_, k) => k).sort((a, b) => pairs.user[a]! - pairs.user[b]! || pairs.item[a]! - pairs.item[b]!);
  return { user: Int32Array.from(order, (k) => pairs.user[k]!), item: Int32Array.from(order, (k) => pairs.item[k]!) };
}

/** Share of test interactions older than the newest train interaction; null where a time is not known. */
function leakageShare(time: Float64Array | null, train: Int32Array, testRows: readonly number[]): number | null {
  if (time === null || testRows.length === 0 || testRows.some((row) => row < 0)) return null;
  let newest = -Infinity;
  for (const row of train) newest = Math.max(newest, time[row]!);
  let older = 0;
  for (const row of testRows) if (time[row]! < newest) older++;
  return older / testRows.length;
}
