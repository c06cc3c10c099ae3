/**
 * Margin loss or BPR over scores GELU(pair head), on WebGPU: two kernels, because the GPU cannot be asked whether the loss is itself what is
 * differentiated; gradients are made in the backward pass, from what the forward pass leaves. (Formulas: kernels/pair-ranking-loss.ts.)
 * Imports no WGSL: the operation is there on every backend, its kernels only with WebGPU.
 */
import { customGrad, engine, type Tensor } from '@tensorflow/tfjs-core';

export const RANKING_FORWARD = 'ColdwavePairRankingForward';
export const RANKING_BACKWARD = 'ColdwavePairRankingBackward';

/** @param inputs of the pair head, by name, those that are there, in the order of its gradients  @returns a scalar */
export function pairRankingOnGpu(inputs: Readonly<Record<string, Tensor>>, a: Tensor, b: Tensor, attrs: { positives: number; bpr: boolean; margin: number }): Tensor {
  const names = Object.keys(inputs);
  return customGrad((...args) => {
    const save = args.pop() as unknown as (t: Tensor[]) => void;
    const named = Object.fromEntries(names.map((n, k) => [n, args[k] as Tensor]));
    const [value, slopes, h, h1, z] = engine().runKernel<Tensor[]>(RANKING_FORWARD, { ...named, a, b }, { ...attrs, pairs: a.shape[0]! });
    save([...Object.values(named), a, b, slopes!, h!, h1!, z!]);
    return {
      value: value!,
      gradFunc: (dy, saved) => {
        const of = saved as Tensor[];
        const kept = Object.fromEntries([...names, 'a', 'b', 'slopes', 'h', 'h1', 'z'].map((n, k) => [n, of[k]!]));
        return engine().runKernel<Tensor[]>(RANKING_BACKWARD, { ...kept, dy: dy as Tensor });
      },
    };
  })(...Object.values(inputs));
}
