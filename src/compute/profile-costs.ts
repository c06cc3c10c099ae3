/**
 * What a launch has to do at least: floating-point operations and bytes, from its shapes.
 * Exponentials and error functions count as the polynomials our kernels evaluate, so that a rate can be set against a peak.
 */
import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';

type Inputs = Readonly<Record<string, TensorInfo | undefined>>;
type Formula = (t: Inputs, out: readonly TensorInfo[], attrs: NamedAttrMap) => number | null;

/** Operations an element, counted in the kernels' source. */
const NORM = 8;
const NORM_BACK = 18;
const EXP = 24;
const GELU = 42;
const GELU_BACK = 46;
const ADAM = 14;
const ADAGRAD = 9;
const DRAW = 10;

const size = (t: TensorInfo | undefined): number => (t ? t.shape.reduce((p, n) => p * n, 1) : 0);
const outputs: Formula = (_, out) => size(out[0]);

const product: Formula = ({ a }, out, { transposeA }) => {
  const inner = a?.shape.at(transposeA ? -2 : -1);
  return inner === undefined ? null : 2 * size(out[0]) * inner;
};

/** [H1, H2] of the layer inside the pair scorer. */
const inside = (t: Inputs): [number, number] => t['W2']!.shape as [number, number];
const pairHead: Formula = (t, _out, { pairs }) => {
  const [H1, H2] = inside(t);
  const first = H1 * (t['dots'] ? 3 : 1);
  return Number(pairs) * (2 * H1 * H2 + 2 * H2 + first + (NORM + GELU) * (H1 + H2));
};
/** The forward pass is computed again, then two products where there was one. */
const pairHeadBack: Formula = (t) => {
  const [H1, H2] = inside(t);
  const first = H1 * (t['dots'] ? 9 : 3);
  return size(t['a']) * (6 * H1 * H2 + 6 * H2 + first + (NORM + GELU_BACK + NORM_BACK) * (H1 + H2));
};

/** Every pair forward and back, the positives forward once more. */
const pairRankingLoss: Formula = (t, out, { positives }) => {
  const [H1, H2] = inside(t);
  return pairHeadBack(t, out, {})! + Number(positives) * (2 * H1 * H2 + (NORM + GELU) * (H1 + H2));
};

/** The same with what the forward pass made still there. */
const pairHeadAgain: Formula = (t) => {
  const [H1, H2] = inside(t);
  const first = H1 * (t['dots'] ? 6 : 2);
  return size(t['a']) * (4 * H1 * H2 + 4 * H2 + first + (GELU_BACK + NORM_BACK) * (H1 + H2));
};

/** `products` of t × t × D for each sequence; the launch says Σ t², as its lengths cannot be read from a GPU without waiting. */
const attention = (products: number): Formula => (t, _, { squares }) => 2 * products * Number(squares) * t['q']!.shape[1]!;
const perInput = (name: string, each: number): Formula => (t) => each * size(t[name]);

