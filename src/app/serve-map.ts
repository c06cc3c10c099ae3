/** The workers that lay out maps. UMAP's first part cannot be interrupted, so Stop ends its worker; it has one of its own, so that nothing else ends with it. */
import type { MapCalls } from '../../workers/protocol';
import { connect, type Client, type WorkerLike } from '../../workers/rpc';

const start = (name: string): Client<MapCalls> =>
  connect<MapCalls>(() => new Worker(new URL('../../workers/serve-map.worker.ts', import.meta.url), { type: 'module', name }) as unknown as WorkerLike, 200);

export const mapWorker = start('map');
export const umapWorker = start('umap');
