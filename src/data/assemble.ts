/** Joins interactions with user and item tables by source id into one frozen data set. */
import type { DataSet, EntityTable, Interactions, KnownTruth, ListedTest, PublishedFolds, SourceFile } from '../core/dataset';
import { Problem } from '../core/problem';
import { pickEntities, pickTruth } from './entity-rows';
import { hashData } from './hash';
import { orderOfIds } from './id-order';
import { orderOfRows } from './row-order';
import { sideFacts, type SideIds } from './side-facts';

/** Source ids of N rows as codes into their distinct values: what a reader can build row by row without N strings. */
export interface CodedIds {
  codes: Int32Array; // [N]
  levels: string[];
}

interface AssembleParts {
  name: string;
  recipe: string;
  sources: SourceFile[];
  users: EntityTable | null;
  items: EntityTable | null;
  /** Rows in order of the given tables, so both tables must be there. */
  truth?: KnownTruth | null;
  /** A test that came with the data, by source id. */
  listed?: ListedTestIds;
  side?: SideIds;
  folds?: PublishedFolds;
}
/** One row per user; `negatives[q]` as the file lists them. */
export interface ListedTestIds {
  user: string[];
  item: string[];
  negatives: string[][];
}
export interface AssembleInput extends AssembleParts {
  interactions: { user: string[]; item: string[]; time: Float64Array | null; value: Float32Array | null; row: Int32Array };
}
export interface AssembleCodedInput extends AssembleParts {
  interactions: { user: CodedIds; item: CodedIds; time: Float64Array | null; value: Float32Array | null; row: Int32Array };
}

/** Codes in order of first appearance. */
function encodeIds(ids: readonly string[]): CodedIds {
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(ids.length);
  ids.forEach((id, k) => {
    let code = codeOf.get(id);
    if (code === undefined) codeOf.set(id, (code = codeOf.size));
    codes[k] = code;
  });
  return { codes, levels: [...codeOf.keys()] };
}

/**
 * Dense indices in ascending order of source id (src/data/id-order), interactions by (user, time, row), hash set.
 * Entity rows nobody interacts with are dropped, and of a repeated id the first row counts; `notes` says how many.
 * @throws Problem when there is no interaction at all
 */
export function assemble(input: AssembleInput): { data: DataSet; notes: string[] } {
  const { user, item, ...rest } = input.interactions;
  return assembleCoded({ ...input, interactions: { ...rest, user: encodeIds(user), item: encodeIds(item) } });
}

/** `assemble` for ids that were numbered while reading, so that a million of them need not be strings at once. @throws Problem as `assemble` */
export function assembleCoded(input: AssembleCodedInput): { data: DataSet; notes: string[] } {
  const { interactions: x, truth = null } = input;
  if (x.row.length === 0) {
    throw new Problem('There are no interactions.', { file: input.sources.find((s) => s.role === 'interactions')?.name }, 'Choose a file in which every row is one user and one item.');
  }
  const notes: string[] = [];
  const users = entities(input.users, x.user, 'user', notes);
  const items = entities(input.items, x.item, 'item', notes);
  const user = x.user.codes.map((c) => users.indexOf[c]!);
  const item = x.item.codes.map((c) => items.indexOf[c]!);
  const interactions = takeRows({ user, item, time: x.time, value: x.value, row: x.row }, orderOfRows(user, users.table.ids.length, x.time, x.row));

  let known: KnownTruth | null = null;
  if (truth) {
    if (users.missing || items.missing) throw new Error('A known truth needs every user and item in the tables.');
    known = pickTruth(truth, users.rows, items.rows);
  }
  const data: DataSet = {
    name: input.name,
    recipe: input.recipe,
    users: users.table,
    items: items.table,
    interactions,
    sources: input.sources,
    steps: [],
    hash: hashData(users.table.ids, items.table.ids, interactions),
    truth: known,
    ...(input.listed ? { listed: listedTest(input.listed, users.table.ids, items.table.ids, notes) } : {}),
    ...(input.folds ? { folds: input.folds } : {}),
    ...(input.side ? { side: sideFacts(input.side, users.table.ids, items.table.ids) } : {}),
  };
  return { data, notes };
}

