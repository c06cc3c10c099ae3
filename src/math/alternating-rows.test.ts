import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random';
import { halfSweep, objective, RowSolver, type Side } from './alternating-rows';
import { csrFromTriplets, transpose, type Csr } from './csr';

interface Small { f: number; g: number; users: Side; items: Side; X: Float64Array; Y: Float64Array; dense: (side: Side) => Map<string, { w: number; t: number }> }

function small(f: number, U: number, I: number, seed: number): Small {
  const r = createRandom(seed, 'small');
  const row: number[] = [];
  const col: number[] = [];
  for (let u = 0; u < U; u++) for (let i = 0; i < I; i++) if (r.next() < 0.4) { row.push(u); col.push(i); }
  const C = csrFromTriplets(U, I, row, col, row.map(() => 1 + 3 * r.next()));
  const side = (m: Csr): Side => ({ entries: m, weight: m.value.map((c) => c - 0.5), target: m.value, ridge: Float64Array.from({ length: m.rows }, (_, k) => 0.1 + 0.01 * k) });
  const noise = (n: number): Float64Array => Float64Array.from({ length: n * f }, () => r.normal());
  return {
    f, g: 0.7, users: side(C), items: side(transpose(C)), X: noise(U), Y: noise(I),
    dense: (s) => new Map(Array.from(s.entries.index, (_, e) => {
      const owner = s.entries.start.findIndex((from, k) => from <= e && e < (s.entries.start[k + 1] ?? -1));
      return [`${owner},${s.entries.index[e]}`, { w: s.weight[e]!, t: s.target[e]! }] as const;
    })),
  };
}
const s = (X: Float64Array, u: number, Y: Float64Array, i: number, f: number): number => {
  let sum = 0;
  for (let a = 0; a < f; a++) sum += X[u * f + a]! * Y[i * f + a]!;
  return sum;
};
/** The objective as a double loop over all pairs. */
function plainObjective(m: Small, X = m.X): number {
  const pairs = m.dense(m.users);
  let sum = 0;
  for (let u = 0; u < m.users.ridge.length; u++) {
    for (let i = 0; i < m.items.ridge.length; i++) {
      const p = s(X, u, m.Y, i, m.f);
      const entry = pairs.get(`${u},${i}`);
      sum += m.g * p * p + (entry ? entry.w * p * p - 2 * entry.t * p + entry.t : 0);
    }
  }
  m.users.ridge.forEach((ridge, u) => (sum += ridge * s(X, u, X, u, m.f)));
  m.items.ridge.forEach((ridge, i) => (sum += ridge * s(m.Y, i, m.Y, i, m.f)));
  return sum;
}
const sweep = (m: Small, steps: number): Float64Array => {
  const X = m.X.slice();
  for (const _ of halfSweep(new RowSolver(m.f, m.g, steps), m.users, m.Y, X));
  return X;
};
const worlds = fc.record({ f: fc.integer({ min: 1, max: 6 }), U: fc.integer({ min: 1, max: 7 }), I: fc.integer({ min: 1, max: 9 }), seed: fc.nat(1e6) });

describe('alternating rows', () => {
  it('the objective equals the double loop over all pairs', () => {
    fc.assert(fc.property(worlds, ({ f, U, I, seed }) => {
      const m = small(f, U, I, seed);
      const plain = plainObjective(m);
      expect(Math.abs(objective(m.users, m.items.ridge, m.g, f, m.X, m.Y) - plain)).toBeLessThan(1e-10 * Math.max(1, Math.abs(plain)));
    }), { numRuns: 50 });
  });

  it('an exact sweep leaves no slope in any row: a small move either way raises the objective', () => {
    fc.assert(fc.property(worlds, ({ f, U, I, seed }) => {
      const m = small(f, U, I, seed);
      const X = sweep(m, 0);
      for (const [u, a] of [[0, 0], [U - 1, f - 1]] as const) {
        const moved = (by: number): number => {
          const Z = X.slice();
          Z[u * f + a]! += by;
          return plainObjective(m, Z);
        };
        const best = plainObjective(m, X);
        expect(moved(1e-3)).toBeGreaterThan(best);
        expect(moved(-1e-3)).toBeGreaterThan(best);
      }
    }), { numRuns: 50 });
  });

  it('f conjugate-gradient steps reach the exact solution; three never raise the objective', () => {
    fc.assert(fc.property(worlds, ({ f, U, I, seed }) => {
      const m = small(f, U, I, seed);
      const exact = sweep(m, 0);
      const cg = sweep(m, 3 * f);
      for (let k = 0; k < exact.length; k++) expect(Math.abs(exact[k]! - cg[k]!)).toBeLessThan(1e-6 * Math.max(1, Math.abs(exact[k]!)));
      expect(plainObjective(m, sweep(m, 3))).toBeLessThanOrEqual(plainObjective(m) * (1 + 1e-12));
    }), { numRuns: 50 });
  });

  it('a row without entries becomes 0 under both solvers', () => {
    const m = small(3, 2, 4, 5);
    const empty: Side = { entries: csrFromTriplets(2, 4, [1], [2], null), weight: Float64Array.of(1), target: Float64Array.of(1), ridge: Float64Array.of(1, 1) };
    for (const steps of [0, 3]) expect([...sweep({ ...m, users: empty }, steps).subarray(0, 3)]).toEqual([0, 0, 0]);
  });

  it('a system without a unique solution is refused with a remedy', () => {
    const m = small(2, 1, 1, 1);
    const flat: Side = { entries: csrFromTriplets(1, 1, [0], [0], null), weight: Float64Array.of(0), target: Float64Array.of(1), ridge: Float64Array.of(0) };
    expect(() => sweep({ ...m, users: flat, Y: Float64Array.of(1, 0) }, 0)).toThrow('Raise lambda');
  });
});
