/**
 * The tensors our models may use: a narrow door to tfjs-core, so that the backend can be changed in one place.
 * Gradients are registered here, once (with modular imports tfjs registers none by itself).
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients';

export {
  add,
  clone,
  concat,
  dispose,
  div,
  engine,
  env,
  exp,
  fill,
  getBackend,
  keep,
  logSumExp,
  matMul,
  maximum,
  mean,
  memory,
  mul,
  neg,
  relu,
  reshape,
  scalar,
  sigmoid,
  slice,
  softmax,
  softplus,
  sqrt,
  square,
  sub,
  sum,
  tanh,
  tensor,
  tensor1d,
  tensor2d,
  tidy,
  transpose,
  zeros,
} from '@tensorflow/tfjs-core';
export type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
