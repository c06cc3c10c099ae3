import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { getKernelsForBackend } from '@tensorflow/tfjs-core';
import { createRandom } from '../core/random';
import { PROFILE_PHASES, type StepProfile } from '../core/profile';
import { switchKernels } from './kernel-switch';
import { layerNormGelu, linear, rows } from './layers';
import { loadBackend } from './load-backend';
import { Parameters } from './parameters';
import { enterPhase } from './profile-clock';
import { costOf } from './profile-costs';
import { endProfile, profileSteps } from './profile';
import { engine, mean, memory, square, tensor1d, tidy } from './tensors';

const [R, D, H, N] = [20, 8, 16, 12];
/** Losses of `steps` steps of a tiny network. */
async function train(steps: number): Promise<number[]> {
  const random = createRandom(3, 'profile');
  const draw = (...shape: number[]) => ({ shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()) });
  const parameters = new Parameters({ table: draw(R, D), W: draw(D, H), b: draw(H) });
  const losses: number[] = [];
  for (let k = 0; k < steps; k++) {
    const index = Int32Array.from({ length: N }, () => random.int(R));
    const loss = tidy(() => parameters.step((p) => mean(square(layerNormGelu(linear(rows(p('table'), tensor1d(index, 'int32')), p('W'), p('b')))))));
    losses.push((await loss.data())[0]!);
    loss.dispose();
  }
  parameters.dispose();
  return losses;
}
async function profiled(steps: number, trained: number): Promise<{ table: StepProfile | null; early: StepProfile | null; losses: number[] }> {
  let early: StepProfile | null = null;
  const asked = profileSteps({ runId: 'r', steps, onSteps: (p) => (early = p) });
  await new Promise((resolve) => setTimeout(resolve)); // the peak is known from the first test on
  const losses = await train(trained);
  enterPhase('evaluation');
  await train(0);
  enterPhase('aside');
  endProfile();
  return { table: await asked, early, losses };
}
const sum = (p: StepProfile, phase: string, what: 'milliseconds' | 'launches' = 'milliseconds'): number => p.kernels.filter((k) => k.phase === phase).reduce((s, k) => s + k[what], 0);

describe('a profile on wasm', () => {
  beforeAll(() => loadBackend('wasm'));
  afterEach(() => switchKernels('on'));

  it('has every phase of a step, no launch outside the clock of its phase, and a peak', async () => {
    const { table, early } = await profiled(3, 6);
    expect(early).toMatchObject({ runId: 'r', steps: 3, evaluations: 0 });
    expect([table!.steps, table!.evaluations]).toEqual([3, 1]);
    for (const phase of ['forward', 'backward', 'optimiser']) expect(sum(table!, phase, 'launches'), phase).toBeGreaterThan(0);
    for (const phase of PROFILE_PHASES) expect(sum(table!, phase)).toBeLessThanOrEqual(table!.phases[phase] + 1e-6);
    expect(table!.peak.gflops).toBeGreaterThan(0);
    expect(table!.peak.gigabytes).toBeGreaterThan(0);
  });

  it('counts launches and operations as one does by hand: one product forward, two backward, one Adam for each parameter', async () => {
    const { table } = await profiled(2, 4);
    const of = (phase: string, kernel: string) => table!.kernels.find((k) => k.phase === phase && k.kernel === kernel);
    expect(of('forward', 'ColdwaveLinear')).toMatchObject({ launches: 2, flops: 2 * N * H * (2 * D + 1), own: true });
    expect(of('backward', 'BatchMatMul')).toMatchObject({ launches: 4, flops: 2 * 4 * N * D * H });
    expect(of('optimiser', 'ColdwaveAdam')).toMatchObject({ launches: 6, flops: 2 * 14 * (R * D + D * H + H) });
    expect(of('forward', 'ColdwaveRows')).toMatchObject({ flops: 0, bytes: 2 * 4 * (2 * N * D + N) });
  });

  it('changes no loss, leaves no tensor, and takes its hands off the engine', async () => {
    const before = [engine().runKernel, memory().numTensors] as const;
    const plain = await train(5);
    const { losses } = await profiled(3, 5);
    expect(losses).toEqual(plain);
    expect([engine().runKernel, memory().numTensors]).toEqual(before);
  });

  it('with our kernels off launches none of them but the one the backend lacks', async () => {
    switchKernels('off');
    const { table } = await profiled(2, 4);
    expect(table!.backend).toBe('wasm, our kernels off');
    expect(table!.kernels.filter((k) => k.own).map((k) => k.kernel)).toEqual(['UnsortedSegmentSum']);
    expect(table!.kernels.some((k) => k.kernel === 'BatchMatMul')).toBe(true);
  });

  it('is null when the run ends before a step was whole', async () => {
    expect((await profiled(3, 1)).table).toBeNull();
  });

  it('knows the operations of every kernel of ours', () => {
    const t = (...shape: number[]) => ({ shape, dtype: 'float32' as const, dataId: {} });
    const inputs = { a: t(6), b: t(6), x: t(6, 4), w: t(6, 4), h: t(6, 4), u: t(6, 4), q: t(6, 4), W: t(8, 4), W2: t(4, 2), index: t(5), dy: t(6, 4), logits: t(6, 9), start: t(2) };
    const own = getKernelsForBackend('wasm').map((k) => k.kernelName).filter((n) => n.startsWith('Coldwave'));
    expect(own.length).toBeGreaterThan(10);
    for (const name of own) expect(costOf(name, inputs, [t(6, 4)], { pairs: 6, squares: 36 }).flops, name).toBeTypeOf('number');
    expect(costOf('ColdwaveCausalAttention', inputs, [t(6, 4)], { heads: 1, squares: 36 }).flops).toBe(4 * 36 * 4);
  });
});
