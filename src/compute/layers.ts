/** Layers as plain functions of tensors. Weights are [in, out], so the forward product transposes nothing. */
export { causalAttention } from './kernels/causal-attention';
export { dropout } from './kernels/dropout';
export { gelu } from './kernels/gelu';
export { inBatchSoftmax } from './kernels/in-batch-softmax';
export { layerNorm } from './kernels/layer-norm';
export { layerNormGelu } from './kernels/layer-norm-gelu';
export { linear } from './kernels/linear';
export { linearNormGelu } from './kernels/linear-norm-gelu';
export { multinomialLoss } from './kernels/multinomial-loss';
export { pairDots } from './kernels/pair-dots';
export { pairHead, pairHeadGrid, type HeadWeights } from './kernels/pair-head';
export { rows } from './kernels/rows';
export { softmax } from './kernels/softmax';
export { softmaxCrossEntropy } from './kernels/softmax-cross-entropy';
export { sparseMatMul, type SparseRows } from './kernels/sparse-rows';
