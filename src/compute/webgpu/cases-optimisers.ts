/** Five steps of every optimiser, by its kernel and by its twin. */
import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { adagradComposite, ADAGRAD_DEFAULTS, adagradStep } from '../kernels/adagrad';
import { adamComposite, ADAM_DEFAULTS, adamStep } from '../kernels/adam';
import { adamRowsComposite, adamRowsStep } from '../kernels/adam-rows';
import { indices, normals } from './case';

const STEPS = 5;
type Way = 'fast' | 'slow';
export interface OptimiserCase {
  name: string;
  /** Small enough to be run once more with our kernels off. */
  small: boolean;
  /** On the backend in use. @returns the weight and what the optimiser remembers of it */
  steps(way: Way): Promise<Float32Array[]>;
}

type Slot = Record<string, Tensor>;
/** @param remembers what the optimiser keeps besides w, all 0 at the start */
function optimiser<S extends Slot>(name: string, shape: number[], remembers: readonly (keyof S & string)[], step: (way: Way, slot: S, g: Tensor, t: number) => S): OptimiserCase {
  const data = Array.from({ length: STEPS + 1 }, () => normals(shape).data);
  const of = (x: Float32Array): Tensor => tensor(x.slice(), shape, 'float32');
  return {
    name: `${name} on ${shape.join(' × ')}`,
    small: data[0]!.length < 20,
    async steps(way) {
      let slot = { w: of(data[0]!), ...Object.fromEntries(remembers.map((k) => [k, of(new Float32Array(data[0]!.length))])) } as Slot as S;
      for (let t = 1; t <= STEPS; t++) {
        const g = of(data[t]!);
        slot = step(way, slot, g, t);
        g.dispose();
        await slot[remembers[0]!]!.data(); // read in the middle: what was read must not be taken for what comes after
      }
      const out = [];
      for (const t of Object.values(slot)) {
        out.push(Float32Array.from(await t.data()));
        t.dispose();
      }
      return out;
    },
  };
}

export function optimiserCases(): OptimiserCase[] {
  const adam = { fast: adamStep, slow: adamComposite };
  const adagrad = { fast: adagradStep, slow: adagradComposite };
  const adamRows = { fast: adamRowsStep, slow: adamRowsComposite };
  return [
    ...[0, 0.1].flatMap((weightDecay) => [[5, 3], [1], [700]].flatMap((shape) => [
      optimiser(`Adam, decay ${weightDecay},`, shape, ['m', 'v'], (way, slot: { w: Tensor; m: Tensor; v: Tensor }, g, t) => adam[way](slot, g, { ...ADAM_DEFAULTS, learningRate: 0.01, weightDecay }, t)),
      optimiser(`Adagrad, decay ${weightDecay},`, shape, ['s'], (way, slot: { w: Tensor; s: Tensor }, g) => adagrad[way](slot, g, { ...ADAGRAD_DEFAULTS, weightDecay })),
    ])),
    ...[[5, 3, 4], [1, 1, 1], [300, 7, 40], [9, 4, 0]].map(([R, D, touched]) => {
      const index = Array.from({ length: STEPS + 1 }, (_, t) => (touched ? Int32Array.of(...indices(touched, R!), t % R!, t % R!, -1, R!) : new Int32Array(0)));
      return optimiser(`Adam for ${touched} rows`, [R!, D!], ['m', 'v'], (way, slot: { w: Tensor; m: Tensor; v: Tensor }, g, t) => adamRows[way](slot, g, index[t]!, { ...ADAM_DEFAULTS, learningRate: 0.01 }, t));
    }),
  ];
}
