/** Cases of the operations that sequence models and autoencoders are made of, and of choosing the largest. */
import { cast, clipByValue, concat, tensor1d, topk } from '@tensorflow/tfjs-core';
import { causalAttention, causalAttentionComposite } from '../kernels/causal-attention';
import { multinomialLoss, multinomialLossComposite } from '../kernels/multinomial-loss';
import { softmax, softmaxComposite } from '../kernels/softmax';
import { softmaxCrossEntropy, softmaxCrossEntropyComposite } from '../kernels/softmax-cross-entropy';
import { sparseMatMul, sparseMatMulComposite, type SparseRows } from '../kernels/sparse-rows';
import { indices, normals, random, same, type Case } from './case';

type Sized = Case & { /** Small enough to be run once more with our kernels off. */ small?: boolean };

/** @param lengths of the sequences  @param heads of d numbers each */
function attention(name: string, lengths: readonly number[], heads: number, d: number, more: Partial<Sized> = {}): Sized {
  const start = Int32Array.of(0, ...lengths);
  for (let s = 1; s < start.length; s++) start[s]! += start[s - 1]!;
  const shape = [start.at(-1)!, heads * d];
  return {
    name: `causal attention, ${name}, ${heads} heads of ${d}`, inputs: [normals(shape), normals(shape), normals(shape)], allowed: 5e-5,
    fast: same((q, k, v) => causalAttention(q!, k!, v!, start, heads)), slow: same((q, k, v) => causalAttentionComposite(q!, k!, v!, start, heads)), ...more,
  };
}

/** @param block logits made at once */
function crossEntropy(n: number, I: number, D: number, block: number, more: Partial<Sized> = {}): Sized {
  const target = indices(n, I);
  return {
    name: `cross-entropy of ${n} rows over ${I} items, width ${D}, ${block} logits at once`, inputs: [normals([n, D]), normals([I, D])], allowed: 5e-5,
    fast: same((h, W) => softmaxCrossEntropy(h!, W!, target, block)), slow: same((h, W) => softmaxCrossEntropyComposite(h!, W!, target)), ...more,
  };
}

/** Random entries, several of them in one place; every third row is empty. */
function sparse(rows: number, columns: number, most: number): SparseRows {
  const start = new Int32Array(rows + 1);
  for (let b = 0; b < rows; b++) start[b + 1] = start[b]! + (b % 3 === 1 ? 0 : random.int(most + 1));
  const entries = start[rows]!;
  return { columns, start, index: indices(entries, columns), value: normals([entries]).data };
}
function multinomial(B: number, I: number, most: number, more: Partial<Sized> = {}): Sized {
  const x = sparse(B, I, most);
  return { name: `multinomial loss of ${B} rows over ${I} items, ${x.index.length} entries`, inputs: [normals([B, I], 2)], fast: same((l) => multinomialLoss(l!, x)), slow: same((l) => multinomialLossComposite(l!, x)), ...more };
}
function product(B: number, columns: number, D: number, most: number, more: Partial<Sized> = {}): Sized {
  const x = sparse(B, columns, most);
  return { name: `${B} sparse rows with ${x.index.length} entries by ${columns} × ${D}`, inputs: [normals([columns, D])], fast: same((W) => sparseMatMul(x, W!)), slow: same((W) => sparseMatMulComposite(x, W!)), ...more };
}

/** Values and places together. Many equal ones, both zeros, infinities (brought back to numbers, so that they can be compared). */
function largest(shape: number[], k: number, more: Partial<Sized> = {}): Sized {
  const x = normals(shape);
  for (let e = 0; e < x.data.length; e++) x.data[e] = e % 7 === 0 ? -0 : e % 11 === 0 ? -Infinity : Math.round(x.data[e]! * 4) / 4;
  const both: Case['fast'] = same((t) => {
    const { values, indices: places } = topk(t!, k);
    return concat([clipByValue(values, -1e30, 1e30), cast(places, 'float32')], -1);
  });
  return { name: `the ${k} largest of ${shape.join(' × ')}`, inputs: [x], fast: both, slow: both, forward: true, allowed: 1e-9, ...more };
}
/** The plain backend gives no order where something is not a number. */
const lastOfAll: Sized = {
  name: 'NaN comes last among the largest', inputs: [{ shape: [5], data: Float32Array.of(NaN, 1, -Infinity, NaN, 2) }], forward: true, allowed: 1e-9,
  fast: same((t) => cast(topk(t!, 5).indices, 'float32')), slow: same(() => tensor1d([4, 1, 2, 0, 3])),
};

export function sequenceCases(): Sized[] {
  return [
    attention('one row', [1], 1, 1, { small: true }),
    attention('no row', [0, 0], 1, 4),
    attention('unequal lengths, some 0', [3, 0, 1, 9, 0], 2, 3, { split: true, small: true }),
    attention('longer than a group is wide', [65, 130, 1, 64], 1, 20),
    attention('heads wider than a group', [17, 5], 2, 70),
    ...[[1, 1, 1, 1], [7, 13, 4, 26], [5, 9, 3, 1], [70, 45, 33, 1e6], [33, 100, 65, 1700]].map(([n, I, D, block]) => crossEntropy(n!, I!, D!, block!, { small: n === 7, split: n === 70 })),
    ...[[1, 1, 1], [4, 7, 5], [3, 130, 9], [2, 5, 0], [70, 300, 40]].map(([B, I, most]) => multinomial(B!, I!, most!, { small: B === 4, split: B === 70 })),
    ...[[1, 1, 1, 1], [5, 7, 3, 4], [3, 40, 65, 9], [2, 5, 4, 0], [60, 90, 33, 30]].map(([B, columns, D, most]) => product(B!, columns!, D!, most!, { small: B === 5, split: B === 60 })),
    product(66_000, 1, 256, 1, { forward: true }), // really more groups of 256 than one dimension of a launch takes
    ...[[1], [7, 1], [5, 130], [2, 3, 65], [0, 4]].map((s): Sized => ({ name: `softmax ${s.join(' × ')}`, inputs: [normals(s, 3)], fast: same((x) => softmax(x!)), slow: same((x) => softmaxComposite(x!)), small: s[0] === 5, split: s[0] === 5 })),
    ...([[[1], 1], [[9], 9], [[5, 300], 10], [[2, 3, 40], 7], [[2, 200], 128]] as const).map(([shape, k]) => largest([...shape], k, { small: k === 10, split: k === 10 })),
    lastOfAll,
  ];
}
