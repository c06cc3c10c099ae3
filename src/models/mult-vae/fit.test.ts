import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../compute/load-backend';
import { allToOurs, compare, tensorStudy, twinStudy, type Expected, type FixtureTensor, type FixtureWeights } from '../../compute/reference/fixture';
import { memory } from '../../compute/tensors';
import type { SparseRows } from '../../compute/layers';
import { betaAt, vaeLoss } from './network';
import { twinVae } from './twin';

const file = path.resolve('../shared/reference/neural/autoencoders.json');
interface Step { x: FixtureTensor; eps: FixtureTensor; keep?: FixtureTensor }
interface Case extends Expected { name: string; config: { beta: number; dropout: number }; weights: FixtureWeights; inputs: { steps: Step[] }; training: Expected['training'] & { lr: number } }
interface Fixture { cases: Case[]; betaSchedule: { scaled: number[]; clipped: number[] } }
const OUTPUTS = { mu: 'mu', logvar: 'logvar', z: 'z', logits: 'logits', negativeLogLikelihood: 'negativeLogLikelihood', kl: 'kl', loss: 'loss' };
const flips = (name: string): boolean => name.endsWith('.W');

/** Rows of a 0/1 matrix; `weigh(row length, place)` gives the value of an entry, 0 leaves it out. */
function sparse(x: FixtureTensor, weigh: (n: number, place: number) => number): SparseRows {
  const [B, I] = x.shape as [number, number];
  const start = [0];
  const [index, value]: [number[], number[]] = [[], []];
  for (let b = 0; b < B; b++) {
    const own = [...Array(I).keys()].filter((i) => x.data[b * I + i] === 1);
    for (const i of own) {
      const v = weigh(own.length, b * I + i);
      if (v !== 0) {
        index.push(i);
        value.push(v);
      }
    }
    start.push(index.length);
  }
  return { columns: I, start: Int32Array.from(start), index: Int32Array.from(index), value: Float32Array.from(value) };
}

describe.skipIf(!existsSync(file))('Mult-VAE against PyTorch (skipped without ../shared)', () => {
  const f = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Fixture) : null;
  const cases = (f?.cases ?? []).filter((c) => c.name.startsWith('Mult-VAE'));

  it.each(cases)('$name: the float64 twin to 1e-9 in values, gradients and after 1 and 3 steps', (c) => {
    const keepOf = (s: Step) => s.keep!.data.map((k) => k / (1 - c.config.dropout));
    const found = twinStudy(allToOurs(c.weights, flips), (t, p, step) => {
      const s = c.inputs.steps[step]!;
      const node = (x: FixtureTensor, data: ArrayLike<number> = x.data) => t.node(x.shape[0]!, x.shape[1]!, data);
      return twinVae(t, p, { x: node(s.x), noise: node(s.eps), keep: s.keep ? node(s.keep, keepOf(s)) : null }, c.config.beta);
    }, { learningRate: c.training.lr, steps: 3 });
    for (const [what, d] of Object.entries(compare(found, c, OUTPUTS, flips, 'float64'))) expect(d, what).toBeLessThan(1);
  });

  describe.each(['cpu', 'wasm'] as const)('tensors on %s', (backend) => {
    beforeAll(() => loadBackend(backend));
    it.each(cases)('$name: to 1e-4, weights to 1e-5, no tensor left', async (c) => {
      const before = memory().numTensors;
      const found = await tensorStudy(allToOurs(c.weights, flips), (p, step) => {
        const s = c.inputs.steps[step]!;
        const input = sparse(s.x, (n, k) => (s.keep ? s.keep.data[k]! / (1 - c.config.dropout) : 1) / Math.sqrt(n));
        return vaeLoss(p, { target: sparse(s.x, () => 1), input, noise: Float32Array.from(s.eps.data) }, c.config.beta);
      }, { learningRate: c.training.lr, steps: 3 });
      for (const [what, d] of Object.entries(compare(found, c, OUTPUTS, flips, 'float32'))) expect(d, what).toBeLessThan(1);
      expect(memory().numTensors).toBe(before);
    });
  });

  it('β rises as both readings say', () => {
    for (const schedule of ['scaled', 'clipped'] as const) f!.betaSchedule[schedule].forEach((b, t) => expect(betaAt(t, 0.2, 8, schedule)).toBeCloseTo(b, 12));
  });
});

it('β without annealing is full from the first step', () => expect(betaAt(0, 0.3, 0, 'scaled')).toBe(0.3));
