/**
 * Steps of one loss on one WebAssembly memory: both sides' features and weights, the plays, what each user likes.
 * float64 and the same order of arithmetic as `Stepper` (steps.ts), the twin: results are equal to the bit, with SIMD or without.
 */
import type { TrainData } from '../../core/model';
import type { Random } from '../../core/random';
import type { Csr } from '../../math/csr';
import { PATIENCE, type Rivals } from './examples';
import type { LightFmParams } from './params';
import { BINARY } from './simd/binary';
import { sigmoid, softplusOfMinus, type Model } from './steps';
import type { SideWeights } from './weights';

export interface StepRoom {
  /** Puts the weights of the model it was made for in. */
  write(): void;
  /** Takes the present weights out, into that model. */
  read(): void;
  /** The plays that `take` will go through. At most as many as the train data has. */
  order(plays: Int32Array): void;
  /** Plays from … to − 1 of the order, one after the other, drawing from `random`. @returns sum + their losses */
  take(random: Random, from: number, to: number, sum: number): number;
}
type Loss = (job: number, order: number, from: number, to: number, sum: number) => number;
interface Placed {
  rows: Csr;
  weights: SideWeights;
  at: { start: number; index: number; value: number; embedding: number; embeddingSquares: number; bias: number; biasSquares: number };
}

const PAGE = 65536;
/** A 32-bit memory ends here; what is larger is left to the twin. */
const MOST_BYTES = 2 ** 31;
let bytesOnce: Uint8Array<ArrayBuffer> | null = null;
const binary = (): Uint8Array<ArrayBuffer> => (bytesOnce ??= Uint8Array.from(atob(BINARY), (ch) => ch.charCodeAt(0)));

/**
 * @param warp weight by number of tries, from 0
 * @returns null where SIMD does not run or the memory is refused: the twin then does the work
 */
export async function stepRoom(model: Model, train: TrainData, rivals: Rivals, params: LightFmParams, warp: readonly number[]): Promise<StepRoom | null> {
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(binary())) return null;
  const { d } = model;
  const width = (d + 3) & ~3;
  let bytes = 0;
  const place = (size: number): number => {
    const at = bytes;
    bytes += (size + 15) & ~15;
    return at;
  };
  const N = train.user.length;
  const side = (rows: Csr, weights: SideWeights): Placed => {
    const n = rows.index.length;
    const F = rows.cols;
    const [start, index, value] = [place(4 * (rows.rows + 1)), place(4 * n), place(8 * n)];
    return { rows, weights, at: { start, index, value, embedding: place(8 * F * width), embeddingSquares: place(8 * F * width), bias: place(8 * F), biasSquares: place(8 * F) } };
  };
  const sides = [side(model.userRows, model.users), side(model.itemRows, model.items)] as const;
  const { known, liked } = rivals;
  const [userOf, itemOf, order, likedPlay, likedPlays] = [place(4 * N), place(4 * N), place(4 * N), place(N), place(4 * liked.length)];
  const [knownStart, knownIndex, words, weights] = [place(4 * known.start.length), place(4 * known.index.length), place(16), place(8 * warp.length)];
  const scratch = [place(8 * width), place(8 * width), place(8 * width), place(8 * width)];
  const records = [place(28), place(28)];
  const job = place(96);
  if (bytes > MOST_BYTES) return null;
  let memory: WebAssembly.Memory;
  try {
    memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  } catch {
    return null;
  }
  const kernels = (await WebAssembly.instantiate(binary(), { env: { memory }, curves: { sigmoid, softplusOfMinus } })).instance.exports as unknown as Record<LightFmParams['loss'], Loss>;
  const ints = (at: number, values: ArrayLike<number>): void => new Int32Array(memory.buffer, at, values.length).set(values);
  const reals = (at: number, length: number): Float64Array => new Float64Array(memory.buffer, at, length);

  sides.forEach(({ rows, at }, k) => {
    ints(at.start, rows.start);
    ints(at.index, rows.index);
    reals(at.value, rows.value.length).set(rows.value);
    // In the order of class Side in steps.as; below, of class Job.
    ints(records[k]!, [at.start, at.index, at.value, at.embedding, at.embeddingSquares, at.bias, at.biasSquares]);
  });
  ints(userOf, train.user);
  ints(itemOf, train.item);
  ints(likedPlays, liked);
  const isLiked = new Uint8Array(memory.buffer, likedPlay, N);
  for (const n of liked) isLiked[n] = 1;
  ints(knownStart, known.start);
  ints(knownIndex, known.index);
  reals(weights, warp.length).set(warp);
  reals(job, 2).set([params.learningRate, params.regularisation]);
  ints(job + 16, [
    ...records, 8 * width, train.I, userOf, itemOf, likedPlay, likedPlays, liked.length, knownStart, knownIndex, words, ...scratch, weights,
    params.maxSampled, params.optimiser === 'adagrad' ? 1 : 0, PATIENCE,
  ]);

  const copy = (out: boolean): void => {
    for (const { rows, weights: w, at } of sides) {
      for (const [own, address] of [[w.bias, at.bias], [w.biasSquares, at.biasSquares]] as const) {
        const inside = reals(address, own.length);
        if (out) own.set(inside);
        else inside.set(own);
      }
      for (const [own, address] of [[w.embedding, at.embedding], [w.embeddingSquares, at.embeddingSquares]] as const) {
        const inside = reals(address, rows.cols * width);
        if (width === d) {
          if (out) own.set(inside);
          else inside.set(own);
          continue;
        }
        for (let f = 0; f < rows.cols; f++) {
          for (let a = 0; a < d; a++) {
            if (out) own[f * d + a] = inside[f * width + a]!;
            else inside[f * width + a] = own[f * d + a]!;
          }
          // Padding: its sums of squares must be above 0, for their root divides.
          for (let a = d; a < width && !out; a++) inside[f * width + a] = own === w.embedding ? 0 : 1;
        }
      }
    }
  };
  return {
    write: () => copy(false),
    read: () => copy(true),
    order: (plays) => ints(order, plays),
    take(random, from, to, sum) {
      const state = random.state();
      const inside = new Uint32Array(memory.buffer, words, 4);
      inside.set(state.words);
      const added = kernels[params.loss](job, order, from, to, sum);
      random.restore({ ...state, words: [inside[0]!, inside[1]!, inside[2]!, inside[3]!] });
      return added;
    },
  };
}
