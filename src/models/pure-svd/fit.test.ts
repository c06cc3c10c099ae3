import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemIndex, userIndex } from '../../core/ids';
import { createRandom } from '../../core/random';
import { contextFor, denseMatrix, dot, hasAlsReference, largestDifference, readAlsReference, scoreRows, smallWorld, trainFrom, transposed } from '../../math/small-matrices';
import { trainMatrix } from '../../math/train-matrix';
import { truncatedSvd } from '../../math/truncated-svd';
import { fitModule } from './fit';

/** Best rank-f fit by taking off one singular pair after another, each found by ten thousand power steps. */
function twin(x: number[][], f: number): number[][] {
  let rest = x.map((row) => [...row]);
  const I = x[0]!.length;
  const out = x.map(() => Array.from({ length: I }, () => 0));
  for (let d = 0; d < f; d++) {
    const columns = transposed(rest);
    let v = columns.map((_, i) => Math.sin(i + 1 + d));
    for (let turn = 0; turn < 10_000; turn++) {
      const up = rest.map((row) => dot(row, v));
      const down = columns.map((column) => dot(column, up));
      const norm = Math.sqrt(dot(down, down));
      if (norm < 1e-9) return out;
      v = down.map((a) => a / norm);
    }
    const up = rest.map((row) => dot(row, v));
    up.forEach((a, u) => v.forEach((b, i) => (out[u]![i]! += a * b)));
    rest = rest.map((row, u) => row.map((a, i) => a - up[u]! * v[i]!));
  }
  return out;
}

describe('PureSVD', () => {
  it('with as many factors as items every score is the train entry itself', async () => {
    await fc.assert(fc.asyncProperty(smallWorld, async (train) => {
      const model = await fitModule.fit(contextFor(train, { factors: 50 }));
      expect(largestDifference(await scoreRows(model, train), denseMatrix(train))).toBeLessThan(1e-6);
    }), { numRuns: 100 });
  });
  it('equals its slow twin on random small worlds wherever the f-th and next singular values differ', async () => {
    await fc.assert(fc.asyncProperty(smallWorld, fc.integer({ min: 1, max: 3 }), async (train, factors) => {
      const { singular } = await truncatedSvd(trainMatrix(train), factors + 1, createRandom(0));
      // Where two are equal, any mixture of their vectors is right, so there is nothing to compare.
      fc.pre(Array.from(singular).every((s, k) => k === 0 || s < 0.97 * singular[k - 1]! || singular[k - 1] === 0));
      const model = await fitModule.fit(contextFor(train, { factors }));
      expect(largestDifference(await scoreRows(model, train), twin(denseMatrix(train), factors))).toBeLessThan(1e-5);
    }), { numRuns: 40 });
  });
  it('vectors multiply to scores, a history folded in scores like its user, reasons name the user’s items', async () => {
    const train = trainFrom(4, 4, [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1], [1, 2, 1], [2, 2, 1], [2, 3, 1], [3, 0, 1], [3, 2, 1]]);
    const model = await fitModule.fit(contextFor(train, { factors: 2 }));
    const scores = await scoreRows(model, train);
    const { users, items } = await model.vectors!();
    for (let u = 0; u < 4; u++) for (let i = 0; i < 4; i++) expect(dot([...users.data.subarray(2 * u, 2 * u + 2)], [...items.data.subarray(2 * i, 2 * i + 2)])).toBeCloseTo(scores[u]![i]!, 5);
    const out = new Float32Array(4);
    model.foldIn!([1, 0, 0].map(itemIndex)).score(out);
    expect([...out]).toEqual(scores[0]);
    // Item 1 is in the way of item 2 here, so only item 0 speaks for it.
    expect(model.explain!(userIndex(0), itemIndex(2)).map((r) => r.text.split('”')[0])).toEqual(['Has “0']);
    expect(model.explain!(userIndex(0), itemIndex(1)).map((r) => r.text.split('”')[0]).sort()).toEqual(['Has “0', 'Has “1']);
  });
});

describe.skipIf(!hasAlsReference)('PureSVD against numpy (als.json; skipped where ../shared is absent)', () => {
  it('singular values and x V Vᵀ to 1e-9', async () => {
    const { inputs, pure_svd } = readAlsReference();
    const x = trainMatrix(trainFrom(inputs.users, inputs.items, inputs.ratings));
    const all = await truncatedSvd(x, 40, createRandom(0));
    expect(largestDifference([all.singular], [pure_svd.expected.singular_values])).toBeLessThan(1e-9);
    const { right } = await truncatedSvd(x, 6, createRandom(0));
    const score = (u: number, i: number): number => {
      let s = 0;
      for (let e = x.start[u]!; e < x.start[u + 1]!; e++) for (let k = 0; k < 6; k++) s += right[k * x.cols + x.index[e]!]! * right[k * x.cols + i]!;
      return s;
    };
    const ours = [0, 1, 2, 3].map((u) => Array.from({ length: x.cols }, (_, i) => score(u, i)));
    expect(largestDifference(ours, pure_svd.expected.scores_users_0_to_3)).toBeLessThan(1e-9);
  });
});
