/**
 * A small float64 reverse-mode tape over matrices, in plain TypeScript: the slow twin that models and the backend
 * self-test are compared with. Nothing here is fast, nothing here depends on tfjs.
 */
import { gelu64, geluSlope64 } from './erf';

export interface Node64 {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array; // [rows, cols]
  readonly grad: Float64Array; // [rows, cols], of the loss
}

export class Tape64 {
  private readonly backwards: (() => void)[] = [];

  node(rows: number, cols: number, data: ArrayLike<number> = new Float64Array(rows * cols)): Node64 {
    if (data.length !== rows * cols) throw new Error(`A ${rows} × ${cols} matrix needs ${rows * cols} numbers, received ${data.length}.`);
    return { rows, cols, data: Float64Array.from(data), grad: new Float64Array(rows * cols) };
  }

  /** A Bᵀ-free product: [n, k] · [k, m]. */
  matMul(a: Node64, b: Node64): Node64 {
    const [n, k, m] = [a.rows, a.cols, b.cols];
    if (k !== b.rows) throw new Error(`Inner sizes differ: ${n} × ${k} and ${b.rows} × ${m}.`);
    const y = this.node(n, m);
    for (let i = 0; i < n; i++) for (let c = 0; c < k; c++) for (let j = 0; j < m; j++) y.data[i * m + j]! += a.data[i * k + c]! * b.data[c * m + j]!;
    return this.record(y, () => {
      for (let i = 0; i < n; i++)
        for (let c = 0; c < k; c++)
          for (let j = 0; j < m; j++) {
            const g = y.grad[i * m + j]!;
            a.grad[i * k + c]! += g * b.data[c * m + j]!;
            b.grad[c * m + j]! += g * a.data[i * k + c]!;
          }
    });
  }

  transpose(a: Node64): Node64 {
    const y = this.node(a.cols, a.rows);
    const at = (i: number, j: number) => [i * a.cols + j, j * a.rows + i] as const;
    const each = (f: (from: number, to: number) => void) => {
      for (let i = 0; i < a.rows; i++) for (let j = 0; j < a.cols; j++) f(...at(i, j));
    };
    each((from, to) => (y.data[to] = a.data[from]!));
    return this.record(y, () => each((from, to) => (a.grad[from]! += y.grad[to]!)));
  }

  /** a + b, where b has a's shape, one row, one column, or one number. */
  add(a: Node64, b: Node64): Node64 {
    return this.broadcast(a, b, (x, y) => x + y, () => 1, () => 1);
  }
  sub(a: Node64, b: Node64): Node64 {
    return this.broadcast(a, b, (x, y) => x - y, () => 1, () => -1);
  }
  /** a ⊙ b, with b broadcast like in `add`. */
  mul(a: Node64, b: Node64): Node64 {
    return this.broadcast(a, b, (x, y) => x * y, (_, y) => y, (x) => x);
  }

  gelu(a: Node64): Node64 {
    return this.map(a, gelu64, geluSlope64);
  }
  relu(a: Node64): Node64 {
    return this.map(a, (x) => Math.max(0, x), (x) => (x > 0 ? 1 : 0));
  }
  /** k·a + c. */
  affine(a: Node64, k: number, c = 0): Node64 {
    return this.map(a, (x) => k * x + c, () => k);
  }
  /** ln(1 + eᵃ). */
  softplus(a: Node64): Node64 {
    return this.map(a, (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), (x) => 1 / (1 + Math.exp(-x)));
  }

  sigmoid(a: Node64): Node64 {
    const f = (x: number) => 1 / (1 + Math.exp(-x));
    return this.map(a, f, (x) => f(x) * (1 - f(x)));
  }
  tanh(a: Node64): Node64 {
    return this.map(a, Math.tanh, (x) => 1 - Math.tanh(x) ** 2);
  }
  exp(a: Node64): Node64 {
    return this.map(a, Math.exp, Math.exp);
  }

  /** Softmax of each row over the entries `allowed` marks (all by default); a row without any is 0. @param allowed [rows, cols] */
  softmax(a: Node64, allowed?: ArrayLike<number | boolean>): Node64 {
    const y = this.node(a.rows, a.cols);
    const each = (f: (at: number) => void) => {
      for (let i = 0; i < a.rows; i++) f(i * a.cols);
    };
    each((at) => {
      let top = -Infinity;
      for (let k = at; k < at + a.cols; k++) if (!allowed || allowed[k]) top = Math.max(top, a.data[k]!);
      let sum = 0;
      for (let k = at; k < at + a.cols; k++) if (!allowed || allowed[k]) sum += y.data[k] = Math.exp(a.data[k]! - top);
      if (sum > 0) for (let k = at; k < at + a.cols; k++) y.data[k]! /= sum;
    });
    return this.record(y, () => each((at) => {
      let dot = 0;
      for (let k = at; k < at + a.cols; k++) dot += y.data[k]! * y.grad[k]!;
      for (let k = at; k < at + a.cols; k++) a.grad[k]! += y.data[k]! * (y.grad[k]! - dot);
    }));
  }

