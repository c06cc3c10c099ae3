import { existsSync, readFileSync } from 'node:fs';
import { dispose, memory, tensor, zeros, type Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random';
import { switchKernels } from '../kernel-switch';
import { loadBackend } from '../load-backend';
import { splitFrom, WORTH } from '../threads/parts';
import { adagradComposite, adagradStep, type AdagradSettings, type AdagradSlot } from './adagrad';
import { ADAM_DEFAULTS, adamStep, type AdamSettings, type AdamSlot } from './adam';
import { adamRowsComposite, adamRowsStep } from './adam-rows';
import { allowSimd, kernelThreads } from './simd/simd';

interface Given {
  shape: number[];
  data: number[];
}
interface Reference {
  start: Given;
  gradients: Given[];
  cases: { name: string; config: { lr: number; eps: number; initialAccumulator: number; beta1: number; beta2: number; weightDecay?: number }; weights: Given[] }[];
  lazyAdam: { config: { lr: number; beta1: number; beta2: number; eps: number }; start: Given; rows: number[][]; gradients: Given[]; lazy: Given[]; dense: Given[]; stateAfter5: { exp_avg: Given; exp_avg_sq: Given } };
}
const FILE = '../shared/reference/neural/optimisers.json';
const read = (): Reference => JSON.parse(readFileSync(FILE, 'utf8')) as Reference;

const of = ({ shape, data }: Given): Tensor => tensor(data, shape, 'float32');
const full = (shape: number[], value: number): Tensor => tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value), shape);
const gap = (t: Tensor, want: ArrayLike<number>): number => Array.from(t.dataSync()).reduce((worst, x, k) => Math.max(worst, Math.abs(x - want[k]!)), t.size === want.length ? 0 : Infinity);
const drawn = (shape: number[], seed: number, scale = 1): Tensor => {
  const random = createRandom(seed, 'optimisers');
  return tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => scale * random.normal()), shape, 'float32');
};
/** A gradient of some rows as one of the whole table; what stands in the other rows must not be read. */
function spread(shape: number[], rows: readonly number[], g: Given): Tensor {
  const [R, D] = shape as [number, number];
  const out = new Float32Array(R * D).fill(7);
  rows.forEach((r, k) => out.set(g.data.slice(k * D, (k + 1) * D), r * D));
  return tensor(out, shape);
}
const done = (): number => kernelThreads()!.executed().reduce((a, b) => a + b, 0);
const lazySettings = { learningRate: 0.01, beta1: 0.9, beta2: 0.99, eps: 1e-8 };

