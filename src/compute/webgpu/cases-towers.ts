/** Cases of the operations that towers and pair scorers are made of. */
import { concat, gather, reshape, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { dropout, dropoutComposite } from '../kernels/dropout';
import { gelu, geluComposite } from '../kernels/gelu';
import { inBatchSoftmax, inBatchSoftmaxComposite } from '../kernels/in-batch-softmax';
import { layerNorm, layerNormComposite } from '../kernels/layer-norm';
import { layerNormGelu, layerNormGeluComposite } from '../kernels/layer-norm-gelu';
import { linear, linearComposite } from '../kernels/linear';
import { pairDots, pairDotsComposite } from '../kernels/pair-dots';
import { pairHead, pairHeadComposite, pairHeadGrid, type HeadWeights } from '../kernels/pair-head';
import { pairRankingLoss, pairRankingLossComposite } from '../kernels/pair-ranking-loss';
import { rows } from '../kernels/rows';
import { selfTerms, selfTermsComposite } from '../kernels/self-terms';
import { indices, normals, random, same, type Case, type Numbers, type Op } from './case';

export function headCases(): Case[] {
  const weights = (x: Tensor[]): HeadWeights => ({ gamma1: x[0]!, beta1: x[1]!, W2: x[2]!, b2: x[3]!, gamma2: x[4]!, beta2: x[5]!, w3: x[6]!, b3: x[7]! });
  const shapes = (n: number, m: number, H1: number, H2: number) => [[n, H1], [m, H1], [H1], [H1], [H1, H2], [H2], [H2], [H2], [H2, 1], [1]];
  return [[1, 1, 1, 1, 1], [3, 5, 33, 7, 9], [7, 4, 31, 24, 40], [20, 30, 70, 128, 64]].flatMap(([n, m, P, H1, H2]) => {
    const of = (f: typeof pairHead) => (a: Tensor, b: Tensor): Op => (user, item, ...x) => f({ user: user!, item: item!, dots: null, direction: null }, weights(x), a, b);
    const directed = (f: typeof pairHead) => (a: Tensor, b: Tensor): Op => (user, item, dots, direction, ...x) => f({ user: user!, item: item!, dots: dots!, direction: direction! }, weights(x), a, b);
    const plain = shapes(n!, m!, H1!, H2!).map((s) => normals(s, 0.7));
    const name = `pair head, ${n} users, ${m} items, ${P} pairs, widths ${H1} and ${H2}`;
    const both = [indices(P!, n!), indices(P!, m!)];
    return [
      { name: `${name}, without dot products`, inputs: plain, indices: both, fast: of(pairHead), slow: of(pairHeadComposite), allowed: 2e-4 },
      { name, inputs: [...plain.slice(0, 2), normals([P!]), normals([1, H1!]), ...plain.slice(2)], indices: both, fast: directed(pairHead), slow: directed(pairHeadComposite), allowed: 2e-4 },
    ];
  });
}

/** A few positives with K negatives each. */
function rankingCases(): Case[] {
  const [B, n, m, H1, H2] = [5, 4, 9, 24, 16];
  const shapes = [[n, H1], [m, H1], [H1], [H1], [H1, H2], [H2], [H2], [H2], [H2, 1], [1]];
  return (['margin', 'bpr'] as const).flatMap((kind) => [1, 70].map((K): Case => {
    const P = B * (1 + K);
    const of = (f: typeof pairRankingLoss) => (a: Tensor, b: Tensor): Op => (user, item, dots, direction, gamma1, beta1, W2, b2, gamma2, beta2, w3, b3) =>
      f({ user: user!, item: item!, dots: dots!, direction: direction! }, { gamma1: gamma1!, beta1: beta1!, W2: W2!, b2: b2!, gamma2: gamma2!, beta2: beta2!, w3: w3!, b3: b3! }, a, b, B, { kind, margin: 0.5 });
    const inputs = [...shapes.slice(0, 2), [P], [1, H1], ...shapes.slice(2)].map((s) => normals(s, 0.7));
    return { name: `ranking loss (${kind}) of ${B} positives with ${K} negatives each`, inputs, indices: [indices(P, n), indices(P, m)], fast: of(pairRankingLoss) as Case['fast'], slow: of(pairRankingLossComposite) as Case['slow'], allowed: 1e-4 };
  }));
}

function gridCase(): Case {
  const [n, m] = [3, 37];
  const w = (x: Tensor[]): HeadWeights => ({ gamma1: x[0]!, beta1: x[1]!, W2: x[2]!, b2: x[3]!, gamma2: x[4]!, beta2: x[5]!, w3: x[6]!, b3: x[7]! });
  return {
    name: 'pair head over a grid', forward: true, allowed: 1e-4,
    inputs: [[n, 16], [m, 16], [n * m], [1, 16], [16], [16], [16, 8], [8], [8], [8], [8, 1], [1]].map((s) => normals(s)),
    indices: [Int32Array.from({ length: n * m }, (_, k) => Math.floor(k / m)), Int32Array.from({ length: n * m }, (_, k) => k % m)],
    fast: () => (user, item, dots, direction, ...x) => pairHeadGrid({ user: user!, item: item!, dots: dots!, direction: direction! }, w(x))!,
    slow: (a, b) => (user, item, dots, direction, ...x) => pairHeadComposite({ user: user!, item: item!, dots: dots!, direction: direction! }, w(x), a!, b!),
  };
}

/** An index that only the GPU knows: concatenated there (long enough not to be left to the processor), so it has to be sorted there. */
function farCase(): Case {
  const twice = (t: Tensor): Tensor => reshape(concat([reshape(t, [1, -1]), reshape(t, [1, -1])], 0), [-1]);
  const far = (f: typeof pairDots) => (a: Tensor, b: Tensor): Op => (u, v) => f(u!, v!, twice(a), twice(b));
  return { name: 'pair dots by an index made on the GPU', inputs: [normals([12, 9]), normals([7, 9])], indices: [indices(1200, 12), indices(1200, 7)], fast: far(pairDots) as Case['fast'], slow: far(pairDotsComposite) as Case['slow'], allowed: 2e-4 };
}

export function towerCases(): Case[] {
  const masked = (B: number): Numbers => ({ shape: [B, B], data: Float32Array.from({ length: B * B }, (_, k) => random.normal() - (k % (B + 1) !== 0 && random.next() < 0.2 ? 1e9 : 0)) });
  const softmaxWith = (f: typeof inBatchSoftmax, correction: Numbers) => (): Op => (x) => f(x!, 0.7, tensor(correction.data, [...correction.shape]));
  return [
    ...[[0], [1], [7], [33, 129], [1025], [2, 3, 5]].map((s): Case => ({ name: `GELU ${s.join(' × ')}`, inputs: [normals(s, 2)], fast: same(gelu as Op), slow: same(geluComposite as Op) })),
    ...[[1, 1], [1, 2], [3, 1], [5, 7], [20, 128], [300, 5], [2, 130]].flatMap(([n, d]): Case[] => {
      const three = [normals([n!, d!]), normals([d!]), normals([d!])];
      return [
        { name: `layer norm + GELU ${n} × ${d}`, inputs: three.slice(0, 1), fast: same((x) => layerNormGelu(x!)), slow: same((x) => layerNormGeluComposite(x!)), allowed: 5e-5 },
        { name: `layer norm + GELU ${n} × ${d}, affine`, inputs: three, fast: same((x, g, b) => layerNormGelu(x!, g, b)), slow: same((x, g, b) => layerNormGeluComposite(x!, g, b)), allowed: 1e-4, split: n === 20 },
        { name: `layer norm ${n} × ${d}`, inputs: three, fast: same((x, g, b) => layerNorm(x!, g!, b!)), slow: same((x, g, b) => layerNormComposite(x!, g!, b!, 1e-5)), allowed: 1e-4 },
      ];
    }),
    ...[[4, 3, 9], [17, 64, 50], [1, 1, 1], [300, 5, 900], [5, 3, 0]].map(([r, d, n]): Case => ({
      name: `${n} rows of a ${r} × ${d} table`, inputs: [normals([r!, d!])], indices: [indices(n!, r!)], fast: (k) => (t) => rows(t!, k!), slow: (k) => (t) => gather(t!, k!),
    })),
    ...[[1, 1, 1, 1], [3, 5, 7, 4], [20, 9, 65, 33], [50, 40, 192, 300], [2, 2, 3, 0]].map(([n, m, d, p]): Case => ({
      name: `pair dots of ${p} pairs, ${n} × ${m}, width ${d}`, inputs: [normals([n!, d!]), normals([m!, d!])], indices: [indices(p!, n!), indices(p!, m!)],
      fast: (a, b) => (u, v) => pairDots(u!, v!, a!, b!), slow: (a, b) => (u, v) => pairDotsComposite(u!, v!, a!, b!), allowed: 5e-5,
    })),
    farCase(),
    ...[[1, 1, 1], [3, 5, 7], [300, 3, 20], [4, 130, 2]].flatMap(([n, D, H]): Case[] => {
      const inputs = [normals([n!, D!]), normals([1, H!]), normals([1, H!]), normals([H!])];
      const both = { inputs, fast: same((x, a, b, c) => selfTerms(x!, a!, b!, c)), slow: same((x, a, b, c) => selfTermsComposite(x!, a!, b!, c)), allowed: 1e-4 };
      return [{ ...both, name: `rows of ${n} × ${D} by their own sums, to ${H}` }, { ...both, inputs: inputs.slice(0, 3), name: `rows of ${n} × ${D} by their own sums, to ${H}, without bias` }];
    }),
    ...[[1, 1, 1], [3, 5, 7], [0, 4, 3], [300, 9, 20], [40, 65, 33]].map(([n, k, m]): Case => ({
      name: `linear ${n} × ${k} to ${m}`, inputs: [normals([n!, k!]), normals([k!, m!]), normals([m!])], fast: same((x, W, b) => linear(x!, W!, b!)), slow: same((x, W, b) => linearComposite(x!, W!, b!)), allowed: 1e-4,
      forward: n === 0, // tfjs's own product, which the gradient takes, cannot sum over nothing on this backend
    })),
    ...headCases(),
    ...rankingCases(),
    gridCase(),
    ...[1, 2, 9, 130].map((B): Case => {
      const correction = masked(B);
      return { name: `in-batch softmax of ${B}`, inputs: [normals([B, B], 2)], fast: softmaxWith(inBatchSoftmax, correction), slow: softmaxWith(inBatchSoftmaxComposite, correction) };
    }),
    ...[[1], [1027], [13, 9], [0]].flatMap((s) => [0.1, 0.75].map((rate): Case => ({
      name: `dropout of ${rate} on ${s.join(' × ')}`, inputs: [normals(s)], fast: same((x) => dropout(x!, rate, -77)), slow: same((x) => dropoutComposite(x!, rate, -77)), allowed: 1e-6,
    }))),
  ];
}
