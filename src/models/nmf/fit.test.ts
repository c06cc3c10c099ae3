import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../core/model';
import { defaultsOf } from '../../core/params';
import { contextFor, smallWorld, trainFrom } from '../../math/small-matrices';
import { fitModule } from './fit';
import { params } from './params';

const plain = { ...defaultsOf(params), factors: 2 };

describe('NMF', () => {
  it('no factor is ever negative', async () => {
    await fc.assert(fc.asyncProperty(smallWorld, async (train) => {
      const { users, items } = (await (await fitModule.fit(contextFor(train, { ...plain, epochs: 5 }))).vectors!());
      for (const x of [...users.data, ...items.data]) expect(x).toBeGreaterThanOrEqual(0);
    }), { numRuns: 30 });
  });
  it('one user, one item, one factor, rating 4: p ← p·4q ÷ (pq·q), q alike, so the product is 16 ÷ what it was', async () => {
    const train = trainFrom(1, 1, [[0, 0, 4]]);
    const seen: number[] = [];
    const report = async (p: Progress): Promise<'continue'> => {
      if (p.kind === 'epoch') {
        const { users, items } = await p.model.vectors!();
        seen.push(users.data[0]! * items.data[0]!, p.loss);
      }
      return 'continue';
    };
    await fitModule.fit({ ...contextFor(train, { ...plain, factors: 1, epochs: 1, regUsers: 0, regItems: 0 }), report });
    const before = 4 - seen[1]!; // the loss is |4 − p·q| before the step, and p·q < 1
    expect(seen[0]! * before).toBeCloseTo(16, 4);
  });
});
