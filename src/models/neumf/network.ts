/** The networks, on tensors. n pairs, F factors, M width of an MLP vector. */
import { linear, rows } from '../../compute/layers';
import type { Lookup } from '../../compute/parameters';
import { add, concat, matMul, mean, mul, relu, reshape, slice, softplus, sub, tensor1d, type Tensor } from '../../compute/tensors';

export type Part = 'neumf' | 'gmf' | 'mlp';
export interface Pairs {
  users: Int32Array; // [n]
  items: Int32Array; // [n]
  /** 1 for a play, 0 for a negative. */
  labels: Float32Array; // [n]
}

/** p_u ⊙ q_i, [n, F]. */
const gmf = (p: Lookup, u: Tensor, i: Tensor): Tensor => mul(rows(p('gmf.user'), u), rows(p('gmf.item'), i));

/** Layers of the MLP from the second on, given the first before its ReLU. */
function upperLayers(p: Lookup, layers: number, first: Tensor): Tensor {
  let x = relu(first);
  for (let k = 2; k <= layers; k++) x = relu(linear(x, p(`mlp.L${k}.W`), p(`mlp.L${k}.b`)));
  return x;
}
const mlp = (p: Lookup, layers: number, u: Tensor, i: Tensor): Tensor =>
  upperLayers(p, layers, linear(concat([rows(p('mlp.user'), u), rows(p('mlp.item'), i)], 1), p('mlp.L1.W'), p('mlp.L1.b')));

const out = (p: Lookup, name: string, x: Tensor): Tensor => reshape(linear(x, p(`${name}.W`), p(`${name}.b`)), [-1]);

/** [n]; `name` of the last layer: "out", or "gmf.out" and "mlp.out" of halves that are trained apart. */
export function logitsOf(p: Lookup, part: Part, layers: number, { users, items }: Pick<Pairs, 'users' | 'items'>, name = 'out'): Tensor {
  const [u, i] = [tensor1d(users, 'int32'), tensor1d(items, 'int32')];
  const halves = [...(part === 'mlp' ? [] : [gmf(p, u, i)]), ...(part === 'gmf' ? [] : [mlp(p, layers, u, i)])];
  return out(p, name, halves.length === 1 ? halves[0]! : concat(halves, 1));
}

/** Mean of −y ln σ(x) − (1 − y) ln(1 − σ(x)) = softplus(x) − y x. */
export const binaryLoss = (logits: Tensor, labels: Float32Array): Tensor => mean(sub(softplus(logits), mul(logits, tensor1d(labels))));

/** Every item's logit for some users, [B · I], user by user. The MLP's first layer is computed once per user and item, not per pair. */
export function allLogits(p: Lookup, part: Part, layers: number, users: Int32Array, name = 'out'): Tensor {
  const who = tensor1d(users, 'int32');
  const B = users.length;
  const W = p(`${name}.W`);
  const F = part === 'mlp' ? 0 : p('gmf.item').shape[1]!;
  const parts: Tensor[] = [];
  if (part !== 'mlp') {
    const weighted = mul(rows(p('gmf.user'), who), reshape(slice(W, [0, 0], [F, 1]), [1, F]));
    parts.push(reshape(matMul(weighted as never, p('gmf.item') as never, false, true), [-1])); // [B · I]
  }
  if (part !== 'gmf') {
    const items = p('mlp.item');
    const [I, M] = items.shape as [number, number];
    const L = p('mlp.L1.W'); // [2M, H]
    const H = L.shape[1]!;
    const half = (x: Tensor, from: number): Tensor => matMul(x as never, slice(L, [from, 0], [M, H]) as never);
    const first = add(reshape(add(half(rows(p('mlp.user'), who), 0), p('mlp.L1.b')), [B, 1, H]), reshape(half(items, M), [1, I, H]));
    const x = upperLayers(p, layers, reshape(first, [B * I, H]));
    parts.push(reshape(matMul(x as never, slice(W, [F, 0], [x.shape[1]!, 1]) as never), [-1]));
  }
  return add(parts.length === 1 ? parts[0]! : add(parts[0]!, parts[1]!), p(`${name}.b`));
}
