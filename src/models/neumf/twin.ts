/** The slow twin: the same logits and loss in float64 on the tape. Tests only. */
import type { Node64, Tape64 } from '../../compute/reference/tape';
import type { Part } from './network';

type P = (name: string) => Node64;

/** [n, 1] */
export function twinLogits(t: Tape64, p: P, part: Part, layers: number, users: ArrayLike<number>, items: ArrayLike<number>): Node64 {
  const halves: Node64[] = [];
  if (part !== 'mlp') halves.push(t.mul(t.gather(p('gmf.user'), users), t.gather(p('gmf.item'), items)));
  if (part !== 'gmf') {
    let x = t.concat([t.gather(p('mlp.user'), users), t.gather(p('mlp.item'), items)]);
    for (let k = 1; k <= layers; k++) x = t.relu(t.add(t.matMul(x, p(`mlp.L${k}.W`)), p(`mlp.L${k}.b`)));
    halves.push(x);
  }
  return t.add(t.matMul(t.concat(halves), p('out.W')), p('out.b'));
}

export function twinLoss(t: Tape64, logits: Node64, labels: ArrayLike<number>): Node64 {
  return t.mean(t.sub(t.softplus(logits), t.mul(logits, t.node(logits.rows, 1, labels))));
}
