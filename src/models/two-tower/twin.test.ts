import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../compute/load-backend';
import type { FixtureTensor } from '../../compute/reference/fixture';
import { dispose } from '../../compute/tensors';
import { createRandom } from '../../core/random';
import type { Features } from './features';
import { fixtureArchitecture, fixtureBatches, fixtureFeatures, fixtureWeights, ranksOf, toOurs, type TwoTowerFixture } from './fixture';
import { initialWeights, type Architecture } from './initial';
import { Network } from './network';
import type { Batch } from './sampling';
import { twinForward, twinGradients, twinTrain, twinWeights, type Form } from './twin';

const file = path.resolve('../shared/reference/neural/two_tower.json');

/** Largest |a − b| relative to 1 + |b|. */
function gap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(b, (x, k) => Math.abs(a[k]! - x) / (1 + Math.abs(x))).reduce((m, d) => (d <= m ? m : d), 0);
}

describe.skipIf(!existsSync(file))('the float64 twin against PyTorch (skipped without ../shared)', () => {
  const fixture = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as TwoTowerFixture) : null;
  const cases = fixture?.cases.flatMap((c) => (c.config.scorer === 'dotCompress' ? (['literal', 'fiveNumber'] as Form[]) : (['literal'] as Form[])).map((form) => ({ name: `${c.name}, ${form}`, c, form }))) ?? [];

  it.each(cases)('$name: forward, gradients, weights after 1, 2, 5 steps to 1e-9, and the ranks', ({ c, form }) => {
    const f = fixture!;
    const features = fixtureFeatures(f);
    const a = fixtureArchitecture(f, c);
    const weights = twinWeights(fixtureWeights(c.weights));
    const batches = fixtureBatches(f);
    const forward = twinForward(features, a, weights, form);
    expect(gap(forward.user, c.forward.userTower.data)).toBeLessThan(1e-9);
    expect(gap(forward.item, c.forward.itemTower.data)).toBeLessThan(1e-9);
    expect(gap(forward.pre, c.forward.beforeLastGelu.data)).toBeLessThan(1e-9);
    expect(gap(forward.scores, c.forward.scores.data)).toBeLessThan(1e-9);
    const one = twinGradients(features, a, weights, batches[0]!, f.sizes.margin, form);
    expect(gap(one.scores, c.batch1.scores.data)).toBeLessThan(1e-9);
    expect(gap([one.loss], c.batch1.loss.data)).toBeLessThan(1e-9);
    for (const [n, g] of Object.entries(c.batch1.gradients)) expect(gap(one.gradients[n]!, toOurs(n, g).data), n).toBeLessThan(1e-9);
    const expected: Record<number, Record<string, FixtureTensor>> = { 1: c.training.weightsAfter1, 2: c.training.weightsAfter2, 5: c.training.weightsAfter5 };
    const losses = twinTrain(features, a, weights, batches, { margin: f.sizes.margin, learningRate: f.adam.lr, form }, (step) => {
      for (const [n, w] of Object.entries(expected[step] ?? {})) expect(gap(weights[n]!.data, toOurs(n, w).data), `${n} after ${step}`).toBeLessThan(1e-9);
    });
    expect(gap(losses, c.training.losses)).toBeLessThan(1e-9);
    const { scores } = twinForward(features, a, weights, form);
    expect(ranksOf(f, scores, 'validation', false)).toEqual(c.rankingAfter5.validation.ranks);
    expect(ranksOf(f, scores, 'test', true)).toEqual(c.rankingAfter5.test.ranks);
    expect(ranksOf(f, scores, 'test', false)).toEqual(c.rankingAfter5.testAsPublished.ranks);
  });
});

describe('a small model of our own', () => {
  const random = createRandom(8, 'twin');
  const features: Features = {
    user: { rows: 5, features: [{ kind: 'codes', name: 'id', size: 5, codes: Int32Array.of(0, 1, 2, 3, 4) }], text: null },
    item: {
      rows: 7,
      features: [
        { kind: 'codes', name: 'id', size: 7, codes: Int32Array.of(0, 1, 2, 3, 4, 5, 6) },
        { kind: 'shares', name: 'tags', size: 3, shares: Float32Array.from([1, 0, 0, 0.5, 0.5, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0.25, 0.25, 0.5, 0, 0, 1]) },
      ],
      text: { dim: 3, vectors: Float32Array.from({ length: 21 }, () => random.normal()) },
    },
  };
  const batch: Batch = { users: Int32Array.of(0, 3, 4), items: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 0, 1) };
  const arrangements = (['cat', 'sum'] as const).flatMap((combine) => (['dotCompress', 'dot', 'mlp'] as const).map((scorer) => ({ combine, scorer })));
  const make = (part: Pick<Architecture, 'combine' | 'scorer'>) => {
    const a: Architecture = { ...part, embedding: 4, output: 8, hidden: [16, 8], startScale: 1, unknownItem: 0 };
    return { a, weights: initialWeights(features, a, random.stream(`${part.combine} ${part.scorer}`)) };
  };

  it.each(arrangements)('$combine, $scorer: the twin’s gradients are the slopes of its loss', (part) => {
    const { a, weights } = make(part);
    const w = twinWeights(weights);
    const at = () => twinGradients(features, a, w, batch, 1).loss;
    const { gradients } = twinGradients(features, a, w, batch, 1);
    for (const [n, { data }] of Object.entries(w)) {
      const k = random.int(data.length);
      const [x, h] = [data[k]!, 1e-5];
      data[k] = x + h;
      const up = at();
      data[k] = x - h;
      const down = at();
      data[k] = x;
      expect(Math.abs(gradients[n]![k]! - (up - down) / (2 * h)), n).toBeLessThan(1e-6);
    }
  });

  it('dot-compress: literal and five-number form agree to 1e-12', () => {
    const { a, weights } = make({ combine: 'cat', scorer: 'dotCompress' });
    const w = twinWeights(weights);
    expect(gap(twinForward(features, a, w, 'literal').scores, twinForward(features, a, w, 'fiveNumber').scores)).toBeLessThan(1e-12);
    const [x, y] = [twinGradients(features, a, w, batch, 1, 'literal'), twinGradients(features, a, w, batch, 1, 'fiveNumber')];
    for (const n of Object.keys(w)) expect(gap(x.gradients[n]!, y.gradients[n]!), n).toBeLessThan(1e-12);
  });

  describe.each(['cpu', 'wasm'] as const)('tensors on %s', (backend) => {
    beforeAll(() => loadBackend(backend));
    it.each(arrangements)('$combine, $scorer: loss and gradients equal the twin’s', async (part) => {
      const { a, weights } = make(part);
      const net = new Network(features, a, weights);
      const fast = net.parameters.gradients((p) => net.batchLoss(p, batch, { loss: 'margin', margin: 1, temperature: 1 }));
      const slow = twinGradients(features, a, twinWeights(weights), batch, 1);
      expect(gap(fast.loss.dataSync() as Float32Array, [slow.loss])).toBeLessThan(1e-5);
      for (const [n, g] of Object.entries(fast.gradients)) expect(gap(g.dataSync() as Float32Array, slow.gradients[n]!), n).toBeLessThan(1e-4);
      dispose([fast.loss, ...Object.values(fast.gradients)]);
      net.dispose();
    });
  });
});
