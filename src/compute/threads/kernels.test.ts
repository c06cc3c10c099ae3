import { createHash } from 'node:crypto';
import { grads, memory, mul, sum } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random';
import { adamStep, ADAM_DEFAULTS } from '../kernels/adam';
import { causalAttention } from '../kernels/causal-attention';
import { dropout } from '../kernels/dropout';
import { gelu } from '../kernels/gelu';
import { inBatchSoftmax } from '../kernels/in-batch-softmax';
import { layerNorm } from '../kernels/layer-norm';
import { layerNormGelu } from '../kernels/layer-norm-gelu';
import { multinomialLoss } from '../kernels/multinomial-loss';
import { pairDots } from '../kernels/pair-dots';
import { rows } from '../kernels/rows';
import { kernelThreads } from '../kernels/simd/simd';
import { softmaxCrossEntropy } from '../kernels/softmax-cross-entropy';
import { sparseMatMul, type SparseRows } from '../kernels/sparse-rows';
import { loadBackend } from '../load-backend';
import { heapOf } from '../heap';
import { dispose, engine, matMul, tensor, tensor1d, tidy, zeros, type Tensor } from '../tensors';
import { splitFrom, WORTH } from './parts';

beforeAll(async () => {
  await loadBackend('wasm', { threads: 4 });
  splitFrom(1); // even the smallest work is cut
});
afterAll(async () => {
  splitFrom(WORTH);
  await loadBackend('wasm', { threads: 1 });
});

interface Case {
  what: string;
  inputs: { shape: number[]; seed: number }[];
  run(...x: Tensor[]): Tensor;
}
const drawn = (shape: number[], seed: number): Tensor => {
  const r = createRandom(seed, 'threads');
  return tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => r.normal()), shape);
};
const indices = (n: number, below: number, seed: number): Int32Array => {
  const r = createRandom(seed, 'indices');
  return Int32Array.from({ length: n }, () => r.int(below));
};
function sparse(B: number, columns: number, seed: number): SparseRows {
  const r = createRandom(seed, 'sparse');
  const [start, index] = [[0], [] as number[]];
  for (let b = 0; b < B; b++) {
    for (let i = 0; i < columns; i++) if (r.next() < 0.3) index.push(i);
    start.push(index.length);
  }
  return { columns, start: Int32Array.from(start), index: Int32Array.from(index), value: Float32Array.from(index, () => 0.5 + r.next()) };
}
const starts = (lengths: readonly number[]): Int32Array => lengths.reduce((s, n) => [...s, s.at(-1)! + n], [0]) as unknown as Int32Array;

/** Value and gradients of a case, as one hash. */
function bitsOf(c: Case): string {
  const hash = createHash('sha1');
  tidy(() => {
    const x = c.inputs.map((i) => drawn(i.shape, i.seed));
    const value = c.run(...x);
    const upstream = drawn(value.shape, 99);
    for (const t of [value, ...grads((...y: Tensor[]) => sum(mul(c.run(...y), upstream)))(x)]) {
      const v = t.dataSync();
      hash.update(new Uint8Array(v.buffer, v.byteOffset, v.byteLength));
    }
  });
  return hash.digest('hex');
}

