/**
 * What the forest learns from. Some train plays become questions (1), each beside items the person does not have (0);
 * all are described by one and the same world, train without any question. So no answer is in the features, in no form: leaving out
 * only a question's own play would let the forest read the answer off the one play missing in its item's count.
 */
import type { TextVectors } from '../../core/dataset';
import type { TrainData } from '../../core/model';
import type { Step } from '../../core/phases';
import type { Random } from '../../core/random';
import { trainMatrix } from '../../math/train-matrix';
import { rankingFeatures } from './features';

export interface Examples {
  x: Float32Array; // [rows, F] row-major
  y: Float64Array; // [rows]
  /** The play each row belongs to; a play and its negatives are never parted. [rows] */
  play: Int32Array;
}
export interface Drawn extends Examples {
  user: Int32Array; // [rows]
  item: Int32Array; // [rows]
  /** What the rows were described by: train without the questions. */
  world: TrainData;
}

/** Train data without the plays marked. [N] */
function withoutPlays(train: TrainData, asked: Uint8Array): TrainData {
  const kept = Int32Array.from(train.user.keys()).filter((n) => asked[n] === 0);
  const userStart = new Int32Array(train.U + 1);
  const itemDegree = new Int32Array(train.I);
  for (const n of kept) {
    userStart[train.user[n]! + 1]!++;
    itemDegree[train.item[n]!]!++;
  }
  for (let u = 0; u < train.U; u++) userStart[u + 1]! += userStart[u]!;
  return {
    ...train, userStart, itemDegree, user: Int32Array.from(kept, (n) => train.user[n]!), item: Int32Array.from(kept, (n) => train.item[n]!),
    time: train.time ? Float64Array.from(kept, (n) => train.time![n]!) : null, value: train.value ? Float32Array.from(kept, (n) => train.value![n]!) : null,
  };
}

export interface Asked {
  /** Share of train plays that become questions. */
  share: number;
  /** Questions at most; plays beyond that stay in the world. */
  plays: number;
  /** Per question, drawn evenly from items the person neither has nor has held out for validation. */
  negatives: number;
}

export async function drawExamples(train: TrainData, text: TextVectors | null, ask: Asked, random: Random, step: Step): Promise<Drawn> {
  const whole = trainMatrix(train); // [U, I]
  const N = whole.index.length;
  const drawn = random.shuffle(Int32Array.from({ length: N }, (_, e) => e)).subarray(0, Math.min(ask.plays, Math.max(1, Math.round(N * ask.share)))).sort();
  const isAsked = new Uint8Array(N);
  for (const e of drawn) isAsked[e] = 1;
  await step(0); // on a million plays each of these steps takes a good part of a second
  const place = (u: number, i: number): number => whole.index.subarray(whole.start[u]!, whole.start[u + 1]!).indexOf(i) + whole.start[u]!;
  // A pair that was played twice goes as a whole.
  const world = withoutPlays(train, Uint8Array.from(train.user, (u, n) => isAsked[place(u, train.item[n]!)]!));
  await step(0);
  const features = rankingFeatures(world, text, N / Math.max(1, N - drawn.length));
  await step(0);
  const F = features.names.length;
  const x: Float32Array[] = [];
  const y: number[] = [];
  const [play, user, item]: [number[], number[], number[]] = [[], [], []];
  let done = 0;
  for (let u = 0; u < train.U && done < drawn.length; u++) {
    const end = whole.start[u + 1]!;
    if (drawn[done]! >= end) continue;
    const fill = features.of(features.person(u));
    const taken = new Set(whole.index.subarray(whole.start[u]!, end)).add(train.validationItem[u]!);
    for (; done < drawn.length && drawn[done]! < end; done++) {
      const items = [whole.index[drawn[done]!]!];
      // A person who has nearly everything leaves few to draw from: give up after a few tries.
      for (let tries = 0; items.length <= ask.negatives && tries < 20 * ask.negatives; tries++) {
        const j = random.int(train.I);
        if (!taken.has(j)) items.push(j);
      }
      const rows = new Float32Array(items.length * F);
      fill(Int32Array.from(items), rows);
      x.push(rows);
      for (const i of items) {
        user.push(u);
        item.push(i);
        y.push(i === items[0] ? 1 : 0);
        play.push(done);
      }
    }
    const wait = step(done);
    if (wait) await wait;
  }
  const flat = new Float32Array(y.length * F);
  let at = 0;
  for (const rows of x) {
    flat.set(rows, at);
    at += rows.length;
  }
  return { x: flat, y: Float64Array.from(y), play: Int32Array.from(play), user: Int32Array.from(user), item: Int32Array.from(item), world };
}

/** Every tenth play, with its negatives, is kept from the trees to measure them on. */
export function setAside({ x, y, play }: Examples, F: number): { learn: Examples; check: Examples } {
  const pick = (keep: (n: number) => boolean): Examples => {
    const rows = Int32Array.from(y.keys()).filter(keep);
    const out = new Float32Array(rows.length * F);
    rows.forEach((r, n) => out.set(x.subarray(r * F, (r + 1) * F), n * F));
    return { x: out, y: Float64Array.from(rows, (r) => y[r]!), play: Int32Array.from(rows, (r) => play[r]!) };
  };
  return { learn: pick((n) => play[n]! % 10 !== 9), check: pick((n) => play[n]! % 10 === 9) };
}
