/** The worker that lays out maps. UMAP's first part cannot be interrupted, so Stop ends the worker; the next call starts another. */
import type { MapCalls } from '../../workers/protocol';
import { connect, type WorkerLike } from '../../workers/rpc';

export const mapWorker = connect<MapCalls>(() => new Worker(new URL('../../workers/serve-map.worker.ts', import.meta.url), { type: 'module', name: 'map' }) as unknown as WorkerLike, 200);
