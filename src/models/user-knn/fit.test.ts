import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemIndex, userIndex } from '../../core/ids';
import { nearestRows } from '../../math/nearest-rows';
import { contextFor, denseMatrix, dot, hasAlsReference, largestDifference, readAlsReference, scoreRows, smallWorld, trainFrom } from '../../math/small-matrices';
import { fitModule, weighted } from './fit';
import { newcomer } from './newcomer';

const plain = { k: 100, shrink: 0, weighting: 'none', similarity: 'cosine', values: false, neighbours: 'own', documents: 'items' } as const;

/** The definition, written down with full matrices. */
function twin(x: number[][], k: number, h: number, neighbours: 'own' | 'reverse'): number[][] {
  const round = (v: number): number => Math.round(v * 1e12);
  const kept = x.map((a, u) => {
    const row = x.map((b, v) => (u === v ? 0 : dot(a, b) / (Math.sqrt(dot(a, a) * dot(b, b)) + h + 1e-6)));
    const best = row.map((_, v) => v).sort((p, q) => round(row[q]!) - round(row[p]!) || p - q).slice(0, k);
    return row.map((s, v) => (best.includes(v) ? s : 0));
  });
  return x.map((_, u) => x[0]!.map((__, i) => x.reduce((s, row, v) => s + (neighbours === 'own' ? kept[u]![v]! : kept[v]![u]!) * row[i]!, 0)));
}

describe('UserKNN', () => {
  it.each(['own', 'reverse'] as const)('equals its slow twin with full matrices on random small worlds (%s)', async (neighbours) => {
    await fc.assert(fc.asyncProperty(smallWorld, fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 3), async (train, k, shrink) => {
      const model = await fitModule.fit(contextFor(train, { ...plain, k, shrink, neighbours }));
      expect(largestDifference(await scoreRows(model, train), twin(denseMatrix(train), k, shrink, neighbours))).toBeLessThan(1e-5);
    }), { numRuns: 120 });
  });

  it('a newcomer with the history of the last user gets that user’s voters, once the last user is taken away', async () => {
    await fc.assert(fc.asyncProperty(
      smallWorld.filter((t) => t.U > 1 && t.userStart[t.U - 1]! < t.item.length), fc.integer({ min: 1, max: 4 }), fc.constantFrom('own', 'reverse'),
      async (train, k, neighbours) => {
        const last = train.U - 1;
        const p = { ...plain, k, neighbours };
        const triplets = (to: number) => [...train.item.subarray(0, to)].map((i, n) => [train.user[n]!, i, 1] as const);
        const whole = await fitModule.fit(contextFor(train, p));
        const without = trainFrom(last, train.I, triplets(train.userStart[last]!));
        const fewer = await fitModule.fit(contextFor(without, p));
        const out = new Float32Array(train.I);
        fewer.foldIn!([...train.item.subarray(train.userStart[last]!)].map(itemIndex)).score(out);
        expect(largestDifference([out], [(await scoreRows(whole, train))[last]!])).toBeLessThan(1e-6);
      },
    ), { numRuns: 120 });
  });

  it('a full list keeps its members when a newcomer is only as similar', async () => {
    const train = trainFrom(3, 1, [[0, 0, 1], [1, 0, 1], [2, 0, 1]]);
    const p = { ...plain, k: 2, neighbours: 'reverse' } as const;
    const w = weighted(train, p);
    expect([...newcomer(w, await nearestRows(w.matrix, p), p)(Int32Array.of(0)).users]).toEqual([]);
  });

  it('says which neighbours have the item and what they share', async () => {
    const train = trainFrom(2, 3, [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 2, 1]]);
    const model = await fitModule.fit(contextFor(train, plain));
    expect(model.explain!(userIndex(0), itemIndex(2))).toEqual([{ text: 'User “1” has it and shares 1 of this user’s items, such as “0”; similarity .500', weight: 1 }]);
  });
});

describe.skipIf(!hasAlsReference)('UserKNN against numpy (als.json; skipped where ../shared is absent)', () => {
  const reference = hasAlsReference ? readAlsReference() : null;
  it.each([['own', 'scores_own_neighbours_users_0_to_3'], ['reverse', 'scores_reverse_neighbours_users_0_to_3']] as const)('%s neighbours: scores to float32', async (neighbours, key) => {
    const { inputs, user_knn } = reference!;
    const train = trainFrom(inputs.users, inputs.items, inputs.ratings);
    const model = await fitModule.fit(contextFor(train, { ...plain, k: 5, neighbours }));
    expect(largestDifference((await scoreRows(model, train)).slice(0, 4), user_knn.expected[key])).toBeLessThan(5e-7);
  });
  it('similarities to 1e-10', async () => {
    const { inputs, user_knn } = reference!;
    const train = trainFrom(inputs.users, inputs.items, inputs.ratings);
    const all = await nearestRows(weighted(train, plain).matrix, { k: 100, shrink: 0, similarity: 'cosine' });
    user_knn.expected.similarity_rows_0_to_3.forEach((row, u) => {
      const ours = new Float64Array(inputs.users);
      for (let e = all.start[u]!; e < all.start[u + 1]!; e++) ours[all.index[e]!] = all.value[e]!;
      expect(largestDifference([ours], [row])).toBeLessThan(1e-10);
    });
  });
});
