/** An index as it is asked for: what kind, how large, and the one dial that is turned when it is searched. */
import { Problem } from '../core/problem';
import { ivfBytes, ivfIndex, usualLists } from './ivf';
import { bucketIndexing, randomDirections, signIndexing } from './lsh';
import type { BuildStep, Found, Measure } from './search-index';
import { roomBytes } from './vector-room';

export type IndexPlan =
  | { kind: 'ivf'; nlist: number }
  | { kind: 'sign'; bits: number }
  /** `width` of a bucket, in spreads: root mean square of one coordinate of the vectors. */
  | { kind: 'bucket'; tables: number; width: number };

export const MOST_BITS = 512;
export const MOST_TABLES = 64;
/** Name of what is turned from point to point. */
export const DIAL = { ivf: 'nprobe', sign: 'shortlist', bucket: 'tables' } as const;

/** @throws Problem naming the setting, what was received and the range */
export function checkPlan(plan: IndexPlan, n: number): void {
  const whole = (name: string, value: number, most: number, why: string, usual: string): void => {
    if (!Number.isInteger(value) || value < 1 || value > most) throw new Problem(`${name} must be a whole number from 1 to ${most}${why}; received ${value}.`, {}, usual);
  };
  if (plan.kind === 'ivf') whole('nlist', plan.nlist, n, ', the number of vectors', `About ${usualLists(n)} is usual: √n.`);
  else if (plan.kind === 'sign') whole('Bits', plan.bits, MOST_BITS, '', '128 is usual.');
  else {
    whole('Tables', plan.tables, MOST_TABLES, '', '16 is usual.');
    if (!(plan.width >= 0.01 && plan.width <= 100)) throw new Problem(`The bucket width must be a number from 0.01 to 100; received ${plan.width}.`, {}, '1 is the spread of the vectors.');
  }
}

/** What the dial may be set to: 1 … most. */
export const mostOf = (plan: IndexPlan, n: number): number => (plan.kind === 'ivf' ? plan.nlist : plan.kind === 'sign' ? n : plan.tables);

/** @throws Problem naming the dial, what was received and the range */
export function checkSetting(plan: IndexPlan, n: number, setting: number): void {
  const most = mostOf(plan, n);
  if (Number.isInteger(setting) && setting >= 1 && setting <= most) return;
  const of = { ivf: 'the number of lists', sign: 'the number of vectors', bucket: 'the number of tables' }[plan.kind];
  throw new Problem(`${DIAL[plan.kind]} must be a whole number from 1 to ${most}, ${of}; received ${setting}.`, {}, 'More finds more and takes longer.');
}

/** Bytes that the index takes beside the vectors, and the exact search it is measured against; stated before either is made. */
export function planBytes(plan: IndexPlan, n: number, dim: number): { index: number; exact: number } {
  const index = plan.kind === 'ivf' ? ivfBytes(n, dim, plan.nlist) : plan.kind === 'sign' ? 4 * n * Math.ceil(plan.bits / 32) : 8 * n * plan.tables;
  return { index, exact: roomBytes(n, dim) };
}

/** An index of any kind behind its dial. */
export interface BuiltIndex {
  plan: IndexPlan;
  n: number;
  dim: number;
  /** Held beside the vectors. */
  bytes: number;
  ask(query: Float32Array, k: number, setting: number, skip?: Uint8Array | null): Found;
}

/**
 * @param items [n, dim]; inverted lists copy them, hashes read them again when asked
 * @param step awaited often with the share done
 * @throws Problem on settings out of range; whatever `step` throws
 */
export async function buildIndex(items: Float32Array, dim: number, measure: Measure, plan: IndexPlan, seed = 42, step: BuildStep = () => undefined): Promise<BuiltIndex> {
  const n = items.length / dim;
  checkPlan(plan, n);
  if (plan.kind === 'ivf') {
    const index = await ivfIndex(items, dim, { nlist: plan.nlist, measure, seed }, step);
    return { plan, n, dim, bytes: index.bytes, ask: index.probe };
  }
  if (plan.kind === 'sign') {
    const index = await stepping(signIndexing(items, dim, randomDirections(plan.bits, dim, seed), measure), step);
    return { plan, n, dim, bytes: index.bytes, ask: index.searchShort };
  }
  let squares = 0;
  for (const x of items) squares += x * x;
  const spread = Math.sqrt(squares / (n * dim)) || 1;
  const index = await stepping(bucketIndexing(items, dim, randomDirections(plan.tables, dim, seed), plan.width * spread, measure), step);
  return { plan, n, dim, bytes: index.bytes, ask: index.searchTables };
}

async function stepping<T>(building: Generator<number, T>, step: BuildStep): Promise<T> {
  for (;;) {
    const { done, value } = building.next();
    if (done) return value;
    await step(value);
  }
}
