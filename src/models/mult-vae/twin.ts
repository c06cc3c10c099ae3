/** The slow twin: the same loss in float64 on the tape, from dense rows. Tests only. */
import type { Tape64, Node64 } from '../../compute/reference/tape';

export interface TwinBatch {
  /** 0/1 rows, [B, I]. */
  x: Node64;
  noise: Node64; // [B, Z]
  /** 1 where an entry of the normalised row stays, already divided by 1 − dropout; null: all stay. */
  keep: Node64 | null;
}

export function twinVae(t: Tape64, p: (name: string) => Node64, { x, noise, keep }: TwinBatch, beta: number) {
  const layer = (y: Node64, name: string) => t.add(t.matMul(y, p(`${name}.W`)), p(`${name}.b`));
  const unit = t.unitRows(x);
  const h = t.tanh(layer(keep ? t.mul(unit, keep) : unit, 'enc1'));
  const code = layer(h, 'enc2');
  const Z = code.cols / 2;
  const [mu, logvar] = [t.columns(code, 0, Z), t.columns(code, Z, 2 * Z)];
  const z = t.add(mu, t.mul(noise, t.exp(t.affine(logvar, 0.5))));
  const logits = layer(t.tanh(layer(z, 'dec1')), 'dec2');
  const negativeLogLikelihood = t.affine(t.sum(t.mul(t.logSoftmax(logits), x)), -1 / x.rows);
  const kl = t.affine(t.sum(t.affine(t.sub(t.add(t.mul(mu, mu), t.exp(logvar)), logvar), 1, -1)), 0.5 / x.rows);
  return { mu, logvar, z, logits, negativeLogLikelihood, kl, loss: t.add(negativeLogLikelihood, t.affine(kl, beta)) };
}
