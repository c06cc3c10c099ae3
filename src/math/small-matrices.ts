/** Small matrices for tests of the linear models: the shared reference case, and random ones with dense, obvious arithmetic. */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { FitContext, Recommender, TrainData } from '../core/model';
import { createRandom } from '../core/random';

const FILE = '../shared/reference/als.json';
/** False where the reference folder is not beside the repository: tests that need it are skipped. */
export const hasAlsReference = existsSync(FILE);

export interface AlsReference {
  inputs: { users: number; items: number; ratings: [number, number, number][] };
  bm25: Record<string, [number, number, number][]>;
  item_knn: { expected: Record<string, { similarity_rows_0_to_5: number[][]; kept_of_rows_0_to_5: number[][]; scores_users_0_to_3_binary_profile: number[][] }> };
  user_knn: { expected: { similarity_rows_0_to_3: number[][]; scores_own_neighbours_users_0_to_3: number[][]; scores_reverse_neighbours_users_0_to_3: number[][] } };
  ease: { expected: { B: number[][]; scores_users_0_to_3: number[][] } };
  pure_svd: { expected: { singular_values: number[]; scores_users_0_to_3: number[][] } };
}
export const readAlsReference = (): AlsReference => JSON.parse(readFileSync(FILE, 'utf8')) as AlsReference;

/** Train data from [user, item, value] triplets (any order). */
export function trainFrom(U: number, I: number, triplets: readonly (readonly [number, number, number])[]): TrainData {
  const rows = [...triplets].sort((a, b) => a[0] - b[0]);
  const userStart = new Int32Array(U + 1);
  const itemDegree = new Int32Array(I);
  for (const [u, i] of rows) {
    userStart[u + 1]!++;
    itemDegree[i]!++;
  }
  for (let u = 0; u < U; u++) userStart[u + 1]! += userStart[u]!;
  const table = (n: number) => ({ ids: Array.from({ length: n }, (_, k) => String(k)), columns: [], label: null });
  return {
    U, I, userStart, itemDegree,
    user: Int32Array.from(rows, (r) => r[0]), item: Int32Array.from(rows, (r) => r[1]), value: Float32Array.from(rows, (r) => r[2]),
    time: null, users: table(U), items: table(I), validationItem: new Int32Array(U).fill(-1),
  };
}

/** Worlds of up to 9 users and 9 items, with repeated pairs, empty users and empty items among them. */
export const smallWorld = fc
  .record({ U: fc.integer({ min: 1, max: 9 }), I: fc.integer({ min: 1, max: 9 }) })
  .chain(({ U, I }) => fc
    .array(fc.tuple(fc.integer({ min: 0, max: U - 1 }), fc.integer({ min: 0, max: I - 1 }), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 50 })
    .map((triplets) => trainFrom(U, I, triplets)));

/** X as rows of numbers: 0/1, or sums of values. */
export function denseMatrix(t: TrainData, values = false): number[][] {
  const x = Array.from({ length: t.U }, () => Array.from({ length: t.I }, () => 0));
  t.item.forEach((i, n) => {
    x[t.user[n]!]![i] = values ? x[t.user[n]!]![i]! + t.value![n]! : 1;
  });
  return x;
}
export const transposed = (m: number[][]): number[][] => (m[0] ?? []).map((_, c) => m.map((row) => row[c]!));
export const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((s, x, k) => s + x * b[k]!, 0);

/** What a model's fit is called with in tests. */
export function contextFor<P>(train: TrainData, params: P): FitContext<P> {
  return { train, params, text: null, random: createRandom(1, 'fit'), signal: new AbortController().signal, report: async () => 'continue' };
}

/** Scores of all users as rows. */
export async function scoreRows(model: Recommender, { U, I }: TrainData): Promise<number[][]> {
  const out = new Float32Array(U * I);
  await model.score(Int32Array.from({ length: U }, (_, u) => u), out);
  return Array.from({ length: U }, (_, u) => [...out.subarray(u * I, (u + 1) * I)]);
}

/** Largest absolute difference between two tables of numbers (NaN if one is missing a place). */
export function largestDifference(a: readonly ArrayLike<number>[], b: readonly ArrayLike<number>[]): number {
  let worst = a.length === b.length ? 0 : NaN;
  a.forEach((row, r) => {
    const other = b[r]!;
    if (row.length !== other.length) worst = NaN;
    for (let c = 0; c < row.length; c++) worst = Math.max(worst, Math.abs(row[c]! - other[c]!));
  });
  return worst;
}
