/** The network, on tensors. B rows (a user with a sample of H items), F width of an item's features, D width of what is scored. */
import { layerNormGelu, linear, rows } from '../../compute/layers';
import type { Lookup } from '../../compute/parameters';
import { add, concat, div, matMul, mean, mul, relu, reshape, sigmoid, slice, softmax, sub, sum, tanh, tensor1d, zeros, type Tensor } from '../../compute/tensors';

export type Pooling = 'mean' | 'attention' | 'gru';
export interface PoolingShape {
  pooling: Pooling;
  history: number;
  /** A linear layer on what attention gives. */
  attentionOut: boolean;
  gruLayers: number;
  gruWidth: number;
}
const product = (x: Tensor, W: Tensor): Tensor => matMul(x as never, W as never);

/** Linear, then affine layer norm + GELU, for every layer but the last. */
export function perceptron(p: Lookup, name: string, layers: number, x: Tensor): Tensor {
  for (let k = 1; k <= layers; k++) {
    x = linear(x, p(`${name}.L${k}.W`), p(`${name}.L${k}.b`));
    if (k < layers) x = layerNormGelu(x, p(`${name}.LN${k}.gamma`), p(`${name}.LN${k}.beta`));
  }
  return x;
}

/** One recurrent layer over steps of [B, in]; the reset gate acts after the hidden matrix. @param start [B, W] */
function gru(p: Lookup, name: string, steps: Tensor[], start: Tensor): Tensor[] {
  const [B, W] = start.shape as [number, number];
  const gate = (x: Tensor, k: number): Tensor => slice(x, [0, k * W], [B, W]);
  let h = start;
  return steps.map((x) => {
    const g = linear(x, p(`${name}.W_ih`), p(`${name}.b_ih`)); // [B, 3W]
    const r = linear(h, p(`${name}.W_hh`), p(`${name}.b_hh`));
    const z = sigmoid(add(gate(g, 1), gate(r, 1)));
    const n = tanh(add(gate(g, 2), mul(sigmoid(add(gate(g, 0), gate(r, 0))), gate(r, 2))));
    h = add(n, mul(z, sub(h, n))); // (1 − z) n + z h
    return h;
  });
}

/** Weights of the sampled items, [B, H]. */
export function attentionWeights(p: Lookup, user: Tensor, history: Tensor, H: number): Tensor {
  const q = product(user, p('attention.q.W')); // [B, P]
  const [B, P] = q.shape as [number, number];
  const k = reshape(product(history, p('attention.k.W')), [B, H, P]);
  return softmax(div(sum(mul(k, reshape(q, [B, 1, P])), 2), Math.sqrt(P)));
}

/**
 * @param user features of the rows' users, [B, F_u]  @param history features of their sampled items, [B·H, F], in order
 * @param starts start states of the recurrent layers, [B, W] each; zero where left out
 */
export function pooledHistory(p: Lookup, s: PoolingShape, user: Tensor, history: Tensor, starts?: readonly Tensor[]): Tensor {
  const [n, F] = history.shape as [number, number];
  const H = s.history;
  const B = n / H;
  const by = reshape(history, [B, H, F]);
  if (s.pooling === 'mean') return mean(by, 1);
  if (s.pooling === 'attention') {
    const pooled = sum(mul(reshape(attentionWeights(p, user, history, H), [B, H, 1]), by), 1); // [B, F]
    return s.attentionOut ? linear(pooled, p('attention.out.W'), p('attention.out.b')) : pooled;
  }
  let steps = Array.from({ length: H }, (_, t) => reshape(slice(by, [0, t, 0], [B, 1, F]), [B, F]));
  for (let l = 0; l < s.gruLayers; l++) steps = gru(p, `gru${l}`, steps, starts?.[l] ?? zeros([B, s.gruWidth]));
  return concat(steps, 1); // [B, H·W]
}

/** Users as sets, [B, D]: their features and their pooled history. */
export const setsOf = (p: Lookup, layers: number, user: Tensor, pooled: Tensor): Tensor => perceptron(p, 'set', layers, concat([user, pooled], 1));

/** Rows of a table by sampled item; −1 gives a row of zeros. @param table [n, F] */
export function historyRows(table: Tensor, sample: Int32Array): Tensor {
  const [n, F] = table.shape as [number, number];
  return sample.includes(-1) ? rows(concat([table, zeros([1, F])], 0), tensor1d(sample.map((i) => (i < 0 ? n : i)), 'int32')) : rows(table, tensor1d(sample, 'int32'));
}

/** mean over B·K of max(0, margin − (s⁺ − s⁻)). @param scores [B, 1 + K], the positive first */
export function marginLoss(scores: Tensor, margin: number): Tensor {
  const [B, columns] = scores.shape as [number, number];
  return mean(relu(add(sub(slice(scores, [0, 1], [B, columns - 1]), slice(scores, [0, 0], [B, 1])), margin)));
}
