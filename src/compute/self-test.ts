/**
 * Does a backend compute right, and how fast? Three training steps of a tiny network (embedding rows, linear, layer norm + GELU,
 * hinge, Adam) are compared with plain TypeScript float64; then a realistic step is timed.
 */
import { createRandom } from '../core/random';
import { ADAM_DEFAULTS } from './kernels/adam';
import { layerNormGelu, linear, pairDots, rows } from './layers';
import { Parameters, type Weights } from './parameters';
import { Adam64, Tape64 } from './reference/tape';
import { add, mean, relu, tensor1d, type Tensor } from './tensors';

interface Sizes {
  rows: number;
  width: number;
  hidden: number;
  pairs: number;
}
const RATE = 0.01;

function world({ rows: R, width: d, hidden: H, pairs: P }: Sizes) {
  const random = createRandom(5, 'self-test');
  const draw = (shape: number[], scale: number) => ({ shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => Math.round(random.normal() * scale * 1024) / 1024) });
  const weights: Weights = { table: draw([R, d], 1), W: draw([d, H], 0.5), b: draw([H], 0.5), gamma: draw([H], 1), beta: draw([H], 0.5) };
  const index = () => Int32Array.from({ length: P }, () => random.int(R));
  return { weights, a: index(), b: index() };
}

/** Three losses and the weights after three steps, in float64. */
function slowly(sizes: Sizes): { losses: number[]; weights: Record<string, Float64Array> } {
  const { weights: start, a, b } = world(sizes);
  const weights = Object.fromEntries(Object.entries(start).map(([n, w]) => [n, Float64Array.from(w.data)]));
  const adam = new Adam64(RATE);
  const losses: number[] = [];
  for (let step = 0; step < 3; step++) {
    const t = new Tape64();
    const leaf = (name: string, r: number, c: number) => t.node(r, c, weights[name]!);
    const { rows: R, width: d, hidden: H, pairs: P } = sizes;
    const leaves = { table: leaf('table', R, d), W: leaf('W', d, H), b: leaf('b', 1, H), gamma: leaf('gamma', 1, H), beta: leaf('beta', 1, H) };
    const h = t.gelu(t.add(t.mul(t.layerNorm(t.add(t.matMul(leaves.table, leaves.W), leaves.b)), leaves.gamma), leaves.beta)); // [R, H]
    const dots = t.sumColumns(t.mul(t.gather(h, a), t.gather(h, b))); // [P, 1]
    const loss = t.mean(t.relu(t.add(dots, t.node(P, 1, new Float64Array(P).fill(1)))));
    t.backward(loss);
    losses.push(loss.data[0]!);
    adam.step(weights, Object.fromEntries(Object.entries(leaves).map(([n, l]) => [n, l.grad])));
  }
  return { losses, weights };
}

const lossOn = (a: Tensor, b: Tensor, all: Tensor) => (p: (name: string) => Tensor): Tensor => {
  const h = layerNormGelu(linear(rows(p('table'), all), p('W'), p('b')), p('gamma'), p('beta'));
  return mean(relu(add(pairDots(h, h, a, b), 1)));
};

async function withNet<T>(sizes: Sizes, f: (step: () => Tensor, parameters: Parameters) => Promise<T>): Promise<T> {
  const { weights, a, b } = world(sizes);
  const parameters = new Parameters(weights, { ...ADAM_DEFAULTS, learningRate: RATE });
  const tensors = [a, b, Int32Array.from({ length: sizes.rows }, (_, k) => k)].map((x) => tensor1d(x, 'int32')) as [Tensor, Tensor, Tensor];
  try {
    return await f(() => parameters.step(lossOn(...tensors)), parameters);
  } finally {
    parameters.dispose();
    for (const t of tensors) t.dispose();
  }
}

/** @returns the largest deviation from float64 in losses and weights after three steps; Infinity for anything not a number. */
export function deviationFromFloat64(): Promise<number> {
  const sizes = { rows: 7, width: 5, hidden: 6, pairs: 11 };
  const expected = slowly(sizes);
  return withNet(sizes, async (step, parameters) => {
    let worst = 0;
    const note = (a: number, b: number): void => {
      const d = Math.abs(a - b) / (1 + Math.abs(b));
      if (!(d <= worst)) worst = Number.isNaN(d) ? Infinity : d;
    };
    for (const e of expected.losses) {
      const loss = step();
      note((await loss.data())[0]!, e);
      loss.dispose();
    }
    for (const [name, w] of Object.entries(await parameters.weights())) w.data.forEach((x, k) => note(x, expected.weights[name]![k]!));
    return worst;
  });
}
/** Float32 through three Adam steps: far above rounding, far below any real fault. */
export const ALLOWED_DEVIATION = 2e-4;

/** Milliseconds of one training step of realistic size, the best of `repeats` after one to warm up. */
export function millisecondsPerStep(repeats = 3): Promise<number> {
  return withNet({ rows: 2048, width: 128, hidden: 128, pairs: 20_000 }, async (step) => {
    let best = Infinity;
    for (let k = 0; k <= repeats; k++) {
      const start = performance.now();
      const loss = step();
      await loss.data();
      loss.dispose();
      if (k > 0) best = Math.min(best, performance.now() - start);
    }
    return best;
  });
}
