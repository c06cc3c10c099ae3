/** What this backend can do at best, here and now: its fastest matrix product and its copy rate, measured once. */
import type { MachinePeak } from '../core/profile';
import { ownKernels, switchKernels } from './kernel-switch';
import { add, fill, getBackend, matMul, slice, tidy, type Tensor } from './tensors';

const known = new Map<string, MachinePeak>();
const REPEATS = 6;
/** Beyond any cache, so that it is memory that is measured. */
const COPIED = 4 << 20;

/** On the backend in use; takes about a tenth of a second, on a GPU with the wait for its answer. */
export async function measurePeak(): Promise<MachinePeak> {
  const backend = getBackend();
  const before = known.get(backend);
  if (before) return before;
  const peak = backend === 'wasm' || backend === 'cpu' ? inMemory(backend) : await onGpu();
  known.set(backend, peak);
  return peak;
}

/** Without waiting in between: no training step can come in while the kernels are switched. */
function inMemory(backend: 'wasm' | 'cpu'): MachinePeak {
  const n = backend === 'wasm' ? 384 : 160;
  const was = ownKernels();
  let best = Infinity;
  try {
    // The peak is the machine's, whoever reaches it.
    for (const kernels of backend === 'wasm' ? (['on', 'off'] as const) : (['on'] as const)) {
      switchKernels(kernels);
      tidy(() => {
        const [a, b] = [fill([n, n], 0.5), fill([n, n], 0.25)];
        for (let k = 0; k < REPEATS; k++) {
          const began = performance.now();
          const c: Tensor = matMul(a as never, b as never);
          best = Math.min(best, performance.now() - began);
          c.dispose();
        }
      });
    }
  } finally {
    switchKernels(was ? 'on' : 'off');
  }
  const [from, to] = [new Float32Array(COPIED).fill(1), new Float32Array(COPIED).fill(2)];
  let copy = Infinity;
  for (let k = 0; k < 4; k++) {
    const began = performance.now();
    to.set(from);
    copy = Math.min(copy, performance.now() - began);
  }
  return rates(2 * n ** 3, best, 8 * COPIED, copy);
}

async function onGpu(): Promise<MachinePeak> {
  const n = 512;
  const inRow = 8;
  const timed = async (from: Tensor, next: (x: Tensor) => Tensor): Promise<number> => {
    let best = Infinity;
    for (let k = 0; k < 3; k++) {
      const began = performance.now();
      const end = tidy(() => {
        let x = from;
        for (let r = 0; r < inRow; r++) x = next(x);
        return slice(x, [0, 0], [1, 1]);
      });
      await end.data();
      end.dispose();
      best = Math.min(best, performance.now() - began);
    }
    return best / inRow;
  };
  const [square, large] = [fill([n, n], 1 / n), fill([COPIED / n, n], 1)];
  try {
    const multiply = await timed(square, (x) => matMul(x as never, square as never));
    const copy = await timed(large, (x) => add(x, 1));
    return rates(2 * n ** 3, multiply, 8 * COPIED, copy);
  } finally {
    square.dispose();
    large.dispose();
  }
}

/** Milliseconds → 10⁹ a second; a clock too coarse to see it counts as its least step. */
const rates = (flops: number, ms: number, bytes: number, copyMs: number): MachinePeak => ({ gflops: flops / Math.max(ms, 0.005) / 1e6, gigabytes: bytes / Math.max(copyMs, 0.005) / 1e6 });
