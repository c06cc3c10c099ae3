import type { ModelState, TrainData } from '../../core/model';
import { ratingMatrix } from '../../math/rating-matrix';
import { numpyRandom } from './numpy-start';

/** How Surprise draws the factors a model starts from, in the order it draws them. */
const DRAWN = {
  svd: { kind: 'normal', names: ['p', 'q'] },
  'svd-pp': { kind: 'normal', names: ['p', 'q', 'y'] },
  nmf: { kind: 'uniform', names: ['p', 'q'] },
} as const;

/**
 * The state before the first epoch that Surprise has with this random_state: one matrix after the other,
 * users (p) or items (q, y) numbered by first appearance, read user by user.
 */
export function surpriseStart(train: TrainData, factors: number, seed: number, model: string): ModelState {
  const m = ratingMatrix(train);
  const random = numpyRandom(seed);
  const found = Object.entries(DRAWN).find(([id]) => id === model)?.[1];
  if (!found) throw new Error(`It is not written down how Surprise starts ${model}.`);
  const draw = (): number => (found.kind === 'normal' ? 0.1 * random.normal() : random.double());
  const users = Array.from({ length: m.U }, (_, u) => u).filter((u) => m.users.start[u + 1]! > m.users.start[u]!);
  const items = [...new Set(m.users.other)];
  const array = (data: Float64Array, ...shape: number[]) => ({ shape, data });
  const drawn = found.names.map((name) => {
    const [rows, appearing] = name === 'p' ? [m.U, users] : [m.I, items];
    const data = new Float64Array(rows * factors);
    for (const x of appearing) for (let d = 0; d < factors; d++) data[x * factors + d] = draw();
    return [name, array(data, rows, factors)] as const;
  });
  return { version: 1, arrays: { bu: array(new Float64Array(m.U), m.U), bi: array(new Float64Array(m.I), m.I), ...Object.fromEntries(drawn) }, meta: { epoch: 0 } };
}
