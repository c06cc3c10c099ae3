/**
 * The network, on tensors. n rows of all sequences, D width, I items, L positions. Arrangements: README.md.
 * Sequences are not padded, so nothing has to be masked but later rows, and a short history costs what it holds.
 */
import { causalAttention, dropout, layerNorm, linear, rows, softmaxCrossEntropy } from '../../compute/layers';
import type { Lookup } from '../../compute/parameters';
import { add, matMul, mean, mul, neg, relu, softplus, sum, tensor1d, type Tensor } from '../../compute/tensors';
import type { Sequences } from './sequences';

export type Arrangement = 'original' | 'projection' | 'preNorm';
export interface Architecture {
  arrangement: Arrangement;
  blocks: number;
  heads: number;
}
/** Dropout of one step: its rate, and a key of its own for every place it acts. */
export interface Drop {
  rate: number;
  key(): number;
}
const EPS = 1e-8;
const norm = (p: Lookup, name: string, x: Tensor): Tensor => layerNorm(x, p(`${name}.gamma`), p(`${name}.beta`), EPS);
const layer = (p: Lookup, name: string, x: Tensor): Tensor => linear(x, p(`${name}.W`), p(`${name}.b`));

/** State of every row after the last norm, [n, D]: what the next item is predicted from. */
export function hiddenStates(p: Lookup, a: Architecture, s: Sequences, drop: Drop | null = null): Tensor {
  const thin = (x: Tensor): Tensor => (drop ? dropout(x, drop.rate, drop.key()) : x);
  const table = p('item'); // [I, D]
  const D = table.shape[1]!;
  let x = thin(add(mul(rows(table, tensor1d(s.items, 'int32')), Math.sqrt(D)), rows(p('position'), tensor1d(s.positions, 'int32')))); // [n, D]
  for (let k = 0; k < a.blocks; k++) {
    const b = `block${k}`;
    const q = norm(p, `${b}.ln1`, x);
    const kv = a.arrangement === 'preNorm' ? q : x;
    const seen = thin(causalAttention(layer(p, `${b}.q`, q), layer(p, `${b}.k`, kv), layer(p, `${b}.v`, kv), s.start, a.heads));
    const y = add(a.arrangement === 'preNorm' ? x : q, a.arrangement === 'original' ? seen : layer(p, `${b}.o`, seen));
    const n = norm(p, `${b}.ln2`, y);
    const f = thin(layer(p, `${b}.f2`, thin(relu(layer(p, `${b}.f1`, n)))));
    x = add(a.arrangement === 'preNorm' ? y : n, f);
  }
  return norm(p, 'ln', x);
}

/** Mean over rows of −ln softmax over all items of the target. Weights are tied to the item table. */
export const crossEntropy = (p: Lookup, hidden: Tensor, targets: Int32Array): Tensor => softmaxCrossEntropy(hidden, p('item'), targets);

/** ⟨state, item⟩ per row, [n]. */
export const rowLogits = (p: Lookup, hidden: Tensor, items: Int32Array): Tensor => sum(mul(hidden, rows(p('item'), tensor1d(items, 'int32'))), 1);

/** Mean over rows of the sum softplus(−s⁺) + softplus(s⁻). */
export const binaryCrossEntropy = (p: Lookup, hidden: Tensor, targets: Int32Array, negatives: Int32Array): Tensor =>
  mean(add(softplus(neg(rowLogits(p, hidden, targets))), softplus(rowLogits(p, hidden, negatives))));

/** Every row's score of every item, [n, I]. */
export const allLogits = (p: Lookup, hidden: Tensor): Tensor => matMul(hidden as never, p('item') as never, false, true);
