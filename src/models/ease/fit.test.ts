import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemIndex, userIndex } from '../../core/ids';
import { contextFor, denseMatrix, dot, hasAlsReference, largestDifference, readAlsReference, scoreRows, smallWorld, trainFrom, transposed } from '../../math/small-matrices';
import { trainMatrix } from '../../math/train-matrix';
import { fitModule } from './fit';
import { easeWeights, refuseTooMany } from './weights';

const begin = async () => () => undefined;

/** Column j by a ridge regression of its own on all other columns: Gauss elimination, nothing shared, no inverse. */
function twin(x: number[][], lambda: number): number[][] {
  const columns = transposed(x);
  const I = columns.length;
  const b = columns.map(() => columns.map(() => 0));
  for (let j = 0; j < I; j++) {
    const others = columns.map((_, i) => i).filter((i) => i !== j);
    const a = others.map((p) => [...others.map((q) => dot(columns[p]!, columns[q]!) + (p === q ? lambda : 0)), dot(columns[p]!, columns[j]!)]);
    const m = a.length;
    for (let p = 0; p < m; p++) {
      for (let r = 0; r < m; r++) {
        if (r === p) continue;
        const f = a[r]![p]! / a[p]![p]!;
        for (let c = p; c <= m; c++) a[r]![c]! -= f * a[p]![c]!;
      }
    }
    others.forEach((i, p) => (b[i]![j] = a[p]![m]! / a[p]![p]!));
  }
  return b;
}
const rows = (b: Float64Array, I: number): Float64Array[] => Array.from({ length: I }, (_, i) => b.subarray(i * I, (i + 1) * I));

describe('EASE', () => {
  it('two items that two users both have, λ = 2: each predicts the other with 2 / (2 + 2)', async () => {
    const train = trainFrom(2, 2, [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]);
    expect([...(await easeWeights(trainMatrix(train), 2, new Float64Array(4), begin))]).toEqual([0, 0.5, 0.5, 0].map((v) => expect.closeTo(v, 14)));
  });
  it('each column is the ridge regression of that item on all others, on random small worlds', async () => {
    await fc.assert(fc.asyncProperty(smallWorld, fc.constantFrom(0.5, 3, 200), async (train, lambda) => {
      const b = await easeWeights(trainMatrix(train), lambda, new Float64Array(train.I ** 2), begin);
      expect(largestDifference(rows(b, train.I), twin(denseMatrix(train), lambda))).toBeLessThan(1e-11);
    }), { numRuns: 150 });
  });
  it('a score is the sum of what its reasons say, and a history folded in scores like the user who has it', async () => {
    const train = trainFrom(3, 4, [[0, 0, 1], [0, 1, 1], [1, 1, 1], [1, 2, 1], [2, 0, 1], [2, 1, 1], [2, 3, 1]]);
    const model = await fitModule.fit(contextFor(train, { lambda: 1 }));
    const score = (await scoreRows(model, train))[0]!;
    const reasons = model.explain!(userIndex(0), itemIndex(3));
    expect(reasons.reduce((s, r) => s + r.weight!, 0)).toBeCloseTo(1, 6);
    const out = new Float32Array(4);
    model.foldIn!([itemIndex(1), itemIndex(0), itemIndex(1)]).score(out);
    expect([...out]).toEqual(score);
    expect([...(await model.similarItems!(itemIndex(3), 2)).items]).toEqual([0, 1]);
  });
  it('says what it will take before the inverse starts, and a cancel then rejects with its reason', async () => {
    const train = trainFrom(2, 2, [[0, 0, 1], [0, 1, 1], [1, 0, 1]]);
    const controller = new AbortController();
    const reason = new Error('enough');
    const labels: string[] = [];
    const report = async (p: { kind: string; label?: string }) => {
      labels.push(p.label ?? p.kind);
      if (labels.length === 2) controller.abort(reason);
      return 'continue' as const;
    };
    await expect(fitModule.fit({ ...contextFor(train, { lambda: 1 }), signal: controller.signal, report })).rejects.toBe(reason);
    expect(labels).toEqual(['Counting common users', 'Inverting 2 × 2, 0 MB']);
  });
  it('refuses too many items with the number, the memory and what to do', () => {
    expect(() => refuseTooMany(12_000)).not.toThrow();
    expect(() => refuseTooMany(30_000)).toThrow(/30,000 × 30,000.*10\.8 GB.*12,000 items.*k-core/);
  });
});

describe.skipIf(!hasAlsReference)('EASE against numpy (als.json; skipped where ../shared is absent)', () => {
  it('B to 1e-9, scores to float32', async () => {
    const { inputs, ease } = readAlsReference();
    const train = trainFrom(inputs.users, inputs.items, inputs.ratings);
    const b = await easeWeights(trainMatrix(train), 10, new Float64Array(train.I ** 2), begin);
    expect(largestDifference(rows(b, train.I), ease.expected.B)).toBeLessThan(1e-9);
    const model = await fitModule.fit(contextFor(train, { lambda: 10 }));
    expect(largestDifference((await scoreRows(model, train)).slice(0, 4), ease.expected.scores_users_0_to_3)).toBeLessThan(5e-7);
  });
});
