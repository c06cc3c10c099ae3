/** Lists served through an index over the items' vectors, for models whose scores are inner products with them. */
import type { ListOptions, SearchFacts, ServedList, ServedPerson } from '../../workers/protocol';
import { itemIndex } from '../core/ids';
import type { Matrix } from '../core/model';
import { Problem } from '../core/problem';
import { exactIndex } from '../retrieval/exact';
import { buildIndex, type BuiltIndex, type IndexPlan } from '../retrieval/plan';
import { searchMeasured, type SearchChoice } from '../retrieval/serve';
import type { BuildStep, SearchIndex } from '../retrieval/search-index';
import { historyOf, type Serving } from './serve';

export interface ServeIndex {
  index: BuiltIndex;
  exact: SearchIndex;
  users: Matrix;
}

/** Users asked whether scores are inner products. */
const ASKED = 5;
/** Difference of scores, as a share of their range, that counts as none: vectors are float32, some models score in float64. */
const SAME = 1e-4;

const known = new WeakMap<Serving['recommender'], Promise<SearchFacts>>();
/** Told from the model itself: for a few users the order by inner product must be the order by score. */
export function searchFacts(serving: Serving): Promise<SearchFacts> {
  const { recommender } = serving;
  const before = known.get(recommender);
  if (before) return before;
  const found = compareOrders(serving);
  known.set(recommender, found);
  return found;
}

async function compareOrders({ recommender, on: { train: { U, I } } }: Serving): Promise<SearchFacts> {
  if (!recommender.vectors) return { can: false, why: 'no vectors' };
  const { users, items } = await recommender.vectors();
  if (items.rows !== I || users.cols !== items.cols || users.rows !== U || U === 0) return { can: false, why: 'no vectors' };
  const some = Int32Array.from({ length: Math.min(ASKED, U) }, (_, k) => Math.floor((k * U) / Math.min(ASKED, U)));
  const scores = new Float32Array(some.length * I);
  await recommender.score(some, scores);
  const ordered = some.every((u, k) => followsOrder(innerProducts(items, users.data.subarray(u * users.cols, (u + 1) * users.cols)), scores.subarray(k * I, (k + 1) * I)));
  return ordered ? { can: true, n: I, dim: items.cols } : { can: false, why: 'other scores' };
}

function innerProducts({ rows, cols, data }: Matrix, query: Float32Array): Float32Array {
  return Float32Array.from({ length: rows }, (_, r) => {
    let sum = 0;
    for (let c = 0; c < cols; c++) sum += data[r * cols + c]! * query[c]!;
    return sum;
  });
}

/** Whether scores never rise as the inner products fall. Where the products are all alike they say nothing, and the scores must be alike too. */
function followsOrder(products: Float32Array, scores: Float32Array): boolean {
  const order = Array.from(products.keys()).sort((a, b) => products[b]! - products[a]!);
  const finite = scores.filter(Number.isFinite);
  if (finite.length < scores.length) return false;
  const slack = SAME * Math.max(1e-12, finite.reduce((m, s) => Math.max(m, s), -Infinity) - finite.reduce((m, s) => Math.min(m, s), Infinity));
  let least = Infinity;
  for (const i of order) {
    if (scores[i]! > least + slack) return false;
    least = Math.min(least, scores[i]!);
  }
  return true;
}

/** @returns bytes held by the index. @throws Problem when the model's scores are no inner products or the plan is out of range; whatever `step` throws */
export async function buildServeIndex(serving: Serving, plan: IndexPlan, step: BuildStep): Promise<number> {
  if (!(await searchFacts(serving)).can) {
    throw new Problem(`The scores of "${serving.run.name}" are no inner products of vectors, so an index cannot find its lists.`, {}, 'Choose a run with factors: ALS, PureSVD, LightFM, SASRec, an autoencoder or the two-tower retrieval network.');
  }
  const { users, items } = await serving.recommender.vectors!();
  const vectors = items.data.slice();
  const index = await buildIndex(vectors, items.cols, 'dot', plan, undefined, step);
  const exact = serving.index?.exact ?? (await exactIndex(vectors, items.cols));
  serving.index = { index, exact, users: { ...users, data: users.data.slice() } };
  return index.bytes;
}

const samePlan = (a: IndexPlan, b: IndexPlan): boolean => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/**
 * The first `k` candidates as the index finds them, or why it cannot be asked.
 * @param excluded ascending items that are no candidates
 */
export async function pickThrough(
  serving: Serving, person: ServedPerson, excluded: Int32Array, k: number, options: Pick<ListOptions, 'seen' | 'discovery'>, { plan, setting }: SearchChoice,
): Promise<{ rows: Int32Array | null; search: NonNullable<ServedList['search']> }> {
  if (!(await searchFacts(serving)).can) return { rows: null, search: { exact: 'no vectors' } };
  if (!serving.index || !samePlan(serving.index.index.plan, plan)) return { rows: null, search: { exact: 'not built' } };
  if (options.discovery !== 0) return { rows: null, search: { exact: 'discovery' } };
  const query = await queryOf(serving, serving.index.users, person, options.seen === 'measured');
  if (!query) return { rows: null, search: { exact: 'newcomer' } };
  const skip = new Uint8Array(serving.on.train.I);
  for (const i of excluded) skip[i] = 1;
  const { rows, report } = searchMeasured(serving.index.index, serving.index.exact, query, k, setting, skip);
  return { rows, search: report };
}

/** The person's side of the inner products, [D]; null where the model has none for a history. */
async function queryOf(serving: Serving, users: Matrix, person: ServedPerson, forTest: boolean): Promise<Float32Array | null> {
  const { recommender } = serving;
  if ('history' in person) return recommender.foldIn?.(Array.from(historyOf(serving, person), itemIndex)).vector?.() ?? null;
  if (forTest && recommender.userVectors) return (await recommender.userVectors(Int32Array.of(person.user), 'test')).data;
  return users.data.subarray(person.user * users.cols, (person.user + 1) * users.cols);
}