/** Rows whose user or test item nobody interacts with cannot be measured; such negatives cannot be scored. Both are left out, and said. */
function listedTest({ user, item, negatives }: ListedTestIds, userIds: readonly string[], itemIds: readonly string[], notes: string[]): ListedTest {
  const userOf = new Map(userIds.map((id, k) => [id, k]));
  const itemOf = new Map(itemIds.map((id, k) => [id, k]));
  const rows = user.flatMap((id, q) => {
    const [u, i] = [userOf.get(id), itemOf.get(item[q]!)];
    return u === undefined || i === undefined ? [] : [{ u, i, q }];
  }).sort((a, b) => a.u - b.u || a.q - b.q).filter(({ u }, k, all) => k === 0 || all[k - 1]!.u !== u);
  const lost = user.length - rows.length;
  const known = rows.map(({ q }) => negatives[q]!.map((id) => itemOf.get(id)).filter((i) => i !== undefined));
  const asked = rows.reduce((n, { q }) => n + negatives[q]!.length, 0);
  const kept = known.reduce((n, list) => n + list.length, 0);
  const n = (x: number): string => x.toLocaleString('en-US');
  if (lost) notes.push(`${n(lost)} listed test rows are left out: their user or item has no interaction, or the user is listed twice.`);
  if (kept < asked) notes.push(`${n(asked - kept)} listed negatives are left out: nobody has an interaction with them.`);
  const start = new Int32Array(rows.length + 1);
  known.forEach((list, q) => (start[q + 1] = start[q]! + list.length));
  return { user: Int32Array.from(rows, (r) => r.u), item: Int32Array.from(rows, (r) => r.i), start, negatives: Int32Array.from(known.flat()) };
}

/** The rows `order` names, in that order. */
export function takeRows(x: Interactions, order: Int32Array): Interactions {
  const take = <A extends Int32Array | Float64Array | Float32Array>(from: A, out: A): A => {
    for (let r = 0; r < order.length; r++) out[r] = from[order[r]!]!;
    return out;
  };
  const n = order.length;
  return {
    user: take(x.user, new Int32Array(n)),
    item: take(x.item, new Int32Array(n)),
    time: x.time && take(x.time, new Float64Array(n)),
    value: x.value && take(x.value, new Float32Array(n)),
    row: take(x.row, new Int32Array(n)),
  };
}

interface Entities {
  table: EntityTable;
  /** Dense index of each code. */
  indexOf: Int32Array;
  /** Row of the given table per dense index, −1 if it has none. */
  rows: Int32Array;
  missing: number;
}

function entities(given: EntityTable | null, used: CodedIds, what: 'user' | 'item', notes: string[]): Entities {
  const order = orderOfIds(used.levels);
  const indexOf = new Int32Array(order.length);
  order.forEach((code, index) => (indexOf[code] = index));
  const ids = Array.from(order, (code) => used.levels[code]!);
  if (!given) return { table: { ids, columns: [], label: null }, indexOf, rows: new Int32Array(ids.length).fill(-1), missing: ids.length };

  const rowOf = new Map<string, number>();
  given.ids.forEach((id, r) => {
    if (!rowOf.has(id)) rowOf.set(id, r);
  });
  const rows = Int32Array.from(ids, (id) => rowOf.get(id) ?? -1);
  const missing = rows.reduce((n, r) => n + (r < 0 ? 1 : 0), 0);
  const n = (x: number): string => x.toLocaleString('en-US');
  const repeated = given.ids.length - rowOf.size;
  const unused = rowOf.size - (ids.length - missing);
  const one = (x: number): string => (x === 1 ? '' : 's');
  if (repeated) notes.push(`${n(repeated)} row${one(repeated)} of the ${what} table repeat${repeated === 1 ? 's' : ''} an id; the first row of each id is used.`);
  if (unused) notes.push(`${n(unused)} ${what}${one(unused)} of the ${what} table ${unused === 1 ? 'has' : 'have'} no interaction and ${unused === 1 ? 'is' : 'are'} left out.`);
  if (missing) notes.push(`${n(missing)} ${what}${one(missing)} with interactions ${missing === 1 ? 'is' : 'are'} not in the ${what} table: ${missing === 1 ? 'its' : 'their'} columns are empty.`);
  return { table: pickEntities(given, ids, rows), indexOf, rows, missing };
}
