/** The slow twin: the same loss in float64 on the tape, from dense rows. Tests only. */
import type { Node64, Tape64 } from '../../compute/reference/tape';
import type { AutoRecLoss } from './network';

/** @param r [B, C]  @param mask [B, C] of 0 and 1 */
export function twinAutoRec(t: Tape64, p: (name: string) => Node64, r: Node64, mask: Node64, s: AutoRecLoss) {
  const hidden = t.sigmoid(t.add(t.matMul(r, p('W1')), p('b1')));
  const last = t.add(t.matMul(hidden, p('W2')), p('b2'));
  const output = s.output === 'sigmoid' ? t.sigmoid(last) : last;
  const error = t.sub(r, output);
  const squaredError = t.sum(t.mul(t.mul(error, error), mask));
  const count = s.reduction === 'rows' ? r.rows : mask.data.reduce((a, b) => a + b, 0);
  const squares = (name: string) => t.sum(t.mul(p(name), p(name)));
  const penalty = t.affine(t.add(squares('W1'), squares('W2')), s.weightDecay / 2);
  return { hidden, output, squaredError, loss: t.add(t.affine(squaredError, 1 / count), penalty) };
}
