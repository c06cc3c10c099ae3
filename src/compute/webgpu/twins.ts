/**
 * Every operation with a WGSL program against its slow twin: the same numbers go through the operation on WebGPU and through the composite on the
 * plain backend; values and all gradients are compared. For tests only, in a browser and under Node.
 */
import { engine, getBackend, getKernelsForBackend, grads, memory, setBackend, tensor, tensor1d, tidy, TopK } from '@tensorflow/tfjs-core';
import { switchKernels } from '../kernel-switch';
import { loadBackend } from '../load-backend';
import { normals, type Case } from './case';
import { optimiserCases } from './cases-optimisers';
import { sequenceCases } from './cases-sequences';
import { headCases, towerCases } from './cases-towers';
import { splitLaunchesAt } from './launch';

export interface Comparison {
  name: string;
  /** Largest |a − b| / (1 + |b|) over values and gradients; Infinity for other shapes or what is not a number. */
  gap: number;
  allowed: number;
}

const gapOf = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  if (a.length !== b.length) return Infinity;
  let worst = 0;
  for (let k = 0; k < b.length; k++) {
    const d = Math.abs(a[k]! - b[k]!) / (1 + Math.abs(b[k]!));
    if (!(d <= worst)) worst = Number.isNaN(d) ? Infinity : d;
  }
  return worst;
};

/** Values, and gradients for this upstream (over and over again), on the backend in use. */
async function outcome(c: Case, build: Case['fast'], upstream: Float32Array): Promise<Float32Array[]> {
  const alive = (): number => memory().numTensors + engine().backend.numDataIds(); // tensors, and what kernels keep for themselves
  const before = alive();
  const index = (c.indices ?? []).map((i) => tensor1d(i.slice(), 'int32'));
  const inputs = c.inputs.map((i) => tensor(i.data.slice(), i.shape, 'float32'));
  const f = build(...index);
  const value = tidy(() => f(...inputs));
  const up = tensor(c.forward ? new Float32Array(value.size) : Float32Array.from({ length: value.size }, (_, k) => upstream[k % upstream.length]!), value.shape, 'float32');
  const found = c.forward ? [] : grads(f)(inputs, up);
  const out: Float32Array[] = [];
  for (const t of [value, ...found]) out.push((await t.data<'float32'>()).slice());
  for (const t of new Set([value, up, ...found, ...inputs, ...index])) t.dispose();
  if (alive() !== before) throw new Error(`${c.name} leaves ${alive() - before} tensors behind.`);
  return out;
}

/** @param watchDevice to hear what the device complains about  @param only cases whose name holds this  @throws Error when WebGPU cannot be started, or when a program is not used at all */
export async function compareWithTwins(watchDevice: (device: EventTarget) => void, only = ''): Promise<Comparison[]> {
  await loadBackend('cpu');
  await loadBackend('webgpu');
  watchDevice((engine().backend as unknown as { device: EventTarget }).device);
  const out: Comparison[] = [];
  const compare = (name: string, allowed: number, fast: Float32Array[], slow: Float32Array[]): void =>
    void out.push({ name, allowed, gap: fast.length === slow.length ? fast.reduce((m, x, k) => Math.max(m, gapOf(x, slow[k]!)), 0) : Infinity });
  const launched = watch();
  for (const c of [...towerCases(), ...sequenceCases()].filter((x) => x.name.includes(only))) {
    const upstream = normals([4096]).data;
    await setBackend('webgpu');
    const fast = await outcome(c, c.fast, upstream);
    if (c.split) {
      splitLaunchesAt(7);
      compare(`${c.name}, in two dimensions`, 1e-9, await outcome(c, c.fast, upstream), fast);
      splitLaunchesAt();
    }
    await setBackend('cpu');
    compare(c.name, c.allowed ?? 2e-5, fast, await outcome(c, c.slow, upstream));
  }
  for (const c of optimiserCases().filter((x) => x.name.includes(only))) {
    await setBackend('webgpu');
    const fast = await c.steps('fast');
    await setBackend('cpu');
    compare(c.name, 1e-6, fast, await c.steps('slow'));
  }
  await setBackend('webgpu');
  const idle = launched();
  if (idle.length && !only) throw new Error(`No case launched ${idle.join(', ')} on ${getBackend()}.`);
  return out;
}

/** With our kernels switched off. @returns names of those that were launched all the same; a name that TensorFlow.js launches too says nothing */
export async function launchedWhenOff(): Promise<string[]> {
  await setBackend('webgpu');
  const all = watch()();
  const launched = watch();
  switchKernels('off');
  try {
    for (const c of [headCases()[0]!, ...sequenceCases().filter((x) => x.small)]) await outcome(c, c.fast, normals([4096]).data);
    for (const c of optimiserCases().filter((x) => x.small)) if ((await c.steps('fast')).some((t) => t.some(Number.isNaN))) throw new Error(`${c.name} gave no numbers.`);
  } finally {
    switchKernels('on');
  }
  const idle = new Set(launched());
  return all.filter((name) => name !== TopK && !idle.has(name));
}

/** @returns names of our WebGPU kernels that were not launched since */
function watch(): () => string[] {
  const own = getKernelsForBackend('webgpu').filter((k) => k.kernelName.startsWith('Coldwave') || k.kernelName === TopK);
  const seen = new Set<string>();
  const undo = own.map((kernel) => {
    const original = kernel.kernelFunc;
    kernel.kernelFunc = (x) => {
      seen.add(kernel.kernelName);
      return original(x);
    };
    return () => void (kernel.kernelFunc = original);
  });
  return () => {
    for (const f of undo) f();
    return own.map((k) => k.kernelName).filter((n) => !seen.has(n));
  };
}