const FORMULAS: Record<string, Formula> = {
  BatchMatMul: product,
  _FusedMatMul: product,
  ColdwavePairHead: pairHead,
  ColdwavePairHeadDot: pairHead,
  ColdwavePairHeadGrad: pairHeadBack,
  ColdwavePairRankingLoss: pairRankingLoss,
  ColdwavePairRankingForward: pairHead,
  ColdwavePairRankingBackward: pairHeadAgain,
  ColdwaveSelfTerms: ({ x }, out) => 3 * size(x) + 4 * size(out[0]),
  ColdwaveSelfTermsBiased: ({ x }, out) => 3 * size(x) + 5 * size(out[0]),
  ColdwaveSelfTermsGrad: ({ x, dy }) => 6 * size(x) + 9 * size(dy),
  ColdwaveLinear: ({ x }, out) => size(out[0]) * (2 * x!.shape[1]! + 1),
  ColdwaveLinearNormGelu: ({ x }, out) => size(out[0]) * (2 * x!.shape[1]! + 1 + NORM + GELU),
  ColdwaveLinearNormGeluGrad: ({ x, h }) => size(h) * (4 * x!.shape[1]! + 1 + NORM + GELU_BACK + NORM_BACK),
  ColdwaveColumnSums: perInput('x', 1),
  ColdwavePairDots: ({ u, a }) => 2 * size(a) * u!.shape[1]!,
  ColdwavePairDotsGrad: ({ u, a }) => 4 * size(a) * u!.shape[1]!,
  ColdwaveLayerNorm: perInput('x', NORM),
  ColdwaveLayerNormGrad: perInput('x', NORM_BACK),
  ColdwaveLayerNormGelu: perInput('x', NORM + GELU),
  ColdwaveLayerNormAffineGelu: perInput('x', NORM + GELU + 2),
  ColdwaveLayerNormGeluGrad: perInput('x', NORM + GELU_BACK + NORM_BACK),
  ColdwaveGelu: perInput('x', GELU),
  ColdwaveGeluGrad: perInput('x', GELU_BACK),
  ColdwaveAdam: perInput('w', ADAM),
  ColdwaveAdagrad: perInput('w', ADAGRAD),
  ColdwaveAdamRows: ({ w, index }) => ADAM * size(index) * w!.shape[1]!,
  ColdwaveDropout: perInput('x', DRAW),
  ColdwaveRows: () => 0,
  ColdwaveAddRows: perInput('x', 1),
  UnsortedSegmentSum: perInput('x', 1),
  ColdwaveSparseRows: ({ index, W }) => 2 * size(index) * W!.shape[1]!,
  ColdwaveSparseRowsGrad: ({ index, dy }) => 2 * size(index) * dy!.shape[1]!,
  ColdwaveSoftmax: perInput('x', EXP + 3),
  ColdwaveSoftmaxGrad: perInput('y', 4),
  ColdwaveSoftmaxCrossEntropy: ({ h, W }) => h!.shape[0]! * W!.shape[0]! * (6 * W!.shape[1]! + EXP + 2),
  ColdwaveMultinomialLoss: perInput('logits', EXP + 2),
  ColdwaveInBatchSoftmax: perInput('x', EXP + 4),
  ColdwaveCausalAttention: attention(2),
  ColdwaveCausalAttentionGrad: attention(5),
  TopK: perInput('x', 1),
  Sum: perInput('x', 1),
  Mean: perInput('x', 1),
  Max: perInput('x', 1),
};
/** One operation an output element. */
const ELEMENTWISE = ['Add', 'AddV2', 'Sub', 'Multiply', 'RealDiv', 'Square', 'SquaredDifference', 'Sqrt', 'Rsqrt', 'Neg', 'Relu', 'Maximum', 'Minimum', 'Greater', 'GreaterEqual', 'Step', 'Abs', 'Select', 'AddN'];
for (const name of ELEMENTWISE) FORMULAS[name] = outputs;
/** They move or rename data and compute nothing. */
const MOVES = ['Identity', 'Reshape', 'Slice', 'Concat', 'Transpose', 'GatherV2', 'ZerosLike', 'OnesLike', 'Fill', 'Tile', 'Cast', 'ExpandDims', 'Pack'];
for (const name of MOVES) FORMULAS[name] = () => 0;
/** Nothing is copied: the tensor gets another shape. */
const FREE = new Set(['Identity', 'Reshape', 'ExpandDims']);
/** Reads only the rows it is asked for. */
const GATHERS: Record<string, string> = { ColdwaveRows: 'table', GatherV2: 'x' };

/** @returns operations (null where no formula is known) and bytes of one launch */
export function costOf(kernel: string, inputs: Inputs, out: readonly TensorInfo[], attrs: NamedAttrMap): { flops: number | null; bytes: number } {
  const written = out.reduce((sum, t) => sum + size(t), 0);
  let read = 0;
  const table = GATHERS[kernel];
  for (const [name, t] of Object.entries(inputs)) read += name === table ? size(out[0]) : size(t);
  return { flops: FORMULAS[kernel]?.(inputs, out, attrs) ?? null, bytes: FREE.has(kernel) ? 0 : 4 * (read + written) };
}
