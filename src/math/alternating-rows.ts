/**
 * One side of alternating least squares: every row x solves
 *   (g·YᵀY + Σ_{k in row} w_k y_k y_kᵀ + ridge·1) x = Σ_k t_k y_k
 * Implicit ALS: g = 1, w = c − 1, t = c. iALS: g = α₀, w = t = 1. A row without entries becomes 0.
 */
import { Problem } from '../core/problem';
import { rowCost, slices } from './alternating-slices';
import { ConjugateGradient } from './conjugate-gradient';
import { addWeightedOuter, factorize, gramian, mirrored, solveFactorized } from './normal-equations';
import type { Csr } from './csr';

export interface Side {
  /** Entries by the rows that are solved; columns are rows of the other side. */
  entries: Pick<Csr, 'rows' | 'cols' | 'start' | 'index'>;
  weight: Float64Array; // [nnz]
  target: Float64Array; // [nnz]
  ridge: Float64Array; // [rows]
}

/** Scratch space for rows of f factors; one solver is used by one sweep at a time. */
export class RowSolver {
  readonly #f: number;
  readonly #gramScale: number;
  /** 0 = exact. */
  readonly #steps: number;
  readonly #A: Float64Array;
  readonly #b: Float64Array;
  readonly #cg: ConjugateGradient;
  #G: Float64Array;

  /** @param steps conjugate-gradient steps per row; 0 solves exactly by Cholesky */
  constructor(f: number, gramScale: number, steps: number) {
    this.#f = f;
    this.#gramScale = gramScale;
    this.#steps = steps;
    this.#A = new Float64Array(f * f);
    this.#b = new Float64Array(f);
    this.#cg = new ConjugateGradient(f);
    this.#G = new Float64Array(0);
  }

  /** Once per sweep: g·YᵀY. */
  prepare(Y: Float64Array): void {
    this.#G = mirrored(gramian(Y, Y.length / this.#f, this.#f, this.#gramScale), this.#f);
  }

  /** Solves row r of `side` into X. */
  solve(side: Side, r: number, Y: Float64Array, X: Float64Array): void {
    const f = this.#f;
    const { start, index } = side.entries;
    const from = start[r]!;
    const to = start[r + 1]!;
    if (from === to) X.fill(0, r * f, (r + 1) * f);
    else if (this.#steps > 0) this.#cg.improve(X, r * f, this.#G, side.ridge[r]!, Y, index, side.weight, side.target, from, to, this.#steps);
    else X.set(this.exact(index, side.weight, side.target, from, to, side.ridge[r]!, Y), r * f);
  }

  /**
   * Exact solution for any set of entries; the factor of A stays for `apply` until the next call.
   * @returns a view that the next call overwrites
   * @throws Problem when the system is singular
   */
  exact(index: Int32Array, weight: Float64Array, target: Float64Array, from: number, to: number, ridge: number, Y: Float64Array): Float64Array {
    const f = this.#f;
    const A = this.#A;
    const b = this.#b;
    A.set(this.#G);
    for (let a = 0; a < f; a++) A[a * f + a]! += ridge;
    addWeightedOuter(A, f, Y, index, weight, from, to);
    b.fill(0);
    for (let k = from; k < to; k++) {
      const o = index[k]! * f;
      const t = target[k]!;
      for (let a = 0; a < f; a++) b[a]! += t * Y[o + a]!;
    }
    if (!factorize(A, f)) {
      throw new Problem(
        'The equations of a row have no unique solution: some factors say the same, or the numbers have overflowed.', {},
        'Raise lambda, or lower alpha or the number of factors.',
      );
    }
    solveFactorized(A, f, b);
    return b;
  }

  /** v becomes A⁻¹ v for the A of the last exact solve. */
  apply(v: Float64Array): void {
    solveFactorized(this.#A, this.#f, v);
  }

  /** Flops of one row with n entries. */
  cost(n: number): number {
    return rowCost(this.#f, n, this.#steps);
  }
}

/** Solves all rows; yields the number done now and then. Results do not depend on where it yields. */
export function* halfSweep(solver: RowSolver, side: Side, Y: Float64Array, X: Float64Array): Generator<number, void> {
  solver.prepare(Y);
  let r = 0;
  for (const to of slices(side.entries.start, (n) => solver.cost(n))) {
    for (; r < to; r++) solver.solve(side, r, Y, X);
    yield to;
  }
}

/**
 * What the sweeps lower: g Σ_all s² + Σ_listed (w s² − 2 t s + t) + Σ ridge |x|² + Σ ridge |y|², s = ⟨x, y⟩.
 * With w = c − 1, t = c this is Σ_all c (p − s)² + λ(…): the sum over all pairs comes from two f × f products.
 */
export function objective(users: Side, itemRidge: Float64Array, gramScale: number, f: number, X: Float64Array, Y: Float64Array): number {
  const GX = gramian(X, X.length / f, f);
  const GY = gramian(Y, Y.length / f, f);
  let sum = 0;
  for (let a = 0; a < f; a++) for (let b = 0; b <= a; b++) sum += (a === b ? 1 : 2) * GX[a * f + b]! * GY[a * f + b]!;
  sum *= gramScale;
  const { rows, start, index } = users.entries;
  for (let r = 0; r < rows; r++) {
    for (let k = start[r]!; k < start[r + 1]!; k++) {
      const s = dot(X, r * f, Y, index[k]! * f, f);
      const t = users.target[k]!;
      sum += users.weight[k]! * s * s - 2 * t * s + t;
    }
  }
  for (let r = 0; r < users.ridge.length; r++) sum += users.ridge[r]! * dot(X, r * f, X, r * f, f);
  for (let i = 0; i < itemRidge.length; i++) sum += itemRidge[i]! * dot(Y, i * f, Y, i * f, f);
  return sum;
}

function dot(A: Float64Array, a: number, B: Float64Array, b: number, f: number): number {
  let s = 0;
  for (let k = 0; k < f; k++) s += A[a + k]! * B[b + k]!;
  return s;
}
