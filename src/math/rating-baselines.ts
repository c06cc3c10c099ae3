/**
 * Baselines (Koren 2010): a rating is about μ + b_u + b_i. Both ways of finding b, as Surprise has them.
 * μ mean of train, n_i ratings of item i, n_u ratings of user u.
 */
import { hasRow, type RatingMatrix } from './rating-matrix';

export interface Baselines {
  bu: Float64Array; // [U]; 0 for users without ratings
  bi: Float64Array; // [I]
}
type Step = (done: number) => Promise<void> | undefined;
const go: Step = () => undefined;

export const noBaselines = ({ U, I }: RatingMatrix): Baselines => ({ bu: new Float64Array(U), bi: new Float64Array(I) });

/** Turn about: b_i = Σ_u (r − μ − b_u) ÷ (regItems + n_i), then b_u = Σ_i (r − μ − b_i) ÷ (regUsers + n_u). Both start at 0. */
export async function alternatingBaselines(m: RatingMatrix, o: { epochs: number; regUsers: number; regItems: number }, step: Step = go): Promise<Baselines> {
  const { bu, bi } = noBaselines(m);
  for (let epoch = 0; epoch < o.epochs; epoch++) {
    halfStep(m.items, m.mean, bu, bi, o.regItems);
    halfStep(m.users, m.mean, bi, bu, o.regUsers);
    await step(epoch + 1);
  }
  return { bu, bi };
}

function halfStep(rows: RatingMatrix['users'], mean: number, held: Float64Array, out: Float64Array, reg: number): void {
  const { start, other, value } = rows;
  for (let x = 0; x < out.length; x++) {
    let sum = 0;
    for (let e = start[x]!; e < start[x + 1]!; e++) sum += value[e]! - mean - held[other[e]!]!;
    const n = start[x + 1]! - start[x]!;
    out[x] = n === 0 ? 0 : sum / (reg + n);
  }
}

/** Stochastic gradient descent, user by user, within a user by item: b ← b + γ (error − λ b). */
export async function descentBaselines(m: RatingMatrix, o: { epochs: number; learningRate: number; reg: number }, step: Step = go): Promise<Baselines> {
  const { bu, bi } = noBaselines(m);
  const { start, other, value } = m.users;
  for (let epoch = 0; epoch < o.epochs; epoch++) {
    for (let u = 0; u < m.U; u++) {
      for (let e = start[u]!; e < start[u + 1]!; e++) {
        const i = other[e]!;
        const error = value[e]! - (m.mean + bu[u]! + bi[i]!);
        bu[u]! += o.learningRate * (error - o.reg * bu[u]!);
        bi[i]! += o.learningRate * (error - o.reg * bi[i]!);
      }
    }
    await step(epoch + 1);
  }
  return { bu, bi };
}

/** μ + b_u + b_i with the parts that are known. */
export const baselineOf = (m: RatingMatrix, { bu, bi }: Baselines, u: number, i: number): number =>
  m.mean + (hasRow(m.users, u) ? bu[u]! : 0) + (hasRow(m.items, i) ? bi[i]! : 0);