  /** x − ln Σ eˣ, per row. */
  logSoftmax(a: Node64): Node64 {
    const y = this.node(a.rows, a.cols);
    for (let at = 0; at < a.data.length; at += a.cols) {
      const x = a.data.subarray(at, at + a.cols);
      const top = x.reduce((m, v) => Math.max(m, v), -Infinity);
      const log = top + Math.log(x.reduce((s, v) => s + Math.exp(v - top), 0));
      for (let k = 0; k < a.cols; k++) y.data[at + k] = x[k]! - log;
    }
    return this.record(y, () => {
      for (let at = 0; at < a.data.length; at += a.cols) {
        let sum = 0;
        for (let k = at; k < at + a.cols; k++) sum += y.grad[k]!;
        for (let k = at; k < at + a.cols; k++) a.grad[k]! += y.grad[k]! - Math.exp(y.data[k]!) * sum;
      }
    });
  }

  /** Rows divided by max(‖row‖, eps). */
  unitRows(a: Node64, eps = 1e-12): Node64 {
    const y = this.node(a.rows, a.cols);
    const D = a.cols;
    const length = Float64Array.from({ length: a.rows }, (_, i) => Math.sqrt(a.data.subarray(i * D, (i + 1) * D).reduce((s, x) => s + x * x, 0)));
    const by = (i: number) => Math.max(length[i]!, eps);
    for (let k = 0; k < a.data.length; k++) y.data[k] = a.data[k]! / by(Math.floor(k / D));
    return this.record(y, () => {
      for (let i = 0; i < a.rows; i++) {
        let dot = 0;
        if (length[i]! > eps) for (let k = i * D; k < (i + 1) * D; k++) dot += y.data[k]! * y.grad[k]!;
        for (let k = i * D; k < (i + 1) * D; k++) a.grad[k]! += (y.grad[k]! - dot * y.data[k]!) / by(i);
      }
    });
  }

  /** Entries by their place in row-major order → [1, places]. */
  pick(a: Node64, places: ArrayLike<number>): Node64 {
    return this.reshape(this.gather(this.reshape(a, a.data.length, 1), places), 1, places.length);
  }

  /** Rows below one another. */
  stackRows(parts: readonly Node64[]): Node64 {
    return this.transpose(this.concat(parts.map((p) => this.transpose(p))));
  }

  /** (x − mean)/√(var + eps) per row, biased variance. */
  layerNorm(a: Node64, eps = 1e-5): Node64 {
    const D = a.cols;
    const y = this.node(a.rows, D);
    const r = new Float64Array(a.rows);
    for (let i = 0; i < a.rows; i++) {
      const x = a.data.subarray(i * D, (i + 1) * D);
      const mean = x.reduce((s, v) => s + v, 0) / D;
      r[i] = 1 / Math.sqrt(x.reduce((s, v) => s + (v - mean) ** 2, 0) / D + eps);
      for (let k = 0; k < D; k++) y.data[i * D + k] = (x[k]! - mean) * r[i]!;
    }
    return this.record(y, () => {
      for (let i = 0; i < a.rows; i++) {
        const g = y.grad.subarray(i * D, (i + 1) * D);
        const h = y.data.subarray(i * D, (i + 1) * D);
        const s1 = g.reduce((s, v) => s + v, 0) / D;
        const s2 = g.reduce((s, v, k) => s + v * h[k]!, 0) / D;
        for (let k = 0; k < D; k++) a.grad[i * D + k]! += r[i]! * (g[k]! - s1 - h[k]! * s2);
      }
    });
  }

  /** Rows of `a` by index. */
  gather(a: Node64, index: ArrayLike<number>): Node64 {
    const D = a.cols;
    const y = this.node(index.length, D);
    for (let k = 0; k < index.length; k++) y.data.set(a.data.subarray(index[k]! * D, (index[k]! + 1) * D), k * D);
    return this.record(y, () => {
      for (let k = 0; k < index.length; k++) for (let c = 0; c < D; c++) a.grad[index[k]! * D + c]! += y.grad[k * D + c]!;
    });
  }

