/** Plays one after the other in plain arithmetic: the slow, obvious twin of room.ts, and what runs where there is no SIMD. */
import type { TrainData } from '../../core/model';
import type { Random } from '../../core/random';
import { likedRow, type Rivals } from './examples';
import type { LightFmParams } from './params';
import type { StepRoom } from './room';
import { sigmoid, softplusOfMinus, Stepper, type Model } from './steps';

/** @param warp weight by number of tries, from 0 */
export function plainRoom(model: Model, train: TrainData, rivals: Rivals, params: LightFmParams, warp: readonly number[]): StepRoom {
  const visit = visitor(model, train, rivals, params, warp);
  let order = new Int32Array(0);
  return {
    // Steps work on the model itself.
    write() {},
    read() {},
    order(plays) {
      order = plays.slice();
    },
    take(random, from, to, sum) {
      for (let n = from; n < to; n++) sum += visit(order[n]!, random);
      return sum;
    },
  };
}

/** One example: draws what its loss needs, takes the step, returns the example's loss. */
function visitor(model: Model, train: TrainData, rivals: Rivals, params: LightFmParams, warp: readonly number[]): (row: number, draw: Random) => number {
  const adagrad = params.optimiser === 'adagrad';
  const step = new Stepper(model, { learningRate: params.learningRate, adagrad, regularisation: params.regularisation });
  return (row, draw) => {
    const u = train.user[row]!;
    const i = train.item[row]!;
    if (params.loss === 'logistic') return step.logistic(u, i, step.meet(u, i), likedRow(train, row) ? 1 : 0);
    if (params.loss === 'bpr') {
      const j = adagrad ? rivals.unlikedByPopularity(u, draw) : rivals.byPopularity(draw);
      if (j < 0 || (!adagrad && rivals.likes(u, j))) return 0;
      const ahead = step.meet(u, i) - step.rival(j);
      step.pair(u, i, j, sigmoid(-ahead));
      return softplusOfMinus(ahead);
    }
    const s = step.meet(u, i);
    for (let tries = 1; tries <= params.maxSampled; tries++) {
      const j = rivals.uniform(draw);
      const r = step.rival(j);
      // A known item counts as a try.
      if (r <= s - 1 || rivals.likes(u, j)) continue;
      step.pair(u, i, j, warp[tries]!);
      return warp[tries]! * (1 - s + r);
    }
    return 0;
  };
}
