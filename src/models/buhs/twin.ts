/** The slow twin: float64 on the tape, dot-compress in its literal form. Tests only. */
import type { Node64, Tape64 } from '../../compute/reference/tape';
import type { PoolingShape } from './network';

type P = (name: string) => Node64;

export class Twin {
  constructor(private readonly t: Tape64, private readonly p: P) {}

  perceptron(name: string, layers: number, x: Node64): Node64 {
    const { t, p } = this;
    for (let k = 1; k <= layers; k++) {
      x = t.add(t.matMul(x, p(`${name}.L${k}.W`)), p(`${name}.L${k}.b`));
      if (k < layers) x = t.gelu(t.add(t.mul(t.layerNorm(x), p(`${name}.LN${k}.gamma`)), p(`${name}.LN${k}.beta`)));
    }
    return x;
  }

  private gru(name: string, steps: Node64[], start: Node64): Node64[] {
    const { t, p } = this;
    const W = start.cols;
    let h = start;
    return steps.map((x) => {
      const g = t.add(t.matMul(x, p(`${name}.W_ih`)), p(`${name}.b_ih`));
      const r = t.add(t.matMul(h, p(`${name}.W_hh`)), p(`${name}.b_hh`));
      const gate = (y: Node64, k: number) => t.columns(y, k * W, (k + 1) * W);
      const z = t.sigmoid(t.add(gate(g, 1), gate(r, 1)));
      const n = t.tanh(t.add(gate(g, 2), t.mul(t.sigmoid(t.add(gate(g, 0), gate(r, 0))), gate(r, 2))));
      h = t.add(t.mul(t.affine(z, -1, 1), n), t.mul(z, h));
      return h;
    });
  }

  /** @param user [B, F_u]  @param history [B·H, F] */
  pooled(s: PoolingShape, user: Node64, history: Node64, starts: readonly Node64[]): { pooled: Node64; weights: Node64 | null } {
    const { t, p } = this;
    const H = s.history;
    const B = history.rows / H;
    const own = (b: number) => t.gather(history, Array.from({ length: H }, (_, k) => b * H + k)); // [H, F]
    if (s.pooling === 'mean') {
      const share = t.node(1, H, new Float64Array(H).fill(1 / H));
      return { pooled: t.stackRows(Array.from({ length: B }, (_, b) => t.matMul(share, own(b)))), weights: null };
    }
    if (s.pooling === 'attention') {
      const q = t.matMul(user, p('attention.q.W'));
      const weights = t.stackRows(Array.from({ length: B }, (_, b) => t.softmax(t.affine(t.matMul(t.gather(q, [b]), t.transpose(t.matMul(own(b), p('attention.k.W')))), 1 / Math.sqrt(q.cols)))));
      const pooled = t.stackRows(Array.from({ length: B }, (_, b) => t.matMul(t.gather(weights, [b]), own(b))));
      return { pooled: s.attentionOut ? t.add(t.matMul(pooled, p('attention.out.W')), p('attention.out.b')) : pooled, weights };
    }
    let steps = Array.from({ length: H }, (_, k) => t.gather(history, Array.from({ length: B }, (__, b) => b * H + k)));
    for (let l = 0; l < s.gruLayers; l++) steps = this.gru(`gru${l}`, steps, starts[l]!);
    return { pooled: t.concat(steps), weights: null };
  }

  /** One pair per row: z = flatten(A (Aᵀ W + 1 bᵀ)), A = [u; v], then the perceptron; no GELU on the score. [P, 1] */
  scores(u: Node64, v: Node64, layers: number): Node64 {
    const { t, p } = this;
    const z = Array.from({ length: u.rows }, (_, k) => {
      const A = t.stackRows([t.gather(u, [k]), t.gather(v, [k])]); // [2, D]
      return t.reshape(t.matMul(A, t.add(t.matMul(t.transpose(A), p('score.compress.W')), p('score.compress.b'))), 1, u.cols);
    });
    return this.perceptron('score', layers, t.stackRows(z));
  }
}
