import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FitContext } from '../../core/model';
import { defaultsOf } from '../../core/params';
import { createRandom } from '../../core/random';
import { ratingMatrix } from '../../math/rating-matrix';
import { contextFor, scoreRows, smallWorld, trainFrom } from '../../math/small-matrices';
import { fitModule, visit, type Weights } from './fit';
import { params } from './params';

const plain = defaultsOf(params);

/** The definition, one rating at a time. */
function twin(m: ReturnType<typeof ratingMatrix>, w: Weights, o: { factors: number; learningRate: number; regularisation: number; biased: boolean }): void {
  const { factors: D, learningRate: rate, regularisation: reg } = o;
  for (let u = 0; u < m.U; u++) {
    for (let e = m.users.start[u]!; e < m.users.start[u + 1]!; e++) {
      const i = m.users.other[e]!;
      const pu = Array.from(w.p.subarray(u * D, u * D + D));
      const qi = Array.from(w.q.subarray(i * D, i * D + D));
      const dot = pu.reduce((s, x, d) => s + x * qi[d]!, 0);
      const error = m.users.value[e]! - (o.biased ? m.mean + w.bu[u]! + w.bi[i]! + dot : dot);
      if (o.biased) {
        w.bu[u]! += rate * (error - reg * w.bu[u]!);
        w.bi[i]! += rate * (error - reg * w.bi[i]!);
      }
      for (let d = 0; d < D; d++) {
        w.p[u * D + d]! += rate * (error * qi[d]! - reg * pu[d]!);
        w.q[i * D + d]! += rate * (error * pu[d]! - reg * qi[d]!);
      }
    }
  }
}

describe('SVD', () => {
  it('its steps equal the definition on random small worlds, with and without biases', () => {
    fc.assert(fc.property(smallWorld, fc.boolean(), (train, biased) => {
      const m = ratingMatrix(train);
      const o = { factors: 3, learningRate: 0.05, regularisation: 0.1, biased };
      const draw = createRandom(1);
      const start = (): Weights => ({ bu: new Float64Array(m.U), bi: new Float64Array(m.I), p: Float64Array.from({ length: 3 * m.U }, () => 0), q: Float64Array.from({ length: 3 * m.I }, () => 0) });
      const [a, b] = [start(), start()];
      a.p.forEach((_, k) => (a.p[k] = b.p[k] = draw.normal()));
      a.q.forEach((_, k) => (a.q[k] = b.q[k] = draw.normal()));
      visit(m, a, o, 0, m.U);
      twin(m, b, o);
      for (const name of ['bu', 'bi', 'p', 'q'] as const) a[name].forEach((x, k) => expect(x).toBeCloseTo(b[name][k]!, 10));
    }), { numRuns: 60 });
  });

  it('the order of rows in the file changes nothing', async () => {
    const rows = [[0, 0, 5], [0, 1, 3], [0, 2, 4], [1, 0, 2], [1, 2, 1], [2, 1, 4]] as const;
    const scores = async (order: readonly (readonly [number, number, number])[]) => scoreRows(await fitModule.fit(contextFor(trainFrom(3, 3, order), { ...plain, factors: 2 })), trainFrom(3, 3, order));
    expect(await scores([...rows].reverse())).toEqual(await scores(rows));
  });

  it('knows nothing of strangers: with biases they get what is known of the other side, without them the mean', async () => {
    // μ = 3; user 2 and item 2 are strangers.
    const train = trainFrom(3, 3, [[0, 0, 5], [0, 1, 4], [1, 0, 2], [1, 1, 1]]);
    const settings = { ...plain, factors: 2, initSd: 0, epochs: 1, learningRate: 0.1, regularisation: 0 };
    const rows = await scoreRows(await fitModule.fit(contextFor(train, settings)), train);
    expect(rows[2]![2]).toBe(3);
    // Item 0: .1·(5 − 3) = .2 from user 0, then .1·(2 − 3.2) = −.12 from user 1.
    expect(rows[2]![0]).toBeCloseTo(3.08, 6);
    const without = await scoreRows(await fitModule.fit(contextFor(train, { ...settings, biased: false })), train);
    expect([without[2]![0], without[0]![2], without[2]![2]]).toEqual([3, 3, 3]);
  });

  it('without values there is nothing to learn from, and it says what to do', async () => {
    const train = { ...trainFrom(1, 1, [[0, 0, 1]]), value: null };
    await expect(fitModule.fit(contextFor(train, plain) as FitContext<typeof plain>)).rejects.toThrow('Choose the column with the ratings');
  });
});
