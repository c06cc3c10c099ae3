/** The three workers, one client each. A worker starts with its first call. */
import type { DataCalls, TextCalls, TrainerCalls } from '../../workers/protocol';
import { connect, type WorkerLike } from '../../workers/rpc';

const start = (worker: Worker): WorkerLike => worker as unknown as WorkerLike;

export const dataWorker = connect<DataCalls>(() => start(new Worker(new URL('../../workers/data.worker.ts', import.meta.url), { type: 'module', name: 'data' })));
export const textWorker = connect<TextCalls>(() => start(new Worker(new URL('../../workers/text.worker.ts', import.meta.url), { type: 'module', name: 'text' })));
export const trainerWorker = connect<TrainerCalls>(() => start(new Worker(new URL('../../workers/trainer.worker.ts', import.meta.url), { type: 'module', name: 'trainer' })));

/** Where static files lie, as an absolute address a worker can use too. */
export const baseAddress = (): string => new URL('./', document.baseURI).href;
