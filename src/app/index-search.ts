/** The worker that builds and measures indexes. Hashing cannot be interrupted, so Stop ends the worker where it does not answer; the next call starts another. */
import type { IndexCalls } from '../../workers/index-protocol';
import { connect, type WorkerLike } from '../../workers/rpc';

export const indexWorker = connect<IndexCalls>(() => new Worker(new URL('../../workers/index-search.worker.ts', import.meta.url), { type: 'module', name: 'index' }) as unknown as WorkerLike, 300);
