/** What happens when: volume, arrivals, and which stretch of time each way of splitting tests on. */
import type { DataSet } from '../../core/dataset';
import type { SplitProtocol, SplitSpec } from '../../core/split';
import { splitData } from '../split/split';
import type { CodedDimension } from './dimension';
import type { Selection } from './selection';

export interface Arrivals {
  /** Per bin of the time dimension, of the selection. */
  volume: Int32Array;
  /** Items whose first interaction (of all, not of the selection) falls into the bin. */
  newItems: Int32Array;
  newUsers: Int32Array;
  /** Share of all selected rows in the fullest bin, and which that is. */
  peak: { bin: number; share: number };
}

/** @param time the dimension 'time'. Users and items count where they have a selected interaction. */
export function arrivals(data: DataSet, time: CodedDimension, selection: Selection): Arrivals {
  const { user, item } = data.interactions;
  const bins = time.size - 1;
  const volume = new Int32Array(bins);
  const firstOfItem = new Int32Array(data.items.ids.length).fill(bins);
  const firstOfUser = new Int32Array(data.users.ids.length).fill(bins);
  for (let n = 0; n < user.length; n++) {
    const b = time.codes[n]!;
    if (b >= bins) continue;
    if (b < firstOfItem[item[n]!]!) firstOfItem[item[n]!] = b;
    if (b < firstOfUser[user[n]!]!) firstOfUser[user[n]!] = b;
    if (selection.has(n)) volume[b]!++;
  }
  const count = (first: Int32Array, selected: Int32Array): Int32Array => {
    const out = new Int32Array(bins);
    first.forEach((b, e) => {
      if (b < bins && selected[e]! > 0) out[b]!++;
    });
    return out;
  };
  let bin = 0;
  let total = 0;
  for (let b = 0; b < bins; b++) {
    total += volume[b]!;
    if (volume[b]! > volume[bin]!) bin = b;
  }
  return { volume, newItems: count(firstOfItem, selection.perItem), newUsers: count(firstOfUser, selection.perUser), peak: { bin, share: total > 0 ? volume[bin]! / total : 0 } };
}

export interface SplitCut {
  protocol: SplitProtocol;
  /** Held-out test interactions per bin of time. */
  test: Int32Array;
  tests: number;
  /** First, median and last test time; null without a test. */
  from: number | null;
  middle: number | null;
  to: number | null;
  /** Newest training interaction. */
  trainTo: number | null;
  /** Share of test interactions older than the newest training interaction. */
  leakage: number | null;
}

/** Where each way of splitting would take its test from, with the shares and seed of `spec`. */
export function splitCuts(data: DataSet, time: CodedDimension, spec: SplitSpec, protocols: readonly SplitProtocol[] = ['last', 'temporal', 'random', 'hash']): SplitCut[] {
  const bins = time.size - 1;
  const times = data.interactions.time!;
  return protocols.map((protocol) => {
    const split = splitData(data, { ...spec, protocol });
    const role = new Uint8Array(times.length);
    for (const n of split.trainRows) role[n] = 1;
    const { user, item } = data.interactions;
    const I = data.items.ids.length;
    const wanted = new Set<number>();
    split.test.user.forEach((u, k) => wanted.add(u * I + split.test.item[k]!));
    const test = new Int32Array(bins);
    const at: number[] = [];
    let trainTo: number | null = null;
    for (let n = 0; n < times.length; n++) {
      const t = times[n]!;
      if (role[n] === 1) {
        if (Number.isFinite(t) && (trainTo === null || t > trainTo)) trainTo = t;
      } else if (wanted.has(user[n]! * I + item[n]!)) {
        if (time.codes[n]! < bins) test[time.codes[n]!]!++;
        if (Number.isFinite(t)) at.push(t);
      }
    }
    at.sort((a, b) => a - b);
    return { protocol, test, tests: split.test.user.length, from: at[0] ?? null, middle: at[at.length >> 1] ?? null, to: at[at.length - 1] ?? null, trainTo, leakage: split.summary.leakage };
  });
}
