/** What a comparison with a slow twin is made of, and random numbers for it. For tests only. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { createRandom } from '../../core/random';

export interface Numbers {
  shape: number[];
  data: Float32Array;
}
export type Op = (...x: Tensor[]) => Tensor;
/** Fast and slow, given the index arrays as tensors. */
export interface Case {
  name: string;
  inputs: Numbers[];
  indices?: Int32Array[];
  fast: (...index: Tensor[]) => Op;
  slow: (...index: Tensor[]) => Op;
  allowed?: number;
  /** Values only. */
  forward?: boolean;
  /** Run once more with its launches split as those too large for one dimension are. */
  split?: boolean;
}

export const random = createRandom(23, 'wgsl');
const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
export const normals = (shape: number[], scale = 1): Numbers => ({ shape, data: Float32Array.from({ length: sizeOf(shape) }, () => random.normal() * scale) });
export const indices = (n: number, below: number): Int32Array => Int32Array.from({ length: n }, () => random.int(below));
/** An operation that takes no index. */
export const same = (f: Op) => (): Op => f;
