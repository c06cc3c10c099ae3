import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random';
import { csrFromTriplets, type Csr } from './csr';
import { symmetricEigen } from './symmetric-eigen';
import { truncatedSvd } from './truncated-svd';

const random = () => createRandom(3, 'svd');

describe('the symmetric eigenproblem', () => {
  it('[[2, 1], [1, 2]] → 3 and 1', async () => {
    expect([...(await symmetricEigen(Float64Array.of(2, 1, 1, 2), 2)).values]).toEqual([3, 1].map((v) => expect.closeTo(v, 14)));
  });
  it.each([1, 2, 3, 5, 20, 60])('m = %i: A v = λ v and orthonormal vectors to 1e-12, zeros and repeats included', async (m) => {
    const r = createRandom(m, 'eigen');
    const a = new Float64Array(m * m);
    // Every third row and column is 0, so 0 is an eigenvalue several times over.
    for (let i = 0; i < m; i++) for (let j = 0; j <= i; j++) a[i * m + j] = a[j * m + i] = i % 3 === 2 || j % 3 === 2 ? 0 : r.normal();
    const { values, vectors } = await symmetricEigen(a, m);
    for (let k = 0; k < m; k++) {
      for (let i = 0; i < m; i++) {
        let av = 0;
        for (let j = 0; j < m; j++) av += a[i * m + j]! * vectors[k * m + j]!;
        expect(Math.abs(av - values[k]! * vectors[k * m + i]!)).toBeLessThan(1e-12 * m);
      }
      for (let l = 0; l < m; l++) {
        let s = 0;
        for (let j = 0; j < m; j++) s += vectors[k * m + j]! * vectors[l * m + j]!;
        expect(Math.abs(s - (k === l ? 1 : 0))).toBeLessThan(1e-12 * m);
      }
    }
  });
});

function sparse(rows: number, cols: number, share: number, seed: number): Csr {
  const r = createRandom(seed, 'sparse');
  const [row, col]: [number[], number[]] = [[], []];
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) if (r.next() < share) {
    row.push(i);
    col.push(j);
  }
  return csrFromTriplets(rows, cols, row, col, null);
}

describe('the truncated SVD', () => {
  it.each([[300, 200, 12], [200, 300, 12], [40, 30, 30], [5, 400, 9]])('%i × %i, %i factors: XᵀX v = σ² v to 1e-9 σ₁², orthonormal, and nothing larger is missed', async (rows, cols, f) => {
    const x = sparse(rows, cols, 0.1, rows);
    const { singular, right, residual } = await truncatedSvd(x, f, random());
    const gram = new Float64Array(cols * cols);
    for (let r = 0; r < rows; r++) for (let a = x.start[r]!; a < x.start[r + 1]!; a++) for (let b = x.start[r]!; b < x.start[r + 1]!; b++) gram[x.index[a]! * cols + x.index[b]!]! += 1;
    const all = (await symmetricEigen(gram, cols)).values;
    expect(residual).toBeLessThan(1e-10);
    singular.forEach((s, k) => {
      expect(Math.abs(s * s - all[k]!)).toBeLessThan(1e-9 * all[0]!);
      for (let i = 0; i < cols; i++) {
        let av = 0;
        for (let j = 0; j < cols; j++) av += gram[i * cols + j]! * right[k * cols + j]!;
        expect(Math.abs(av - s * s * right[k * cols + i]!)).toBeLessThan(1e-9 * all[0]!);
      }
    });
    expect(singular).toHaveLength(Math.min(f, rows, cols));
  });
  it('finds equal singular values as often as they occur: ten blocks of ones have ten times √6', async () => {
    const [row, col]: [number[], number[]] = [[], []];
    for (let b = 0; b < 10; b++) for (let r = 0; r < 3; r++) for (let c = 0; c < 2; c++) {
      row.push(3 * b + r);
      col.push(2 * b + c);
    }
    const { singular } = await truncatedSvd(csrFromTriplets(30, 20, row, col, null), 11, random());
    expect([...singular].map((s) => Number(s.toFixed(9)))).toEqual([...Array.from({ length: 10 }, () => Number(Math.sqrt(6).toFixed(9))), 0]);
  });
});