  /** Columns side by side. */
  concat(parts: readonly Node64[]): Node64 {
    const rows = parts[0]!.rows;
    const cols = parts.reduce((s, p) => s + p.cols, 0);
    const y = this.node(rows, cols);
    const copy = (f: (p: Node64, from: number, to: number) => void) => {
      for (let i = 0; i < rows; i++) {
        let at = i * cols;
        for (const p of parts) for (let c = 0; c < p.cols; c++) f(p, i * p.cols + c, at++);
      }
    };
    copy((p, from, to) => (y.data[to] = p.data[from]!));
    return this.record(y, () => copy((p, from, to) => (p.grad[from]! += y.grad[to]!)));
  }

  /** Columns from … to − 1. */
  columns(a: Node64, from: number, to: number): Node64 {
    const w = to - from;
    const y = this.node(a.rows, w);
    for (let i = 0; i < a.rows; i++) for (let c = 0; c < w; c++) y.data[i * w + c] = a.data[i * a.cols + from + c]!;
    return this.record(y, () => {
      for (let i = 0; i < a.rows; i++) for (let c = 0; c < w; c++) a.grad[i * a.cols + from + c]! += y.grad[i * w + c]!;
    });
  }

  reshape(a: Node64, rows: number, cols: number): Node64 {
    const y = this.node(rows, cols, a.data);
    return this.record(y, () => y.grad.forEach((g, k) => (a.grad[k]! += g)));
  }

  /** Σ over columns → [rows, 1]. */
  sumColumns(a: Node64): Node64 {
    return this.matMul(a, this.node(a.cols, 1, new Float64Array(a.cols).fill(1)));
  }
  /** Σ of all entries → [1, 1]. */
  sum(a: Node64): Node64 {
    return this.affine(this.mean(a), a.data.length);
  }
  /** Mean of all entries → [1, 1]. */
  mean(a: Node64): Node64 {
    const n = a.data.length;
    const y = this.node(1, 1, [a.data.reduce((s, v) => s + v, 0) / n]);
    return this.record(y, () => a.grad.forEach((_, k) => (a.grad[k]! += y.grad[0]! / n)));
  }

  /** Fills `grad` of every node `loss` depends on. */
  backward(loss: Node64): void {
    loss.grad[0] = 1;
    for (let k = this.backwards.length - 1; k >= 0; k--) this.backwards[k]!();
  }

  private record(y: Node64, backward: () => void): Node64 {
    this.backwards.push(backward);
    return y;
  }

  private map(a: Node64, f: (x: number) => number, slope: (x: number) => number): Node64 {
    const y = this.node(a.rows, a.cols, a.data.map(f));
    return this.record(y, () => a.data.forEach((x, k) => (a.grad[k]! += y.grad[k]! * slope(x))));
  }

  private broadcast(a: Node64, b: Node64, f: (x: number, y: number) => number, da: (x: number, y: number) => number, db: (x: number, y: number) => number): Node64 {
    if ((b.rows !== a.rows && b.rows !== 1) || (b.cols !== a.cols && b.cols !== 1)) throw new Error(`${b.rows} × ${b.cols} does not broadcast to ${a.rows} × ${a.cols}.`);
    const from = (k: number) => (b.rows === 1 ? 0 : Math.floor(k / a.cols) * b.cols) + (b.cols === 1 ? 0 : k % a.cols);
    const y = this.node(a.rows, a.cols, a.data.map((x, k) => f(x, b.data[from(k)]!)));
    return this.record(y, () => {
      a.data.forEach((x, k) => {
        const v = b.data[from(k)]!;
        a.grad[k]! += y.grad[k]! * da(x, v);
        b.grad[from(k)]! += y.grad[k]! * db(x, v);
      });
    });
  }
}

/** Adam in float64, in place. PyTorch's form: eps outside the root. */
export class Adam64 {
  private steps = 0;
  private readonly m = new Map<string, Float64Array>();
  private readonly v = new Map<string, Float64Array>();

  constructor(private readonly rate: number, private readonly beta1 = 0.9, private readonly beta2 = 0.999, private readonly eps = 1e-8) {}

  step(weights: Record<string, Float64Array>, gradients: Record<string, Float64Array>): void {
    this.steps += 1;
    const c1 = 1 - this.beta1 ** this.steps;
    const c2 = 1 - this.beta2 ** this.steps;
    for (const [name, w] of Object.entries(weights)) {
      const m = this.m.get(name) ?? new Float64Array(w.length);
      const v = this.v.get(name) ?? new Float64Array(w.length);
      this.m.set(name, m);
      this.v.set(name, v);
      gradients[name]!.forEach((g, k) => {
        m[k] = this.beta1 * m[k]! + (1 - this.beta1) * g;
        v[k] = this.beta2 * v[k]! + (1 - this.beta2) * g * g;
        w[k]! -= (this.rate * (m[k]! / c1)) / (Math.sqrt(v[k]! / c2) + this.eps);
      });
    }
  }
}
