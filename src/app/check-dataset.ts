/** Whether something read from a file is a sound data set. A file may come from anyone, and a wrong index would crash a worker much later. */
import { z } from '../core/schema';
import type { DataSet, TextVectors } from '../core/dataset';

const int32 = z.instanceof(Int32Array);
const float32 = z.instanceof(Float32Array);
const float64 = z.instanceof(Float64Array);
const strings = z.array(z.string());

const column = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('numeric'), name: z.string(), values: float64 }),
  z.object({ kind: z.literal('categorical'), name: z.string(), codes: int32, levels: strings }),
  z.object({ kind: z.literal('text'), name: z.string(), values: strings }),
  z.object({ kind: z.literal('tags'), name: z.string(), offsets: int32, codes: int32, levels: strings }),
]);
const table = z.object({ ids: strings, columns: z.array(column), label: z.string().nullable() });
export const cleaningRuleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('duplicates'), keep: z.enum(['first', 'last', 'sum']) }),
  z.object({ kind: z.literal('minValue'), min: z.number() }),
  z.object({ kind: z.literal('core'), k: z.number().int() }),
]);
const counts = z.object({ users: z.number(), items: z.number(), interactions: z.number() });
const dataSetSchema = z.object({
  name: z.string(),
  recipe: z.string(),
  users: table,
  items: table,
  interactions: z.object({ user: int32, item: int32, time: float64.nullable(), value: float32.nullable(), row: int32 }),
  sources: z.array(z.object({ name: z.string(), bytes: z.number(), role: z.enum(['interactions', 'users', 'items', 'other']), rows: z.number(), rejected: z.number() })),
  steps: z.array(z.object({ step: cleaningRuleSchema, before: counts, after: counts })),
  hash: z.string(),
  truth: z.object({ dim: z.number().int().positive(), users: float32, items: float32 }).nullable(),
  listed: z.object({ user: int32, item: int32, start: int32, negatives: int32 }).optional(),
  folds: z.object({ name: z.string(), count: z.number().int().min(1).max(255), of: z.instanceof(Uint8Array) }).optional(),
  side: z.object({ friends: z.object({ a: int32, b: int32 }).nullable(), tagged: z.object({ item: int32, tag: int32, time: float64, levels: strings }).nullable() }).optional(),
});
const vectorsSchema = z.object({ column: z.string(), encoder: z.string(), dim: z.number().int().positive(), vectors: float32, missing: z.number() });

function must(ok: boolean, what: string): void {
  if (!ok) throw new Error(what);
}
function inRange(a: Int32Array, low: number, high: number, what: string): void {
  for (const v of a) if (v < low || v >= high) throw new Error(`${what} holds ${v}, outside ${low} to ${high - 1}`);
}

/** @throws Error naming the first fault. */
export function checkDataSet(input: unknown): DataSet {
  const parsed = dataSetSchema.safeParse(input);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    throw new Error(`${first?.path.join('.') || 'the data set'}: ${first?.message ?? 'unreadable'}`);
  }
  const d = parsed.data;
  const U = d.users.ids.length;
  const I = d.items.ids.length;
  const { user, item, time, value, row } = d.interactions;
  const N = user.length;
  must(item.length === N && row.length === N && (time?.length ?? N) === N && (value?.length ?? N) === N, 'the interaction columns differ in length');
  inRange(user, 0, U, 'the user column');
  inRange(item, 0, I, 'the item column');
  for (const [side, rows] of [[d.users, U], [d.items, I]] as const) {
    for (const c of side.columns) {
      if (c.kind === 'tags') {
        must(c.offsets.length === rows + 1 && c.offsets[0] === 0 && c.offsets[rows] === c.codes.length && c.offsets.every((o, i) => i === 0 || o >= c.offsets[i - 1]!), `column "${c.name}" has broken offsets`);
        inRange(c.codes, 0, c.levels.length, `column "${c.name}"`);
      } else {
        must((c.kind === 'categorical' ? c.codes : c.values).length === rows, `column "${c.name}" has another length than its table`);
        if (c.kind === 'categorical') inRange(c.codes, -1, c.levels.length, `column "${c.name}"`);
      }
    }
  }
  if (d.truth) must(d.truth.users.length === U * d.truth.dim && d.truth.items.length === I * d.truth.dim, 'the known truth does not fit the tables');
  if (d.listed) {
    const { start, negatives } = d.listed;
    const Q = d.listed.user.length;
    must(d.listed.item.length === Q && start.length === Q + 1 && start[0] === 0 && start[Q] === negatives.length && start.every((o, q) => q === 0 || o >= start[q - 1]!), 'the listed negatives do not fit their users');
    must(d.listed.user.every((u, q) => q === 0 || u > d.listed!.user[q - 1]!), 'the users of the listed negatives are not in order');
    inRange(d.listed.user, 0, U, 'the listed test');
    inRange(d.listed.item, 0, I, 'the listed test');
    inRange(negatives, 0, I, 'the listed negatives');
  }
  if (d.folds) for (const fold of d.folds.of) must(fold <= d.folds.count, `the published folds hold ${fold}, above ${d.folds.count}`);
  const friends = d.side?.friends;
  if (friends) {
    must(friends.a.length === friends.b.length, 'the pairs of friends differ in length');
    inRange(friends.a, 0, U, 'the friends');
    inRange(friends.b, 0, U, 'the friends');
  }
  const tagged = d.side?.tagged;
  if (tagged) {
    must(tagged.item.length === tagged.tag.length && tagged.tag.length === tagged.time.length, 'the dated labels differ in length');
    inRange(tagged.item, 0, I, 'the dated labels');
    inRange(tagged.tag, 0, tagged.levels.length, 'the dated labels');
  }
  return d;
}

/** @param items number of items the vectors must belong to. */
export function checkVectors(input: unknown, items: number): TextVectors {
  const v = vectorsSchema.parse(input);
  must(v.vectors.length === items * v.dim, `the text vectors of "${v.column}" do not fit the items`);
  return v;
}
