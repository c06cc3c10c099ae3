/**
 * Chooses what computes: WebGPU → WASM → WebGL → plain JS, by right numbers first and speed second.
 * A software graphics adapter is tested when asked for by name, but never chosen by itself.
 */
import type { BackendChoice, BackendId, BackendReport } from '../../workers/protocol';
import { messageOf, Problem } from '../core/problem';
import { webglAdapter, webgpuAdapter, type Adapter } from './adapters';
import { kernelsInUse, threadsInUse } from './kernel-list';
import { ownKernels, switchKernels } from './kernel-switch';
import { loadBackend } from './load-backend';
import { ALLOWED_DEVIATION, deviationFromFloat64, millisecondsPerStep } from './self-test';
import { env, memory } from './tensors';

export interface BackendOptions {
  /** Folder (ending in /) of the WASM binaries; by default the bundled ones, in Node the package's own. */
  wasmPath?: string;
  /** Off: only what TensorFlow.js ships. */
  kernels?: 'on' | 'off';
  /** Threads of our kernels on WASM, at most; by default what a cross-origin isolated page has cores, one under Node. */
  threads?: number;
}

/** In order of preference: of two about equally fast ones (within a tenth) the earlier wins. */
const ORDER: readonly BackendId[] = ['webgpu', 'wasm', 'webgl', 'cpu'];
const NAMES: Record<BackendId, string> = { webgpu: 'WebGPU', wasm: 'WASM', webgl: 'WebGL', cpu: 'plain JavaScript' };

const cache = new Map<string, BackendChoice>();

/**
 * Picks a backend (or the one asked for) and makes it the one in use. The self-test runs once per preference; the answer is kept.
 * @throws Problem when a backend was asked for by name that cannot run here or computes wrong numbers, or when none works.
 */
export function chooseBackend(prefer: BackendId | 'auto', options: BackendOptions = {}): Promise<BackendChoice> {
  // One at a time: a run that starts during the self-test would find WASM half loaded, call it broken and train on something slow.
  const answer = turn.then(() => choose(prefer, options));
  turn = answer.catch(() => undefined);
  return answer;
}
let turn: Promise<unknown> = Promise.resolve();

async function choose(prefer: BackendId | 'auto', options: BackendOptions): Promise<BackendChoice> {
  const kernels = options.kernels ?? 'on';
  switchKernels(kernels);
  const key = `${prefer} ${kernels} ${options.threads ?? ''}`;
  const known = cache.get(key);
  if (known) {
    await loadBackend(known.chosen, options);
    return known;
  }
  const choice = prefer === 'auto' ? await automatic(options) : await byName(prefer, options);
  cache.set(key, choice);
  return choice;
}

/** Tensors alive and the bytes they hold. */
export function tensorMemory(): { tensors: number; bytes: number } {
  const { numTensors, numBytes } = memory();
  return { tensors: numTensors, bytes: numBytes };
}

async function automatic(options: BackendOptions): Promise<BackendChoice> {
  const reports: BackendReport[] = [];
  for (const id of ORDER) {
    // WebGL and plain JS matter only where nothing before them works: starting them costs memory and seconds.
    if ((id === 'webgl' || id === 'cpu') && reports.some(usable)) {
      reports.push({ id, available: true, correct: false, milliseconds: null, detail: '', reason: `Not tested: ${NAMES[reports.find(usable)!.id]} works.` });
    } else {
      reports.push(await tryOut(id, options, false));
    }
  }
  const good = reports.filter(usable);
  const fastest = Math.min(...good.map((r) => r.milliseconds!));
  const best = good.find((r) => r.milliseconds! <= fastest * 1.1);
  if (!best) {
    throw new Problem(`Nothing here computes correctly: ${reports.map((r) => `${NAMES[r.id]}: ${r.reason}`).join(' ')}`, {}, 'Use a current version of Chrome, Edge, Firefox or Safari.');
  }
  best.reason = `Used: right numbers in the self-test${good.length > 1 ? ', and the fastest step' : ''} (${Math.round(best.milliseconds!)} ms a step).`;
  for (const r of good) if (r !== best) r.reason = `Right numbers, but slower: ${Math.round(r.milliseconds!)} ms a step against ${Math.round(best.milliseconds!)} ms.`;
  await loadBackend(best.id, options);
  const skipped = reports.filter((r) => r !== best && ORDER.indexOf(r.id) < ORDER.indexOf(best.id)).map((r) => `${NAMES[r.id]}: ${r.reason}`);
  return summary(best, [`${NAMES[best.id]} gives right numbers in the self-test (${Math.round(best.milliseconds!)} ms a step).`, ...skipped].join(' '), reports);
}

async function byName(id: BackendId, options: BackendOptions): Promise<BackendChoice> {
  const report = await tryOut(id, options, true);
  if (!report.available || !report.correct) throw new Problem(`${NAMES[id]} cannot be used: ${report.reason}`, {}, 'Choose "automatic", or another backend.');
  await loadBackend(id, options);
  report.reason = `Used because it was asked for. ${report.reason}`.trim();
  return summary(report, report.reason, [report]);
}

const usable = (r: BackendReport): boolean => r.available && r.correct && r.milliseconds !== null;

const summary = (chosen: BackendReport, reason: string, reports: BackendReport[]): BackendChoice => ({
  chosen: chosen.id,
  reason,
  reports,
  threads: threadsInUse(),
  kernels: kernelsInUse(),
  isolated: Boolean((globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated),
});

/** @param named a backend the user asked for is tested even on a software adapter, without the benchmark an emulator would take minutes for. */
async function tryOut(id: BackendId, options: BackendOptions, named: boolean): Promise<BackendReport> {
  const report: BackendReport = { id, available: false, correct: false, milliseconds: null, detail: '', reason: '' };
  const adapter: Adapter = id === 'webgpu' ? await webgpuAdapter() : id === 'webgl' ? webglAdapter() : { name: NAMES[id], software: false, why: '' };
  if (adapter.name === null) return { ...report, reason: `Not available: ${adapter.why}.` };
  report.detail = adapter.name;
  if (adapter.software && !named) return { ...report, available: true, reason: `${adapter.name} imitates a graphics card on the processor: far slower than WASM, so it is not used by itself.` };
  try {
    await loadBackend(id, options);
    report.available = true;
    if (id === 'wasm') report.detail = await wasmDetail();
    const deviation = await deviationFromFloat64();
    report.correct = deviation <= ALLOWED_DEVIATION;
    if (!report.correct) return { ...report, reason: `Wrong numbers: three training steps end ${deviation.toExponential(1)} away from the reference.` };
    if (adapter.software) return { ...report, reason: `${adapter.name} imitates a graphics card on the processor: expect it to be very slow.` };
    report.milliseconds = await millisecondsPerStep(ownKernels() ? 3 : 1);
    return report;
  } catch (error) {
    return { ...report, reason: `It failed: ${messageOf(error)}` };
  }
}

async function wasmDetail(): Promise<string> {
  const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const threads = threadsInUse();
  return `${simd ? 'SIMD' : 'no SIMD'}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}
