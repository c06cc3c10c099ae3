/**
 * The slow twin: the same model in float64 plain TypeScript, without a tensor library. Dot-compress exists in both forms, literal and
 * five-number. Nothing but tests and references uses it.
 */
import { Adam64, Tape64, type Node64 } from '../../compute/reference/tape';
import type { StateArray } from '../../core/model';
import type { Features, SideFeatures } from './features';
import type { Architecture } from './initial';
import type { Batch } from './sampling';

export type Form = 'literal' | 'fiveNumber';
export interface TwinWeights {
  [name: string]: { shape: number[]; data: Float64Array };
}

export const twinWeights = (w: Record<string, StateArray>): TwinWeights =>
  Object.fromEntries(Object.entries(w).map(([n, { shape, data }]) => [n, { shape: [...shape], data: Float64Array.from(data) }]));

/** One evaluation of the model: leaves for every weight, so that gradients can be read off after `backward`. */
class Pass {
  readonly t = new Tape64();
  readonly leaves: Record<string, Node64>;

  constructor(private readonly f: Features, private readonly a: Architecture, weights: TwinWeights, private readonly form: Form) {
    this.leaves = Object.fromEntries(
      Object.entries(weights).map(([n, { shape, data }]) => [n, this.t.node(shape.length === 2 ? shape[0]! : 1, shape.at(-1)!, data)]),
    );
  }

  tower(side: 'user' | 'item'): Node64 {
    const { t } = this;
    const s: SideFeatures = this.f[side];
    const parts = s.features.map((f) =>
      f.kind === 'codes' ? t.gather(this.p(`${side}.${f.name}`), f.codes) : t.matMul(t.node(s.rows, f.size, f.shares), this.p(`${side}.${f.name}`)),
    );
    if (s.text) parts.push(t.gelu(this.linear(t.node(s.rows, s.text.dim, s.text.vectors), `${side}.text`)));
    let x = this.a.combine === 'cat' ? t.concat(parts) : parts.reduce((p, q) => t.add(p, q));
    x = t.gelu(t.layerNorm(this.linear(x, `${side}.L1`)));
    x = t.gelu(t.layerNorm(this.linear(x, `${side}.L2`)));
    return t.gelu(this.linear(x, `${side}.L3`));
  }

  /** u, v [P, D] → value before the last GELU and the score, [P, 1] each. */
  scores(u: Node64, v: Node64): { pre: Node64; score: Node64 } {
    const { t } = this;
    const dot = (x: Node64, y: Node64) => t.sumColumns(t.mul(x, y));
    if (this.a.scorer === 'dot') {
      const s = dot(u, v);
      return { pre: s, score: s };
    }
    const pre = this.head(this.firstLayer(u, v, dot));
    return { pre, score: t.gelu(pre) };
  }

  private firstLayer(u: Node64, v: Node64, dot: (x: Node64, y: Node64) => Node64): Node64 {
    const { t } = this;
    if (this.a.scorer === 'mlp') return this.linear(t.concat([u, v]), 'score.L1');
    const half = this.a.output / 2;
    const W = this.p('score.compress.W'); // [2, D/2]
    const b = this.p('score.compress.b'); // [1, D/2]
    const line = (x: Node64, k: number) => t.gather(x, [k]);
    if (this.form === 'literal') {
      // z = flatten(A (Aᵀ W + 1 bᵀ)), pair by pair: A = [u; v] is [2, D]
      const rows: Node64[] = [];
      for (let k = 0; k < u.rows; k++) {
        const A = t.reshape(t.concat([line(u, k), line(v, k)]), 2, this.a.output);
        const M = t.add(t.matMul(t.transpose(A), W), b); // [D, D/2]
        rows.push(t.reshape(t.matMul(A, M), 1, this.a.output));
      }
      const z = t.reshape(t.concat(rows), u.rows, this.a.output);
      return this.linear(z, 'score.L1');
    }
    const L = this.p('score.L1.W'); // [D, H1]
    const order = Array.from({ length: half }, (_, k) => k);
    const La = t.gather(L, order);
    const Lb = t.gather(L, order.map((k) => k + half));
    const P = [
      t.matMul(line(W, 0), La),
      t.add(t.matMul(line(W, 1), La), t.matMul(line(W, 0), Lb)),
      t.matMul(line(W, 1), Lb),
      t.matMul(b, La),
      t.matMul(b, Lb),
    ];
    const five = [dot(u, u), dot(u, v), dot(v, v), t.sumColumns(u), t.sumColumns(v)];
    return t.add(five.map((x, k) => t.matMul(x, P[k]!)).reduce((x, y) => t.add(x, y)), this.p('score.L1.b'));
  }

  private head(h: Node64): Node64 {
    const { t } = this;
    const norm = (x: Node64, k: number) => t.gelu(t.add(t.mul(t.layerNorm(x), this.p(`score.LN${k}.gamma`)), this.p(`score.LN${k}.beta`)));
    return this.linear(norm(this.linear(norm(h, 1), 'score.L2'), 2), 'score.L3');
  }

  private linear(x: Node64, name: string): Node64 {
    return this.t.add(this.t.matMul(x, this.p(`${name}.W`)), this.p(`${name}.b`));
  }

  private p(name: string): Node64 {
    const leaf = this.leaves[name];
    if (!leaf) throw new Error(`The twin has no weight "${name}".`);
    return leaf;
  }
}

/** Tower outputs and every user's score of every item. */
export function twinForward(f: Features, a: Architecture, weights: TwinWeights, form: Form = 'fiveNumber') {
  const pass = new Pass(f, a, weights, form);
  const [u, v] = [pass.tower('user'), pass.tower('item')];
  const [U, I] = [f.user.rows, f.item.rows];
  const pairs = Array.from({ length: U * I }, (_, k) => k);
  const s = pass.scores(pass.t.gather(u, pairs.map((k) => Math.floor(k / I))), pass.t.gather(v, pairs.map((k) => k % I)));
  return { user: u.data, item: v.data, pre: s.pre.data, scores: s.score.data };
}

/** Margin loss of a batch with the gradient of every weight. */
export function twinGradients(f: Features, a: Architecture, weights: TwinWeights, batch: Batch, margin: number, form: Form = 'fiveNumber') {
  const pass = new Pass(f, a, weights, form);
  const { t } = pass;
  const B = batch.users.length;
  const columns = batch.items.length / B;
  const users = Array.from(batch.items, (_, k) => batch.users[Math.floor(k / columns)]!);
  const scores = t.reshape(pass.scores(t.gather(pass.tower('user'), users), t.gather(pass.tower('item'), batch.items)).score, B, columns);
  const gap = t.affine(t.sub(t.columns(scores, 1, columns), t.columns(scores, 0, 1)), 1, margin);
  const loss = t.mean(t.relu(gap));
  t.backward(loss);
  return { scores: scores.data, loss: loss.data[0]!, gradients: Object.fromEntries(Object.entries(pass.leaves).map(([n, l]) => [n, l.grad])) };
}

/** Adam over some batches; calls `after(step)` with the weights as they then are. @returns the loss before each step */
export function twinTrain(f: Features, a: Architecture, weights: TwinWeights, batches: readonly Batch[], s: { margin: number; learningRate: number; form?: Form }, after: (step: number) => void = () => {}): number[] {
  const adam = new Adam64(s.learningRate);
  const data = Object.fromEntries(Object.entries(weights).map(([n, w]) => [n, w.data]));
  return batches.map((batch, k) => {
    const { loss, gradients } = twinGradients(f, a, weights, batch, s.margin, s.form);
    adam.step(data, gradients);
    after(k + 1);
    return loss;
  });
}
