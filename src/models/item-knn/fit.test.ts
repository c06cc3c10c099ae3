import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemIndex, userIndex } from '../../core/ids';
import type { Ranked } from '../../core/model';
import { transpose } from '../../math/csr';
import { nearestRows, rowSimilarity } from '../../math/nearest-rows';
import { contextFor, denseMatrix, dot, hasAlsReference, largestDifference, readAlsReference, scoreRows, smallWorld, trainFrom, transposed } from '../../math/small-matrices';
import { weigh } from '../../math/term-weighting';
import { trainMatrix } from '../../math/train-matrix';
import { fitModule } from './fit';

const plain = { k: 100, shrink: 0, weighting: 'none', similarity: 'cosine', profile: 'binary', values: false } as const;

/** The definition, written down with full matrices. */
function twin(x: number[][], similarity: 'cosine' | 'jaccard', k: number, h: number): number[][] {
  const columns = transposed(x);
  const I = columns.length;
  const s = columns.map((a, i) => columns.map((b, j) => {
    if (i === j) return 0;
    const below = similarity === 'cosine' ? Math.sqrt(dot(a, a) * dot(b, b)) : dot(a, a) + dot(b, b) - dot(a, b);
    return dot(a, b) / (below + h + 1e-6);
  }));
  const round = (v: number): number => Math.round(v * 1e12);
  const kept = s.map((row) => {
    const best = row.map((_, j) => j).sort((a, b) => round(row[b]!) - round(row[a]!) || a - b).slice(0, k);
    return row.map((v, j) => (best.includes(j) ? v : 0));
  });
  return x.map((user) => Array.from({ length: I }, (_, i) => dot(user, kept[i]!)));
}

describe('ItemKNN', () => {
  it('two users with both of two items: cosine 1 (but for the 1e-6), so each is offered for the other', async () => {
    const train = trainFrom(3, 2, [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1], [2, 0, 1]]);
    const model = await fitModule.fit(contextFor(train, plain));
    const rows = await scoreRows(model, train);
    expect(rows[2]![1]).toBeCloseTo(2 / Math.sqrt(3 * 2), 5);
    expect(model.explain!(userIndex(2), itemIndex(1))).toEqual([{ text: 'Has “0”, similarity .816', weight: 1 }]);
  });

  it('equals its slow twin with full matrices on random small worlds, whatever k, shrink and similarity', async () => {
    await fc.assert(fc.asyncProperty(smallWorld, fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 0.5, 20), fc.constantFrom('cosine', 'jaccard'), async (train, k, shrink, similarity) => {
      const model = await fitModule.fit(contextFor(train, { ...plain, k, shrink, similarity }));
      expect(largestDifference(await scoreRows(model, train), twin(denseMatrix(train), similarity, k, shrink))).toBeLessThan(1e-5);
    }), { numRuns: 150 });
  });

  it('a history folded in scores like the user who has it', async () => {
    await fc.assert(fc.asyncProperty(smallWorld, async (train) => {
      const model = await fitModule.fit(contextFor(train, { ...plain, k: 3 }));
      const rows = await scoreRows(model, train);
      const out = new Float32Array(train.I);
      for (let u = 0; u < train.U; u++) {
        const history = [...train.item.subarray(train.userStart[u]!, train.userStart[u + 1]!)].map(itemIndex).reverse();
        model.foldIn!(history).score(out);
        expect([...out]).toEqual(rows[u]);
      }
    }), { numRuns: 50 });
  });

  it('a weighted profile: user by user the BM25 weights (items as documents) times the kept similarities', async () => {
    await fc.assert(fc.asyncProperty(smallWorld, async (train) => {
      const binary = await fitModule.fit(contextFor(train, { ...plain, k: 3, weighting: 'bm25' }));
      const model = await fitModule.fit(contextFor(train, { ...plain, k: 3, weighting: 'bm25', profile: 'weighted' }));
      const { matrix } = weigh(trainMatrix(train), 'bm25', 'columns');
      const weights = denseMatrix(train).map((row, u) => row.map((_, i) => {
        for (let e = matrix.start[u]!; e < matrix.start[u + 1]!; e++) if (matrix.index[e] === i) return matrix.value[e]!;
        return 0;
      }));
      const kept = Array.from({ length: train.I }, (_, i) => {
        const { items, scores } = binary.similarItems!(itemIndex(i), train.I) as Ranked;
        return Array.from({ length: train.I }, (_, j) => scores[items.indexOf(j)] ?? 0);
      });
      expect(largestDifference(await scoreRows(model, train), weights.map((w) => kept.map((row) => dot(w, row))))).toBeLessThan(1e-5);
    }), { numRuns: 50 });
  });

  it('keeps the lower index among equals at the k-th place, and lists similar items best first', async () => {
    const train = trainFrom(1, 5, [0, 1, 2, 3, 4].map((i) => [0, i, 1] as const));
    const model = await fitModule.fit(contextFor(train, { ...plain, k: 2 }));
    expect([...(await model.similarItems!(itemIndex(4), 10)).items]).toEqual([0, 1]);
    expect([...(await model.similarItems!(itemIndex(0), 1)).items]).toEqual([1]);
  });
});

describe.skipIf(!hasAlsReference)('ItemKNN against numpy (als.json; skipped where ../shared is absent)', () => {
  const reference = hasAlsReference ? readAlsReference() : null;
  it.each([
    ['binary_h0', 'none', false, 0], ['ratings_h10', 'none', true, 10], ['tfidf_ratings_h0', 'tfidf', true, 0],
    ['bm25_ratings_h0', 'bm25', true, 0], ['bm25_binary_h20', 'bm25', false, 20],
  ] as const)('%s: similarities to 1e-10, the kept neighbours, scores to float32', async (name, weighting, values, shrink) => {
    const { inputs, item_knn } = reference!;
    const expected = item_knn.expected[name]!;
    const train = trainFrom(inputs.users, inputs.items, inputs.ratings);
    const { matrix } = weigh(transpose(trainMatrix(train, values)), weighting, 'rows');
    const similarity = rowSimilarity(matrix, { shrink, similarity: 'cosine' });
    for (let r = 0; r < 6; r++) {
      const row = new Float64Array(inputs.items);
      similarity.to(matrix.index, matrix.value, row, matrix.start[r]!, matrix.start[r + 1]!);
      row[r] = 0;
      expect(largestDifference([row], [expected.similarity_rows_0_to_5[r]!])).toBeLessThan(1e-10);
    }
    const kept = await nearestRows(matrix, { k: 5, shrink, similarity: 'cosine' });
    expect(Array.from({ length: 6 }, (_, r) => [...kept.index.subarray(kept.start[r]!, kept.start[r + 1]!)])).toEqual(expected.kept_of_rows_0_to_5);
    const model = await fitModule.fit(contextFor(train, { ...plain, k: 5, weighting, values, shrink }));
    expect(largestDifference((await scoreRows(model, train)).slice(0, 4), expected.scores_users_0_to_3_binary_profile)).toBeLessThan(5e-7);
  });
});
