/** Start values, every parameter from a random stream of its own name, so that adding a feature changes no other start. */
import type { StateArray } from '../../core/model';
import type { Random } from '../../core/random';
import type { Features, SideFeatures } from './features';

export type Scorer = 'dotCompress' | 'dot' | 'mlp';
export interface Architecture {
  combine: 'cat' | 'sum';
  scorer: Scorer;
  /** d: width of every embedding. */
  embedding: number;
  /** D: width of both towers' outputs. */
  output: number;
  hidden: readonly [number, number];
  /** Standard deviation of embeddings at the start; 1 in the reference. */
  startScale: number;
  /** Rows added to `item.id` for "an item not known by id" (0 or 1). */
  unknownItem: number;
}
type Weights = Record<string, StateArray>;

export function initialWeights(features: Features, a: Architecture, random: Random): Weights {
  const w: Weights = {};
  const [H1, H2] = a.hidden;
  const fill = (name: string, shape: number[], draw: (r: Random) => number): void => {
    const r = random.stream(name);
    w[name] = { shape, data: Float32Array.from({ length: shape.reduce((x, y) => x * y, 1) }, () => draw(r)) };
  };
  /** PyTorch's default for nn.Linear: weight and bias U(±1/√in). Stored [in, out]. */
  const linear = (name: string, from: number, to: number): void => {
    const bound = 1 / Math.sqrt(from);
    fill(`${name}.W`, [from, to], (r) => bound * (2 * r.next() - 1));
    fill(`${name}.b`, [to], (r) => bound * (2 * r.next() - 1));
  };
  const tower = (side: 'user' | 'item', s: SideFeatures): void => {
    for (const f of s.features) {
      const extra = side === 'item' && f.name === 'id' ? a.unknownItem : 0;
      fill(`${side}.${f.name}`, [f.size + extra, a.embedding], (r) => a.startScale * r.normal());
    }
    if (s.text) linear(`${side}.text`, s.text.dim, a.embedding);
    const parts = s.features.length + (s.text ? 1 : 0);
    const widths = [a.combine === 'cat' ? parts * a.embedding : a.embedding, H1, H2, a.output];
    for (const k of [1, 2, 3]) linear(`${side}.L${k}`, widths[k - 1]!, widths[k]!);
  };
  tower('user', features.user);
  tower('item', features.item);
  if (a.scorer === 'dot') return w;
  if (a.scorer === 'dotCompress') {
    const half = a.output / 2;
    const scale = Math.sqrt(2 / (2 + half)); // Xavier normal
    fill('score.compress.W', [2, half], (r) => scale * r.normal());
    fill('score.compress.b', [half], () => 0);
  }
  const widths = [a.scorer === 'dotCompress' ? a.output : 2 * a.output, H1, H2, 1];
  for (const k of [1, 2, 3]) linear(`score.L${k}`, widths[k - 1]!, widths[k]!);
  for (const k of [1, 2]) {
    fill(`score.LN${k}.gamma`, [widths[k]!], () => 1);
    fill(`score.LN${k}.beta`, [widths[k]!], () => 0);
  }
  return w;
}