describe.each(['cpu', 'wasm', 'wasm without SIMD', 'wasm, kernels off'] as const)('optimisers on %s', (name) => {
  beforeAll(async () => {
    await loadBackend(name === 'cpu' ? 'cpu' : 'wasm', { threads: 4 });
    allowSimd(name !== 'wasm without SIMD');
    switchKernels(name === 'wasm, kernels off' ? 'off' : 'on');
  });
  afterAll(() => {
    allowSimd(true);
    switchKernels('on');
  });

  describe.skipIf(!existsSync(FILE))('follow PyTorch’s weights over five steps to 2e-6 (skipped without ../shared)', () => {
    it('Adagrad, from 0 and from 0.1', () => {
      const { start, gradients, cases } = read();
      const adagrad = cases.filter((c) => c.name.startsWith('Adagrad'));
      expect(adagrad.length).toBe(2);
      for (const { config, weights } of adagrad) {
        let slot: AdagradSlot = { w: of(start), s: full(start.shape, config.initialAccumulator) };
        gradients.forEach((given, k) => {
          const g = of(given);
          slot = adagradStep(slot, g, { learningRate: config.lr, eps: config.eps, weightDecay: 0 });
          g.dispose();
          expect(gap(slot.w, weights[k]!.data)).toBeLessThan(2e-6);
        });
        dispose([slot.w, slot.s]);
      }
    });

    it('Adam, with other betas and with L2 penalty', () => {
      const { start, gradients, cases } = read();
      const adam = cases.filter((c) => c.name.startsWith('Adam') && !c.name.startsWith('AdamW') && 'beta1' in c.config);
      expect(adam.length).toBe(3);
      for (const { config, weights } of adam) {
        let slot: AdamSlot = { w: of(start), m: zeros(start.shape), v: zeros(start.shape) };
        const settings: AdamSettings = { ...ADAM_DEFAULTS, learningRate: config.lr, beta1: config.beta1, beta2: config.beta2, eps: config.eps, weightDecay: config.weightDecay ?? 0 };
        gradients.forEach((given, k) => {
          const g = of(given);
          slot = adamStep(slot, g, settings, k + 1);
          g.dispose();
          expect(gap(slot.w, weights[k]!.data)).toBeLessThan(2e-6);
        });
        dispose([slot.w, slot.m, slot.v]);
      }
    });

    it('Adam for touched rows, its moments too; dense Adam goes elsewhere', () => {
      const { lazyAdam: lazy } = read();
      const { lr, ...config } = lazy.config;
      let slot: AdamSlot = { w: of(lazy.start), m: zeros(lazy.start.shape), v: zeros(lazy.start.shape) };
      lazy.rows.forEach((rows, k) => {
        const g = spread(lazy.start.shape, rows, lazy.gradients[k]!);
        slot = adamRowsStep(slot, g, Int32Array.from([...rows, rows[0]!]), { learningRate: lr, ...config }, k + 1);
        g.dispose();
        expect(gap(slot.w, lazy.lazy[k]!.data)).toBeLessThan(2e-6);
      });
      expect(gap(slot.m, lazy.stateAfter5.exp_avg.data)).toBeLessThan(1e-6);
      expect(gap(slot.v, lazy.stateAfter5.exp_avg_sq.data)).toBeLessThan(1e-7);
      expect(gap(slot.w, lazy.dense.at(-1)!.data)).toBeGreaterThan(1e-4);
      dispose([slot.w, slot.m, slot.v]);
    });
  });

  it('equal their slow twins for any shape over three steps, leave untouched rows as they were to the bit, and leave no tensor', () => {
    const before = memory().numTensors;
    const size = fc.oneof(fc.constantFrom(0, 1, 3, 4), fc.integer({ min: 1, max: 60 }));
    fc.assert(fc.property(size, size, fc.nat(999), fc.constantFrom(0, 0.1), (R, D, seed, weightDecay) => {
      const shape = [R, D];
      const settings: AdagradSettings = { learningRate: 0.1, eps: 1e-10, weightDecay };
      const random = createRandom(seed, 'rows');
      const pair = <S>(make: () => S): [S, S] => [make(), make()];
      let [a, b] = pair<AdagradSlot>(() => ({ w: drawn(shape, seed), s: full(shape, 0.1) }));
      let [c, d] = pair<AdamSlot>(() => ({ w: drawn(shape, seed), m: zeros(shape), v: zeros(shape) }));
      const start = c.w.dataSync().slice();
      const named = new Set<number>();
      for (let step = 1; step <= 3; step++) {
        const g = drawn(shape, seed + step);
        const index = Int32Array.from({ length: R === 0 ? 0 : random.int(2 * R + 1) }, () => random.int(R) >> 1);
        for (const r of index) named.add(r);
        [a, b] = [adagradStep(a, g, settings), adagradComposite(b, g, settings)];
        [c, d] = [adamRowsStep(c, g, index, lazySettings, step), adamRowsComposite(d, g, index, lazySettings, step)];
        g.dispose();
      }
      for (const [x, y] of [[a.w, b.w], [a.s, b.s], [c.w, d.w], [c.m, d.m], [c.v, d.v]] as const) expect(gap(x, y.dataSync())).toBeLessThan(2e-5);
      for (let r = 0; r < R; r++) if (!named.has(r)) expect(Array.from(c.w.dataSync().slice(r * D, (r + 1) * D))).toEqual(Array.from(start.slice(r * D, (r + 1) * D)));
      for (const slot of [a, b, c, d]) dispose(Object.values(slot) as Tensor[]);
    }), { numRuns: 20, seed: 6 });
    expect(memory().numTensors).toBe(before);
  });
});

it('Adagrad and Adam for touched rows are the same to the last bit with 1, 2, 3 and 4 threads', async () => {
  splitFrom(1);
  const [found, parts]: [string[], number[]] = [[], []];
  for (const threads of [1, 2, 3, 4]) {
    await loadBackend('wasm', { threads });
    const before = done();
    let [a, b]: [AdagradSlot, AdamSlot] = [{ w: drawn([103, 7], 1), s: full([103, 7], 0) }, { w: drawn([103, 7], 1), m: zeros([103, 7]), v: zeros([103, 7]) }];
    for (let step = 1; step <= 3; step++) {
      const g = drawn([103, 7], 9 + step);
      a = adagradStep(a, g, { learningRate: 0.1, eps: 1e-10, weightDecay: 0.01 });
      b = adamRowsStep(b, g, Int32Array.from({ length: 50 }, (_, k) => (k * 2 * step) % 103), lazySettings, step);
      g.dispose();
    }
    found.push([a.w, a.s, b.w, b.m, b.v].map((t) => Array.from(t.dataSync()).join()).join(' '));
    parts.push(done() - before);
    dispose([a.w, a.s, b.w, b.m, b.v]);
  }
  expect(new Set(found).size).toBe(1);
  for (const n of parts.slice(1)) expect(n).toBeGreaterThan(parts[0]!); // the work was really cut
  splitFrom(WORTH);
  await loadBackend('wasm', { threads: 1 });
});
