import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemIndex, userIndex } from '../../core/ids';
import { contextFor, denseMatrix, dot, largestDifference, scoreRows, smallWorld, trainFrom, transposed } from '../../math/small-matrices';
import { trainMatrix } from '../../math/train-matrix';
import { fitModule } from './fit';
import { refuseTooMany, slimWeights } from './weights';

const begin = async () => () => undefined;
const exact = { l1: 0.5, l2: 2, tolerance: 1e-9, sweeps: 10_000 };
const plain = { ...exact, k: 0 };

async function dense(train: Parameters<typeof trainMatrix>[0], settings: typeof exact): Promise<number[][]> {
  const w = await slimWeights(trainMatrix(train), 0, settings, begin);
  return Array.from({ length: w.rows }, (_, j) => {
    const row = Array.from({ length: w.cols }, () => 0);
    for (let e = w.start[j]!; e < w.start[j + 1]!; e++) row[w.index[e]!] = w.value[e]!;
    return row;
  });
}

/** Projected gradient on the residual itself, small steps, no Gram matrix, no screening. */
function twin(x: number[][], l1: number, l2: number): number[][] {
  const columns = transposed(x);
  const rate = 1 / (columns.reduce((s, c) => s + dot(c, c), 0) + l2);
  return columns.map((target, j) => {
    let w = columns.map(() => 0);
    for (let turn = 0; turn < 4000; turn++) {
      const rest = target.map((t, u) => t - dot(x[u]!, w));
      w = w.map((v, i) => (i === j ? 0 : Math.max(0, v + rate * (dot(columns[i]!, rest) - l1 - l2 * v))));
    }
    return w;
  });
}

describe('SLIM', () => {
  it('two items that four users share, l1 = 1, l2 = 2: w = (4 − 1) / (4 + 2)', async () => {
    const train = trainFrom(4, 2, [0, 1, 2, 3].flatMap((u) => [[u, 0, 1], [u, 1, 1]] as [number, number, number][]));
    const w = await slimWeights(trainMatrix(train), 0, { ...exact, l1: 1 }, begin);
    expect([...w.value]).toEqual([0.5, 0.5]);
  });
  it('equals its slow twin by projected gradient on random small worlds', async () => {
    await fc.assert(fc.asyncProperty(smallWorld, fc.constantFrom(0, 0.5, 2), fc.constantFrom(0.5, 5), async (train, l1, l2) => {
      const x = denseMatrix(train);
      expect(largestDifference(await dense(train, { ...exact, l1, l2 }), twin(x, l1, l2))).toBeLessThan(1e-5);
    }), { numRuns: 40 });
  });
  it('meets the conditions of a minimum: the slope is 0 where a weight is above 0, and not downhill where it is 0', async () => {
    await fc.assert(fc.asyncProperty(smallWorld, fc.constantFrom(0, 0.5, 2), async (train, l1) => {
      const x = denseMatrix(train);
      const columns = transposed(x);
      const w = await dense(train, { ...exact, l1 });
      columns.forEach((target, j) => {
        const rest = target.map((t, u) => t - dot(x[u]!, w[j]!));
        columns.forEach((c, i) => {
          if (i === j) return;
          const slope = -dot(c, rest) + l1 + exact.l2 * w[j]![i]!;
          if (w[j]![i]! > 0) expect(Math.abs(slope)).toBeLessThan(1e-6);
          else expect(slope).toBeGreaterThan(-1e-6);
        });
      });
    }), { numRuns: 100 });
  });
  it('keeps to its k most similar candidates, adds up, folds in, and names its reasons', async () => {
    const train = trainFrom(4, 4, [[0, 0, 1], [0, 1, 1], [0, 2, 1], [1, 0, 1], [1, 1, 1], [2, 0, 1], [2, 1, 1], [2, 3, 1], [3, 2, 1], [3, 3, 1]]);
    const model = await fitModule.fit(contextFor(train, { ...plain, k: 1, l1: 0 }));
    expect([...(await model.similarItems!(itemIndex(0), 9)).items]).toEqual([1]);
    const rows = await scoreRows(model, train);
    const out = new Float32Array(4);
    model.foldIn!([2, 1, 0, 2].map(itemIndex)).score(out);
    expect([...out]).toEqual(rows[0]);
    expect(model.explain!(userIndex(0), itemIndex(1))).toEqual([{ text: expect.stringMatching(/^Has “0”: \+\.6/) as string, weight: 1 }]);
  });
  it('refuses too many items with the number and what to do', () => {
    expect(() => refuseTooMany(20_000)).toThrow(/20,000 items, 1,600 MB.*16,000 items.*k-core/);
  });
});
