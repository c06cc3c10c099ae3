/**
 * s(u, i) = c_i / max c. c_i counts train interactions, or sums their values, each times 2^(−age / half-life) where asked;
 * over everyone, or over the users of u's group.
 */
import type { FitModule, Recommender, TrainData } from '../../core/model';
import { groupColumn } from './groups';
import type { params } from './params';

type Params = typeof params;
const DAY = 86400;

/** What each train interaction adds to its item; null = 1 each. [N] */
function playWeights({ time, value }: Pick<TrainData, 'time' | 'value'>, count: 'users' | 'value', halfLife: number | undefined): Float64Array | null {
  const base = count === 'value' ? value : null;
  // A run saved before there was a half-life has none.
  if (!halfLife || !time) return base ? Float64Array.from(base) : null;
  // The latest play, not today: one data set gives one result on any day.
  let latest = -Infinity;
  for (const t of time) latest = Math.max(latest, t);
  return time.map((t, n) => (base ? base[n]! : 1) * 2 ** ((t - latest) / (halfLife * DAY)));
}

/** Popularity of every item, the largest being 1. [I] */
function popularityScores(train: Pick<TrainData, 'I' | 'item' | 'user'>, weight: Float64Array | null, counts: (user: number) => boolean = () => true): Float32Array {
  const sum = new Float64Array(train.I);
  for (let n = 0; n < train.item.length; n++) if (counts(train.user[n]!)) sum[train.item[n]!]! += weight ? weight[n]! : 1;
  let largest = 0;
  for (const s of sum) largest = Math.max(largest, s);
  return Float32Array.from(sum, (s) => (largest > 0 ? s / largest : 0));
}

interface Lists {
  /** Row 0: everyone; further rows: one group each. [1 + groups, I] */
  scores: Float32Array;
  /** Row of each user; null = row 0 for all. [U] */
  rowOf: Int32Array | null;
}

/** Lists of the groups with enough plays; the others fall back to row 0. */
function groupLists(train: TrainData, weight: Float64Array | null, column: { codes: Int32Array; levels: string[] }, minPlays: number): Lists {
  const { U, I } = train;
  const plays = new Float64Array(column.levels.length);
  for (const u of train.user) if (column.codes[u]! >= 0) plays[column.codes[u]!]!++;
  const large = [...plays.keys()].filter((g) => plays[g]! >= minPlays);
  const scores = new Float32Array((1 + large.length) * I);
  scores.set(popularityScores(train, weight));
  large.forEach((g, n) => scores.set(popularityScores(train, weight, (u) => column.codes[u] === g), (n + 1) * I));
  return { scores, rowOf: Int32Array.from({ length: U }, (_, u) => 1 + large.indexOf(column.codes[u]!)) };
}

function recommender({ scores, rowOf }: Lists, I: number): Recommender {
  return {
    score(users, out) {
      for (let b = 0; b < users.length; b++) {
        const row = rowOf ? rowOf[users[b]!]! : 0;
        out.set(scores.subarray(row * I, (row + 1) * I), b * I);
      }
    },
    foldIn: () => ({ score: (out) => out.set(scores.subarray(0, I)) }),
    save: () => ({
      version: 1,
      arrays: { scores: { shape: rowOf ? [scores.length / I, I] : [I], data: scores.slice() }, ...(rowOf ? { rowOf: { shape: [rowOf.length], data: rowOf.slice() } } : {}) },
      meta: {},
    }),
  };
}

export const fitModule: FitModule<Params> = {
  async fit({ train, params, signal, report }) {
    signal.throwIfAborted();
    const note = (label: string) => report({ kind: 'phase', label, done: 1, total: 1 });
    const weight = playWeights(train, params.count, params.halfLife);
    if (params.halfLife > 0 && !train.time) await note('The data have no times, so all plays count alike');
    if (params.audience === 'group') {
      const column = groupColumn(train.users, params.group);
      if (column) {
        const lists = groupLists(train, weight, column, params.minPlays);
        await note(`Popular by ${column.name}: ${lists.scores.length / train.I - 1} of ${column.levels.length} groups have ${params.minPlays} plays or more, the others get the list of everyone`);
        return recommender(lists, train.I);
      }
      await note('Users have no column to group by, so everyone gets one list');
    }
    return recommender({ scores: popularityScores(train, weight), rowOf: null }, train.I);
  },
  restore(state, { train }) {
    const scores = state.arrays['scores']?.data;
    if (!(scores instanceof Float32Array)) throw new Error('A saved popularity model needs an array "scores" of float32.');
    const rowOf = state.arrays['rowOf']?.data;
    return recommender({ scores: scores.slice(), rowOf: rowOf instanceof Int32Array ? rowOf.slice() : null }, train.I);
  },
};
