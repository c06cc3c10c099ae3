/** A trained network as a Recommender: every pair is scored, in blocks. */
import type { ItemIndex, UserIndex } from '../../core/ids';
import type { Matrix, ModelState, Recommender, TrainData } from '../../core/model';
import type { Parameters } from '../../compute/parameters';
import { getBackend, tidy } from '../../compute/tensors';
import { cosinesOf, largest } from '../../math/cosine-rows';
import type { NeuMfParams } from './index';
import { allLogits } from './network';

/** Pairs at once: with the MLP each holds a few hundred numbers. */
const PAIRS = 32768;

export function createRecommender(parameters: Parameters, train: TrainData, params: NeuMfParams, o: { save(): Promise<ModelState>; onDispose?(): void }): Recommender {
  const { I } = train;
  const block = params.part === 'gmf' ? Math.max(1, Math.floor((1 << 22) / I)) : Math.max(1, Math.floor(PAIRS / I));
  let live = true;
  /** Vectors of both halves side by side. */
  const sideBySide = async (side: 'user' | 'item'): Promise<Matrix> => {
    const names = (['gmf', 'mlp'] as const).map((half) => `${half}.${side}`).filter((n) => parameters.has(n));
    const tables = await Promise.all(names.map(async (n) => ({ width: parameters.get(n).shape[1]!, data: await parameters.get(n).data() })));
    const rows = parameters.get(names[0]!).shape[0]!;
    const cols = tables.reduce((s, t) => s + t.width, 0);
    const data = new Float32Array(rows * cols);
    let column = 0;
    for (const t of tables) {
      for (let r = 0; r < rows; r++) data.set(t.data.subarray(r * t.width, (r + 1) * t.width), r * cols + column);
      column += t.width;
    }
    return { rows, cols, data };
  };
  return {
    async score(users: readonly UserIndex[] | Int32Array, out: Float32Array): Promise<void> {
      const list = Int32Array.from(users);
      for (let from = 0; from < list.length; from += block) {
        const s = tidy(() => allLogits(parameters.get, params.part, params.layers, list.subarray(from, from + block)));
        out.set((getBackend() === 'wasm' || getBackend() === 'cpu' ? s.dataSync() : await s.data()) as Float32Array, from * I);
        s.dispose();
      }
    },
    async similarItems(item: ItemIndex, k: number) {
      const { rows, cols, data } = await sideBySide('item');
      for (let i = 0; i < rows; i++) {
        const row = data.subarray(i * cols, (i + 1) * cols);
        const length = Math.sqrt(row.reduce((s, x) => s + x * x, 0)) || 1;
        for (let c = 0; c < cols; c++) row[c]! /= length;
      }
      const cosine = new Float32Array(rows);
      cosinesOf({ rows, dim: cols, data }, item, cosine);
      const items = largest(cosine, k, item);
      return { items, scores: Float32Array.from(items, (i) => cosine[i]!) };
    },
    vectors: async () => ({ users: await sideBySide('user'), items: await sideBySide('item') }),
    save: () => o.save(),
    dispose() {
      if (!live) return;
      live = false;
      o.onDispose?.();
    },
  };
}
