/** Lays vectors out in two dimensions: principal components at once, UMAP step by step. */
import { UMAP } from 'umap-js';
import { Problem } from '../src/core/problem';
import { createRandom } from '../src/core/random';
import { fitPca, projectPca } from '../src/math/pca';
import { createBreather } from '../src/experiment/macrotask';
import type { MapCalls, MapRows } from './protocol';
import type { Handlers } from './rpc';

/** A layout in progress is sent this often at most. */
const SHOW_EVERY_MS = 300;

/** With fewer, nothing has neighbours to tell from the rest. */
const LEAST_POINTS = 4;

/** Rows of length 1 (or 0), in place: the array came by transfer or copy and is ours. */
function toUnit({ rows, cols, data }: MapRows): Float32Array {
  for (let r = 0; r < rows; r++) {
    let squares = 0;
    for (let d = 0; d < cols; d++) squares += data[r * cols + d]! ** 2;
    const inverse = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let d = 0; d < cols; d++) data[r * cols + d]! *= inverse;
  }
  return data;
}

const flat = (points: readonly number[][]): Float32Array => Float32Array.from(points.flat());

export const handlers: Handlers<MapCalls> = {
  async pca({ from, ...input }, ctx) {
    const data = toUnit(input);
    const pca = await fitPca(data, from, input.cols, 2);
    const xy = projectPca(pca, data, input.rows);
    ctx.transfer([xy.buffer as ArrayBuffer]);
    return { xy, explained: [pca.explained[0]!, pca.explained[1]!], sampled: pca.sampled };
  },

  async umap({ neighbours, seed, ...input }, { signal, progress }) {
    const { rows, cols } = input;
    if (rows < LEAST_POINTS) throw new Problem(`UMAP needs at least ${LEAST_POINTS} points, and there ${rows === 1 ? 'is 1' : `are ${rows}`}.`, {}, 'Principal components lay out any number of them.');
    const data = toUnit(input);
    const random = createRandom(seed, 'umap');
    // Rows have length 1, so Euclidean order is cosine order.
    const umap = new UMAP({ nComponents: 2, nNeighbors: Math.max(2, Math.min(neighbours, rows - 1)), minDist: 0.1, random: () => random.next() });
    progress({ epoch: 0, epochs: 0, xy: null });
    const breathe = createBreather();
    const epochs = umap.initializeFit(Array.from({ length: rows }, (_, r) => Array.from(data.subarray(r * cols, (r + 1) * cols))));
    let shown = performance.now();
    for (let epoch = 1; epoch <= epochs; epoch++) {
      umap.step();
      if (performance.now() - shown >= SHOW_EVERY_MS) {
        shown = performance.now();
        progress({ epoch, epochs, xy: flat(umap.getEmbedding()) });
      }
      await breathe();
      signal.throwIfAborted();
    }
    return { xy: flat(umap.getEmbedding()) };
  },
};
