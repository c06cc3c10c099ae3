/** Single kernels at the sizes they have in training. */
import { grad, grads, matMul, oneHot, ones, tensor, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { createRandom } from '../src/core/random';
import { layerNormGelu, pairHead, pairHeadGrid, rows, type HeadWeights } from '../src/compute/layers';
import { pairRankingLoss } from '../src/compute/kernels/pair-ranking-loss';
import { adamStep, ADAM_DEFAULTS, type AdamSlot } from '../src/compute/kernels/adam';
import { dispose, keep, mul, slice, sum, zeros } from '../src/compute/tensors';
import type { BenchRow } from './rows';
import { inTurn, type Timing } from './timing';
import { switchTo, WAYS, type Way } from './ways';

/** Of one pair after the identity: first layer of five numbers, second layer, last layer. */
export const PAIR_FLOPS = 2 * (5 * 128 + 128 * 64 + 64);
const random = createRandom(3, 'bench');
const normals = (shape: number[]): Tensor => tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()), shape, 'float32');
const indices = (n: number, below: number): Tensor => tensor1d(Int32Array.from({ length: n }, () => random.int(below)), 'int32');

/** `run` under each way; what it makes is disposed. */
const eachWay = (run: () => void, ways: readonly Way[] = WAYS): Promise<Record<Way, Timing>> =>
  inTurn(ways.map((name) => ({ name, before: () => switchTo(name), run: () => void tidy(() => run()) })));
const per = (t: Record<string, Timing>, amount: number): BenchRow['figures'] => Object.fromEntries(Object.entries(t).map(([w, { median }]) => [w, amount / median]));

/** A fresh right operand for every product, as in training: tfjs keeps a packed copy for as long as the tensor lives, and reusing it would flatter. */
async function products(): Promise<BenchRow[]> {
  const out: BenchRow[] = [];
  for (const [what, n, k, m] of [['20480×128×64 (pair head)', 20480, 128, 64], ['1024×384×96 (text)', 1024, 384, 96]] as const) {
    for (const [ta, tb] of [[false, false], [true, false], [false, true], [true, true]] as const) {
      const a = normals(ta ? [k, n] : [n, k]);
      const source = normals(tb ? [m, k] : [k, m]);
      let b: Tensor | null = null;
      const t = await inTurn(WAYS.map((name) => ({
        name,
        before: async () => {
          await switchTo(name);
          b = tensor(source.dataSync().slice(), source.shape, 'float32');
        },
        run: () => matMul(a as never, b as never, ta, tb).dispose(),
        after: () => b?.dispose(),
      })), { seconds: 2 });
      out.push({ what: `matmul ${what} ${ta ? 'Aᵀ' : 'A'}${tb ? 'Bᵀ' : 'B'}`, unit: 'GFLOP/s', figures: per(t, (2 * n * k * m) / 1e9), gflops: (2 * n * k * m) / 1e9 / t.simd.fastest });
      dispose([a, source]);
    }
  }
  return out;
}

async function normGelu(): Promise<BenchRow[]> {
  const [n, D] = [16384, 128];
  const x = normals([n, D]);
  const gamma = normals([D]);
  const beta = normals([D]);
  const forward = await eachWay(() => layerNormGelu(x, gamma, beta));
  const both = await eachWay(() => grads((...t: Tensor[]) => sum(layerNormGelu(t[0]!, t[1]!, t[2]!)))([x, gamma, beta]));
  dispose([x, gamma, beta]);
  return [
    { what: 'LN + GELU, 16384×128, forward', unit: 'M elements/s', figures: per(forward, (n * D) / 1e6) },
    { what: 'LN + GELU, forward and backward', unit: 'M elements/s', figures: per(both, (n * D) / 1e6) },
  ];
}

