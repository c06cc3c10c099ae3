import { describe, expect, it } from 'vitest';
import type { StepProfile } from '../core/profile';
import { kindOf, profileSentence, readProfile } from './profile';

const percent = (x: number): string => `${Math.round(100 * x)} %`;
/** Two steps of 10 ms: 6 in products (4 of them backward), 1 in Adam, 3 between launches. */
const profile = (change: Partial<StepProfile> = {}): StepProfile => ({
  runId: 'r', backend: 'wasm', threads: 1, timing: 'work', steps: 2, evaluations: 1,
  phases: { input: 2, forward: 5, backward: 10, optimiser: 3, evaluation: 40 },
  kernels: [
    { phase: 'backward', kernel: 'BatchMatMul', own: true, launches: 8, milliseconds: 8, flops: 160e6, bytes: 8e6 },
    { phase: 'forward', kernel: 'BatchMatMul', own: true, launches: 4, milliseconds: 4, flops: 80e6, bytes: 4e6 },
    { phase: 'optimiser', kernel: 'ColdwaveAdam', own: true, launches: 10, milliseconds: 2, flops: 14e6, bytes: 10e6 },
    { phase: 'evaluation', kernel: 'ColdwavePairHead', own: true, launches: 3, milliseconds: 30, flops: null, bytes: 0 },
  ],
  peak: { gflops: 40, gigabytes: 10 },
  ...change,
});

describe('reading a profile', () => {
  it('counts by step, joins a kernel over its phases, and sets its rate against the peak', () => {
    const r = readProfile(profile());
    expect(r.stepMilliseconds).toBe(10);
    expect(r.launches).toBe(11);
    expect(r.kernels[0]).toMatchObject({ kernel: 'BatchMatMul', launches: 6, milliseconds: 6, share: 0.6, gflops: 20, ofPeak: 0.5, gigabytes: 1, phases: ['backward', 'forward'] });
    expect(r.between).toBeCloseTo(0.3, 12);
    expect(r.phases.map((p) => [p.phase, p.milliseconds, p.share])).toEqual([['input', 1, 0.1], ['forward', 2.5, 0.25], ['backward', 5, 0.5], ['optimiser', 1.5, 0.15], ['evaluation', 40, null]]);
    expect(r.evaluation[0]).toMatchObject({ launches: 3, share: 0.75, gflops: null });
  });
  it('says it in one sentence', () => {
    expect(profileSentence(profile(), percent)).toBe("60 % of a step is matrix products, at 50 % of this browser's peak; 10 % is Adam; 30 % is spent between the 11 launches.");
  });
  it('of a GPU gives no rates and says what the times are', () => {
    const gpu = profile({ timing: 'submission', backend: 'webgpu' });
    expect(readProfile(gpu).kernels.every((k) => k.gflops === null && k.gigabytes === null)).toBe(true);
    expect(profileSentence(gpu, percent)).toContain('times here are those of handing over');
  });
  it('leaves the evaluation out until there is one, and an unseen step without a number', () => {
    expect(readProfile(profile({ evaluations: 0 })).phases.map((p) => p.phase)).not.toContain('evaluation');
    const none = profile({ phases: { input: 0, forward: 0, backward: 0, optimiser: 0, evaluation: 0 }, kernels: [] });
    expect(profileSentence(none, percent)).toContain('too coarse');
  });
  it.each([['_FusedMatMul', 'matrix products'], ['ColdwavePairHeadGrad', 'the fused pair scorer'], ['UnsortedSegmentSum', 'fetching rows and adding them back'], ['Multiply', 'small operations']])('%s is %s', (kernel, kind) => {
    expect(kindOf(kernel)).toBe(kind);
  });
});