const size = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
const cases: Record<string, fc.Arbitrary<Case>> = {
  'matrix product': fc.record({ m: size(90), n: size(90), k: size(300), ta: fc.boolean(), tb: fc.boolean(), seed: fc.nat(99) }).map(({ m, n, k, ta, tb, seed }) => ({
    what: `${m} × ${k} × ${n}${ta ? ', left turned' : ''}${tb ? ', right turned' : ''}`,
    inputs: [{ shape: ta ? [k, m] : [m, k], seed }, { shape: tb ? [n, k] : [k, n], seed: seed + 1 }],
    run: (a, b) => matMul(a as never, b as never, ta, tb),
  })),
  'rows by index': fc.record({ R: size(30), D: size(70), n: size(60), seed: fc.nat(99) }).map(({ R, D, n, seed }) => ({
    what: `${n} of ${R} × ${D}`, inputs: [{ shape: [R, D], seed }], run: (t) => rows(t, tensor1d(indices(n, R, seed), 'int32')),
  })),
  'sparse rows': fc.record({ B: size(20), I: size(30), D: size(70), seed: fc.nat(99) }).map(({ B, I, D, seed }) => ({
    what: `${B} × ${I} × ${D}`, inputs: [{ shape: [I, D], seed }], run: (W) => sparseMatMul(sparse(B, I, seed), W),
  })),
  'multinomial loss': fc.record({ B: size(20), I: size(40), seed: fc.nat(99) }).map(({ B, I, seed }) => ({
    what: `${B} × ${I}`, inputs: [{ shape: [B, I], seed }], run: (l) => multinomialLoss(l, sparse(B, I, seed)),
  })),
  'cross-entropy over a catalogue': fc.record({ n: size(40), I: size(70), D: size(20), block: size(900), seed: fc.nat(99) }).map(({ n, I, D, block, seed }) => ({
    what: `${n} × ${I} × ${D}, ${block} at once`, inputs: [{ shape: [n, D], seed }, { shape: [I, D], seed: seed + 1 }],
    run: (h, W) => softmaxCrossEntropy(h, W, indices(n, I, seed), block),
  })),
  'causal attention': fc.record({ lengths: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 5 }), heads: size(3), d: fc.constantFrom(8, 16), seed: fc.nat(99) }).map(({ lengths, heads, d, seed }) => {
    const start = Int32Array.from(starts([...lengths, 2]));
    const shape = [start.at(-1)!, heads * d];
    return { what: `${lengths.join(', ')}, 2 × ${heads} heads of ${d}`, inputs: [0, 1, 2].map((k) => ({ shape, seed: seed + k })), run: (q: Tensor, k: Tensor, v: Tensor) => causalAttention(q, k, v, start, heads) };
  }),
  GELU: size(700).map((n) => ({ what: `${n}`, inputs: [{ shape: [n], seed: n }], run: (x) => gelu(x) })),
  'layer norm': fc.record({ n: size(900), D: fc.constantFrom(4, 8, 20), seed: fc.nat(99) }).map(({ n, D, seed }) => ({
    what: `${n} × ${D}`, inputs: [[n, D], [D], [D]].map((shape, k) => ({ shape, seed: seed + k })), run: (x, g, b) => layerNorm(x!, g!, b!),
  })),
  'layer norm + GELU': fc.record({ n: size(900), D: fc.constantFrom(4, 8, 20), seed: fc.nat(99) }).map(({ n, D, seed }) => ({
    what: `${n} × ${D}`, inputs: [[n, D], [D], [D]].map((shape, k) => ({ shape, seed: seed + k })), run: (x, g, b) => layerNormGelu(x!, g, b),
  })),
  'pair dots': fc.record({ n: size(20), m: size(20), D: fc.constantFrom(4, 36, 64), P: size(90), seed: fc.nat(99) }).map(({ n, m, D, P, seed }) => ({
    what: `${P} of ${n} × ${m}, ${D} wide`, inputs: [[n, D], [m, D]].map((shape, k) => ({ shape, seed: seed + k })),
    run: (u, v) => pairDots(u!, v!, tensor1d(indices(P, n, seed), 'int32'), tensor1d(indices(P, m, seed + 1), 'int32')),
  })),
  'in-batch softmax': fc.record({ B: size(40), seed: fc.nat(99) }).map(({ B, seed }) => ({
    what: `${B}`, inputs: [{ shape: [B, B], seed }], run: (x) => inBatchSoftmax(x!, 0.3, drawn([B, B], seed + 1)),
  })),
  dropout: fc.record({ n: size(500), seed: fc.nat(99) }).map(({ n, seed }) => ({ what: `${n}`, inputs: [{ shape: [n], seed }], run: (x) => dropout(x, 0.4, seed * 7919) })),
};

describe('with 1, 2, 3 and 4 threads value and gradients are the same to the last bit', () => {
  const names = Object.keys(cases);
  const samples = Object.fromEntries(names.map((name) => [name, fc.sample(cases[name]!, { numRuns: 12, seed: 5 })]));
  const found: Record<string, string[]>[] = [];
  let tensors = 0;
  beforeAll(async () => {
    tensors = memory().numTensors;
    for (const threads of [1, 2, 3, 4]) {
      await loadBackend('wasm', { threads });
      expect(kernelThreads()!.threads).toBe(threads);
      found.push(Object.fromEntries(names.map((name) => [name, samples[name]!.map(bitsOf)])));
      // Every thread has had its share, or equality would say nothing; on a busy machine one may wake late.
      for (let k = 0; k < 5000 && kernelThreads()!.executed().includes(0); k++) bitsOf(samples['matrix product']![0]!);
      expect(kernelThreads()!.executed()).not.toContain(0);
    }
  });
  it.each(names)('%s', (name) => {
    const one = found[0]![name]!;
    for (const other of found.slice(1)) samples[name]!.forEach((c, k) => expect(other[name]![k], c.what).toBe(one[k]));
    expect(new Set(one).size).toBeGreaterThan(samples[name]!.length / 2);
  });
  it('leaves no tensor behind', () => expect(memory().numTensors).toBe(tensors));

  it('also after the memory has grown under the threads', async () => {
    await loadBackend('wasm', { threads: 3 });
    const c = samples['matrix product']![0]!;
    const before = bitsOf(c);
    const size = (): number => heapOf(engine().backend, 'wasm').memory()!.buffer.byteLength;
    const [was, held] = [size(), [] as Tensor[]];
    while (size() === was) held.push(zeros([1 << 22]));
    expect(bitsOf(c)).toBe(before);
    expect(size()).toBeGreaterThan(was);
    dispose(held);
  });

  it('what is read from a tensor is a copy of its own, not a view of the shared memory', async () => {
    const t = drawn([3, 5], 1);
    for (const values of [await t.data(), t.dataSync()]) {
      expect((values as Float32Array).buffer).toBeInstanceOf(ArrayBuffer);
      expect(structuredClone(values)).toEqual(values);
    }
    t.dispose();
  });

  it('Adam', async () => {
    const steps: string[] = [];
    for (const threads of [1, 2, 3, 4]) {
      await loadBackend('wasm', { threads });
      let slot = { w: drawn([103, 7], 1), m: drawn([103, 7], 2), v: tidy(() => mul(drawn([103, 7], 3), drawn([103, 7], 3))) };
      for (let step = 1; step < 4; step++) slot = adamStep(slot, tidy(() => drawn([103, 7], 4 + step)), ADAM_DEFAULTS, step) as typeof slot;
      steps.push([slot.w, slot.m, slot.v].map((t) => Array.from(t.dataSync()).join()).join(' '));
    }
    expect(new Set(steps).size).toBe(1);
  });
});
