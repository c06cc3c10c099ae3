/** The slow twin: towers and loss in float64 on the tape. Tests only. */
import type { Node64, Tape64 } from '../../compute/reference/tape';
import type { Side } from '../../compute/entity-input';

export function twinTower(t: Tape64, p: (name: string) => Node64, side: Side, layers: number, x: Node64): Node64 {
  for (let k = 1; k <= layers; k++) {
    const y = t.add(t.matMul(x, p(`${side}.L${k}.W`)), p(`${side}.L${k}.b`));
    x = k < layers ? t.relu(y) : y;
  }
  return t.unitRows(x);
}

/** @param correction [B, B]  @param weight of each row; Σ weight · CE / Σ weight */
export function twinInBatch(t: Tape64, u: Node64, v: Node64, temperature: number, correction: ArrayLike<number>, weight?: ArrayLike<number>) {
  const B = u.rows;
  const logits = t.add(t.affine(t.matMul(u, t.transpose(v)), 1 / temperature), t.node(B, B, correction));
  const perRow = t.affine(t.pick(t.logSoftmax(logits), Array.from({ length: B }, (_, b) => b * (B + 1))), -1); // [1, B]
  const w = Array.from(weight ?? new Float64Array(B).fill(1));
  const loss = t.affine(t.sum(t.mul(perRow, t.node(1, B, w))), 1 / w.reduce((a, b) => a + b, 0));
  return { probabilities: t.softmax(logits), perRow, loss };
}
