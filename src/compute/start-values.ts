/** Start values of weights, every parameter from a random stream of its own name, so that adding one changes no other start. */
import type { StateArray } from '../core/model';
import type { Random } from '../core/random';

/** Collects weights; each call adds one parameter (a layer: two) and gives the collection back, so that calls can follow one another. */
export class StartValues {
  readonly weights: Record<string, StateArray> = {};

  constructor(private readonly random: Random) {}

  fill(name: string, shape: number[], draw: (r: Random) => number): this {
    const r = this.random.stream(name);
    this.weights[name] = { shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => draw(r)) };
    return this;
  }
  normal(name: string, shape: number[], deviation: number): this {
    return this.fill(name, shape, (r) => deviation * r.normal());
  }
  constant(name: string, shape: number[], value: number): this {
    return this.fill(name, shape, () => value);
  }
  /** PyTorch's default for a linear layer: weight and bias U(±1/√in). Weights are stored [in, out]. */
  linear(name: string, from: number, to: number, bias = true): this {
    const bound = 1 / Math.sqrt(from);
    this.fill(`${name}.W`, [from, to], (r) => bound * (2 * r.next() - 1));
    return bias ? this.fill(`${name}.b`, [to], (r) => bound * (2 * r.next() - 1)) : this;
  }
  /** Glorot & Bengio 2010, uniform; small normal bias. */
  xavier(name: string, from: number, to: number, biasDeviation: number): this {
    const bound = Math.sqrt(6 / (from + to));
    return this.fill(`${name}.W`, [from, to], (r) => bound * (2 * r.next() - 1)).normal(`${name}.b`, [to], biasDeviation);
  }
  /** N(0, deviation²), bias 0. */
  normalLinear(name: string, from: number, to: number, deviation: number): this {
    return this.normal(`${name}.W`, [from, to], deviation).constant(`${name}.b`, [to], 0);
  }
  /** γ = 1, β = 0. */
  norm(name: string, width: number): this {
    return this.constant(`${name}.gamma`, [width], 1).constant(`${name}.beta`, [width], 0);
  }
}
