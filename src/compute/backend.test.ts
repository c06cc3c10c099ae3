import { afterEach, describe, expect, it, vi } from 'vitest';
import { isSoftware, webgpuAdapter } from './adapters';
import { chooseBackend, tensorMemory } from './backend';
import { loadBackend } from './load-backend';
import { ALLOWED_DEVIATION, deviationFromFloat64 } from './self-test';
import { getBackend } from './tensors';

afterEach(() => vi.unstubAllGlobals());

describe('the self-test', () => {
  it.each(['cpu', 'wasm'] as const)('%s trains three steps like plain TypeScript, and leaves no tensor behind', async (id) => {
    await loadBackend(id);
    const before = tensorMemory().tensors;
    expect(await deviationFromFloat64()).toBeLessThan(ALLOWED_DEVIATION / 10);
    expect(tensorMemory().tensors).toBe(before);
  });
});

describe('choosing a backend', () => {
  it('where there is no graphics card WASM is used, and every backend says why or why not', async () => {
    const choice = await chooseBackend('auto');
    expect(choice.chosen).toBe('wasm');
    expect(getBackend()).toBe('wasm');
    expect(choice.reports.map((r) => r.id)).toEqual(['webgpu', 'wasm', 'webgl', 'cpu']);
    for (const r of choice.reports) expect(r.reason, r.id).not.toBe('');
    expect(choice.reason).toContain('WASM');
  });

  it('a choice that comes during the self-test waits for its end', async () => {
    await chooseBackend('wasm');
    let name: (adapter: null) => void = () => undefined;
    vi.stubGlobal('navigator', { gpu: { requestAdapter: () => new Promise<null>((done) => (name = done)) } });
    const first = chooseBackend('auto', { threads: 1 }); // another question than those answered above, so that it is asked anew
    const second = chooseBackend('cpu');
    await new Promise((done) => setTimeout(done, 50));
    expect(getBackend()).toBe('wasm');
    name(null);
    expect([(await first).chosen, (await second).chosen, getBackend()]).toEqual(['wasm', 'cpu', 'cpu']);
  });

  it('a browser that never names its graphics adapter is taken to have none', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('navigator', { gpu: { requestAdapter: () => new Promise(() => undefined) } });
    const asked = webgpuAdapter();
    await vi.advanceTimersByTimeAsync(6000);
    expect(await asked).toMatchObject({ name: null, why: expect.stringContaining('within 5 seconds') });
    vi.useRealTimers();
  });

  it('a backend asked for by name is used though another is faster', async () => {
    expect((await chooseBackend('cpu')).chosen).toBe('cpu');
    expect(getBackend()).toBe('cpu');
    expect((await chooseBackend('auto')).chosen).toBe('wasm');
    expect(getBackend()).toBe('wasm');
  });

  it('names the kernels of ours that run, and none of them when they are switched off', async () => {
    const on = (await chooseBackend('wasm')).kernels!;
    expect([on.on, on.simd]).toEqual([true, true]);
    expect(on.names).toEqual(expect.arrayContaining(['BatchMatMul', 'ColdwaveAdam', 'ColdwavePairHead', 'ColdwaveRows']));
    const off = (await chooseBackend('wasm', { kernels: 'off' })).kernels!;
    expect(off).toEqual({ on: false, simd: false, names: [], standIns: ['UnsortedSegmentSum'] });
    expect(await deviationFromFloat64()).toBeLessThan(ALLOWED_DEVIATION / 10);
    expect((await chooseBackend('wasm')).kernels).toEqual(on);
  });

  it('a backend that cannot run here is refused with a remedy', async () => {
    await expect(chooseBackend('webgpu')).rejects.toThrow(/WebGPU cannot be used.*another backend/s);
  });
});

describe('software graphics adapters', () => {
  it.each(['Google SwiftShader', 'llvmpipe (LLVM 15.0, 256 bits)', 'Microsoft Basic Render Driver', 'ANGLE (Google, Vulkan 1.3 (SwiftShader Device (Subzero)))'])('%s is recognised', (name) => {
    expect(isSoftware(name)).toBe(true);
  });
  it.each(['NVIDIA GeForce RTX 3060', 'Apple M2', 'Intel(R) Iris(R) Xe', 'ANGLE (AMD, Radeon RX 6600)'])('%s is not one', (name) => {
    expect(isSoftware(name)).toBe(false);
  });
  it('an adapter that calls itself a fallback is one, whatever its name', async () => {
    vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => ({ info: { vendor: 'x', isFallbackAdapter: true } }) } });
    expect((await webgpuAdapter()).software).toBe(true);
  });
});
