/**
 * What a row says by itself in the first layer of a dot-compress scorer: y = (Σ x²) · bySquares + (Σ x) · bySum + bias, by rows.
 * One kernel where launches are what costs (WebGPU); composed elsewhere.
 */
import { concat, engine, matMul, registerGradient, reshape, square, sum, type Tensor } from '@tensorflow/tfjs-core';
import { runsOwn } from '../kernel-choice';
import { linear } from './linear';

const KERNEL = 'ColdwaveSelfTerms';
const BIASED = 'ColdwaveSelfTermsBiased'; // a name of its own: tfjs cannot save an input that was left out
const BACKWARD = 'ColdwaveSelfTermsGrad';

for (const kernelName of [KERNEL, BIASED]) {
  registerGradient({
    kernelName,
    inputsToSave: ['x', 'bySquares', 'bySum'],
    gradFunc: (dy, saved) => {
      const [x, bySquares, bySum] = saved as [Tensor, Tensor, Tensor];
      const [dx, dSquares, dSum, dBias] = engine().runKernel<Tensor[]>(BACKWARD, { x, bySquares, bySum, dy: dy as Tensor });
      return {
        x: () => dx!,
        bySquares: () => reshape(dSquares!, bySquares.shape),
        bySum: () => reshape(dSum!, bySum.shape),
        ...(kernelName === BIASED ? { bias: () => dBias! } : {}),
      };
    },
  });
}

/** The slow twin. */
export function selfTermsComposite(x: Tensor, bySquares: Tensor, bySum: Tensor, bias?: Tensor): Tensor {
  const sums = concat([sum(square(x), 1, true), sum(x, 1, true)], 1); // [n, 2]
  const W = concat([bySquares, bySum], 0); // [2, H]
  return bias ? linear(sums, W, bias) : matMul(sums as never, W as never);
}

/** @param x [n, D]  @param bySquares [1, H]  @param bySum [1, H]  @param bias [H]  @returns [n, H] */
export function selfTerms(x: Tensor, bySquares: Tensor, bySum: Tensor, bias?: Tensor): Tensor {
  if (!runsOwn(KERNEL)) return selfTermsComposite(x, bySquares, bySum, bias);
  return bias ? engine().runKernel<Tensor>(BIASED, { x, bySquares, bySum, bias }) : engine().runKernel<Tensor>(KERNEL, { x, bySquares, bySum });
}
