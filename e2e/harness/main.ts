/** Test page: runs the project's own numbers inside real browser workers and hands them to the test. Never shipped. */
import { textWorker } from '../../src/app/workers';
import type { ParityReport } from '../../src/models/two-tower/parity';
import type { BackendChoice, BackendId } from '../../workers/protocol';
import { connect, type WorkerLike } from '../../workers/rpc';
import type { NumbersCalls, TwinReport } from './numbers';

const numbers = connect<NumbersCalls>(() => new Worker(new URL('./numbers.worker.ts', import.meta.url), { type: 'module' }) as unknown as WorkerLike);
const base = new URL('./', document.baseURI).href;

export interface Harness {
  isolated: boolean;
  backend(prefer: BackendId | 'auto'): Promise<BackendChoice>;
  parity(backend: BackendId, fixture: unknown): Promise<ParityReport>;
  twins(): Promise<TwinReport>;
  embed(texts: string[]): Promise<number[][]>;
}

const harness: Harness = {
  isolated: globalThis.crossOriginIsolated,
  backend: (prefer) => numbers.call('backend', { prefer }),
  parity: (backend, fixture) => numbers.call('parity', { backend, fixture }),
  twins: () => numbers.call('twins', {}),
  async embed(texts) {
    const { vectors } = await textWorker.call('embed', { texts, column: 'text', encoder: 'minilm', base, allowHub: false });
    return texts.map((_, k) => [...vectors.vectors.subarray(k * vectors.dim, (k + 1) * vectors.dim)]);
  },
};
(globalThis as unknown as { harness: Harness }).harness = harness;
