import { describe, expect, it } from 'vitest';
import { csrFromTriplets, transpose, type Csr } from './csr';
import { hasAlsReference, readAlsReference, trainFrom } from './small-matrices';
import { weigh } from './term-weighting';
import { trainMatrix } from './train-matrix';

const at = (m: Csr, r: number, c: number): number => {
  for (let e = m.start[r]!; e < m.start[r + 1]!; e++) if (m.index[e] === c) return m.value[e]!;
  return 0;
};

describe('sparse matrices', () => {
  it('sorts columns and adds up repeated places', () => {
    const m = csrFromTriplets(2, 3, [1, 0, 1, 1], [2, 1, 0, 2], [5, 1, 2, 4]);
    expect([...m.start]).toEqual([0, 1, 3]);
    expect([...m.index]).toEqual([1, 0, 2]);
    expect([...m.value]).toEqual([1, 2, 9]);
    expect([...transpose(m).index]).toEqual([1, 0, 1]);
  });
});

describe('BM25 and TF-IDF', () => {
  it('two documents, a term in one of them: idf = ln 2 − ln 2 = 0; three documents: ln 3 − ln 2', () => {
    const m = csrFromTriplets(3, 2, [0, 1, 2], [0, 1, 1], [4, 1, 1]);
    const { matrix } = weigh(m, 'tfidf', 'rows');
    expect(matrix.value[0]).toBeCloseTo(2 * Math.log(3 / 2), 14);
    expect(matrix.value[1]).toBeCloseTo(0, 14);
  });
  it.each(['rows', 'columns'] as const)('a row weighed by itself gets the weights it has in the matrix (documents = %s)', (documents) => {
    const m = csrFromTriplets(4, 3, [0, 0, 1, 2, 2, 3], [0, 2, 1, 0, 1, 2], [3, 1, 2, 1, 1, 5]);
    const { matrix, weighRow } = weigh(m, 'bm25', documents);
    const own = weighRow([0, 2], [3, 1]);
    // With columns as documents a new row is a new term that two documents have: as row 0 is.
    expect(own[0]).toBeCloseTo(matrix.value[0]!, 14);
    expect(own[1]).toBeCloseTo(matrix.value[1]!, 14);
  });
  describe.skipIf(!hasAlsReference)('against implicit and numpy (skipped where ../shared is absent)', () => {
    const reference = hasAlsReference ? readAlsReference() : null;
    it.each([
      ['implicit_items_as_rows_K1_100_B_0.8', 'columns', 100, 0.8],
      ['implicit_users_as_rows_K1_100_B_0.8', 'rows', 100, 0.8],
      ['knn_items_as_rows_K1_1.2_B_0.75', 'columns', 1.2, 0.75],
    ] as const)('%s to 1e-10', (name, documents, k1, b) => {
      const { users, items, ratings } = reference!.inputs;
      const x = trainMatrix(trainFrom(users, items, ratings), true);
      const { matrix } = weigh(x, 'bm25', documents, k1, b);
      for (const [u, i, weight] of reference!.bm25[name]!) expect(Math.abs(at(matrix, u, i) - weight)).toBeLessThan(1e-10);
      expect(reference!.bm25[name]).toHaveLength(ratings.length);
    });
  });
});