async function head(): Promise<BenchRow[]> {
  const [H1, H2, users, items, P] = [128, 64, 1000, 900, 16384];
  const w: HeadWeights = { gamma1: normals([H1]), beta1: normals([H1]), W2: normals([H1, H2]), b2: normals([H2]), gamma2: normals([H2]), beta2: normals([H2]), w3: normals([H2, 1]), b3: normals([1]) };
  const x = { user: normals([users, H1]), item: normals([items, H1]), dots: normals([P]), direction: normals([1, H1]) };
  const [a, b] = [indices(P, users), indices(P, items)];
  const forward = await eachWay(() => pairHead(x, w, a, b));
  const list = [x.user, x.item, x.dots, x.direction, ...Object.values(w)] as Tensor[];
  const both = await eachWay(() => grads((...t: Tensor[]) => {
    const [user, item, dots, direction, gamma1, beta1, W2, b2, gamma2, beta2, w3, b3] = t as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
    return sum(pairHead({ user, item, dots, direction }, { gamma1, beta1, W2, b2, gamma2, beta2, w3, b3 }, a, b));
  })(list));
  const few = { ...x, user: slice(x.user, [0, 0], [16, H1]), dots: normals([16 * items]) };
  const [first, second] = [indices(16 * items, 16), indices(16 * items, items)]; // where there is no grid
  const grid = await eachWay(() => pairHeadGrid(few, w) ?? pairHead(few, w, first, second));
  const [some, others] = [slice(a, [0], [399 * 41]), slice(b, [0], [399 * 41])];
  const loss = await eachWay(() => grads((...t: Tensor[]) => {
    const [user, item, dots, direction, gamma1, beta1, W2, b2, gamma2, beta2, w3, b3] = t as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
    return pairRankingLoss({ user, item, dots, direction }, { gamma1, beta1, W2, b2, gamma2, beta2, w3, b3 }, some, others, 399, { kind: 'margin', margin: 1 });
  })(list.map((t, k) => (k === 2 ? slice(t, [0], [399 * 41]) : t))));
  dispose([...list, few.user, few.dots, first, second, some, others, a, b]);
  return [
    { what: 'pair head, scoring pairs', unit: 'M scores/s', figures: per(forward, P / 1e6), gflops: (P * PAIR_FLOPS) / 1e9 / forward.simd.fastest },
    { what: 'pair head, scoring 16 users × 900 items', unit: 'M scores/s', figures: per(grid, (16 * items) / 1e6), gflops: (16 * items * PAIR_FLOPS) / 1e9 / grid.simd.fastest },
    { what: 'pair head, forward and backward', unit: 'M pairs/s', figures: per(both, P / 1e6), gflops: (3 * P * PAIR_FLOPS) / 1e9 / both.simd.fastest },
    { what: 'pair head with its margin loss, forward and backward, 399 × (1 + 40) pairs', unit: 'M pairs/s', figures: per(loss, (399 * 41) / 1e6), gflops: (3 * 399 * 41 * PAIR_FLOPS) / 1e9 / loss.simd.fastest },
  ];
}

/** Stock tfjs-wasm has no such gradient; a product with one-hot rows is what it can do instead. */
async function gatherGradient(): Promise<BenchRow[]> {
  const [size, d, n] = [2807, 96, 8192];
  const source = normals([size, d]);
  const index = indices(n, size);
  const dy = ones([n, d]);
  const t = await inTurn<Way>([
    { name: 'simd', before: () => switchTo('simd'), run: () => void tidy(() => grad((x) => sum(mul(rows(x, index), dy)))(source)) },
    { name: 'stock', before: () => switchTo('stock'), run: () => void tidy(() => matMul(oneHot(index as never, size) as never, dy as never, true, false)) },
  ]);
  dispose([source, index, dy]);
  return [{ what: 'gather and its gradient, 8192 of 2807 rows × 96 (stock: one-hot product)', unit: 'M elements/s', figures: per(t, (n * d) / 1e6) }];
}

async function adam(): Promise<BenchRow[]> {
  const size = 269_472; // 2807 × 96
  const g = normals([size]);
  const slots = {} as Record<Way, AdamSlot>;
  const settings = { ...ADAM_DEFAULTS, learningRate: 1e-4 };
  for (const way of WAYS) slots[way] = { w: keep(normals([size])), m: keep(zeros([size])), v: keep(zeros([size])) };
  let step = 0;
  const t = await inTurn(WAYS.map((name) => ({ name, before: () => switchTo(name), run: () => void (slots[name] = adamStep(slots[name], g, settings, ++step)) })));
  for (const way of WAYS) dispose([slots[way].w, slots[way].m, slots[way].v]);
  g.dispose();
  return [{ what: 'Adam, 269,472 weights', unit: 'M weights/s', figures: per(t, size / 1e6) }];
}

export const kernelRows = async (): Promise<BenchRow[]> => [...(await products()), ...(await normGelu()), ...(await head()), ...(await gatherGradient()), ...(await adam())];
