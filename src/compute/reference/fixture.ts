/**
 * Comparing a model with PyTorch's numbers: how a fixture writes tensors, and the same study (outputs, gradients, Adam steps) run on the float64
 * tape and on tensors. Tests only.
 */
import type { StateArray } from '../../core/model';
import { Parameters, type Lookup } from '../parameters';
import { dispose, tidy, type Tensor } from '../tensors';
import { Adam64, Tape64, type Node64 } from './tape';

export interface FixtureTensor {
  shape: number[];
  data: number[];
}
export type FixtureWeights = Record<string, FixtureTensor>;

/** A linear layer's weight is [out, in] in the fixtures and [in, out] in our models: names for which `flips` says so change sides. */
export function toOurs(name: string, t: FixtureTensor, flips: (name: string) => boolean): { shape: number[]; data: Float64Array } {
  const data = Float64Array.from(t.data);
  if (!flips(name)) return { shape: t.shape, data };
  const [r, c] = t.shape as [number, number];
  const out = new Float64Array(r * c);
  for (let i = 0; i < r; i++) for (let j = 0; j < c; j++) out[j * r + i] = data[i * c + j]!;
  return { shape: [c, r], data: out };
}

export type Weights64 = Record<string, { shape: number[]; data: Float64Array }>;
export const allToOurs = (w: FixtureWeights, flips: (name: string) => boolean): Weights64 => Object.fromEntries(Object.entries(w).map(([n, t]) => [n, toOurs(n, t, flips)]));

/** Largest |a − b| / (absolute + relative · |b|): below 1 = within tolerance. Infinity where lengths differ or a number is missing. */
export function deviation(a: ArrayLike<number>, b: ArrayLike<number>, relative: number, absolute: number): number {
  if (a.length !== b.length) return Infinity;
  let worst = 0;
  for (let k = 0; k < b.length; k++) {
    const d = Math.abs(a[k]! - b[k]!) / (absolute + relative * Math.abs(b[k]!));
    if (!(d <= worst)) worst = Number.isNaN(d) ? Infinity : d;
  }
  return worst;
}

type Numbers = ArrayLike<number>;
/** What a study found; losses[t] is the loss before step t + 1, weights[t] those after it. */
export interface Found {
  outputs: Record<string, Numbers>;
  gradients: Record<string, Numbers>;
  losses: number[];
  weights: Record<string, Numbers>[];
}
export interface StudySettings {
  learningRate: number;
  beta2?: number;
  steps: number;
}
export type TwinLookup = (name: string) => Node64;
export type TwinForward = (t: Tape64, p: TwinLookup, step: number) => Record<string, Node64> & { loss: Node64 };
export type TensorForward = (p: Lookup, step: number) => Record<string, Tensor> & { loss: Tensor };

/** One evaluation on the tape, with a leaf for every weight. Vectors become one row. */
export function twinPass(weights: Weights64, forward: TwinForward, step = 0) {
  const t = new Tape64();
  const leaves = Object.fromEntries(Object.entries(weights).map(([n, { shape, data }]) => [n, t.node(shape.length === 2 ? shape[0]! : 1, shape.at(-1)!, data)]));
  const outputs = forward(t, (name) => {
    const leaf = leaves[name];
    if (!leaf) throw new Error(`The twin has no weight "${name}".`);
    return leaf;
  }, step);
  t.backward(outputs.loss);
  return { outputs, gradients: Object.fromEntries(Object.entries(leaves).map(([n, l]) => [n, l.grad])) };
}

export function twinStudy(start: Weights64, forward: TwinForward, s: StudySettings): Found {
  const weights: Weights64 = Object.fromEntries(Object.entries(start).map(([n, w]) => [n, { shape: w.shape, data: Float64Array.from(w.data) }]));
  const adam = new Adam64(s.learningRate, 0.9, s.beta2);
  const data = Object.fromEntries(Object.entries(weights).map(([n, w]) => [n, w.data]));
  const found: Found = { outputs: {}, gradients: {}, losses: [], weights: [] };
  for (let k = 0; k < s.steps; k++) {
    const { outputs, gradients } = twinPass(weights, forward, k);
    if (k === 0) {
      found.outputs = Object.fromEntries(Object.entries(outputs).map(([n, o]) => [n, o.data]));
      found.gradients = gradients;
    }
    found.losses.push(outputs.loss.data[0]!);
    adam.step(data, gradients);
    found.weights.push(Object.fromEntries(Object.entries(data).map(([n, d]) => [n, Float64Array.from(d)])));
  }
  return found;
}

/** The same on tensors, on whatever backend is in use. Leaves no tensor behind. */
export async function tensorStudy(start: Weights64, forward: TensorForward, s: StudySettings): Promise<Found> {
  const weights: Record<string, StateArray> = Object.fromEntries(Object.entries(start).map(([n, w]) => [n, { shape: w.shape, data: Float32Array.from(w.data) }]));
  const parameters = new Parameters(weights, { learningRate: s.learningRate, ...(s.beta2 === undefined ? {} : { beta2: s.beta2 }) });
  const read = async (of: Record<string, Tensor>): Promise<Record<string, Numbers>> => {
    const out: Record<string, Numbers> = {};
    for (const [n, t] of Object.entries(of)) out[n] = Float32Array.from(await t.data());
    dispose(Object.values(of));
    return out;
  };
  const found: Found = { outputs: await read(tidy(() => forward(parameters.get, 0))), gradients: {}, losses: [], weights: [] };
  const first = parameters.gradients((p) => forward(p, 0).loss);
  first.loss.dispose();
  found.gradients = await read(first.gradients);
  for (let k = 0; k < s.steps; k++) {
    const loss = parameters.step((p) => forward(p, k).loss);
    found.losses.push((await loss.data())[0]!);
    loss.dispose();
    found.weights.push(Object.fromEntries(Object.entries(await parameters.weights()).map(([n, w]) => [n, w.data])));
  }
  parameters.dispose();
  return found;
}

/** What a fixture's case says a study should find. Weights after step t are under `weightsAfter<t>`. */
export interface Expected {
  forward: Record<string, FixtureTensor>;
  gradients: FixtureWeights;
  zeroByTheory?: string[];
  training: { losses: number[]; weightsAfter1?: FixtureWeights; weightsAfter3?: FixtureWeights };
}

/**
 * Deviations of a study, in units of the tolerance of the precision (below 1 = within): values, losses and gradients 1e-9 relative in float64, 1e-4
 * relative + 1e-5 absolute in float32; weights 1e-9, or 1e-5 absolute.
 * @param outputs our name of each output of the fixture that is compared
 */
export function compare(found: Found, e: Expected, outputs: Record<string, string>, flips: (name: string) => boolean, precision: 'float64' | 'float32'): Record<string, number> {
  const [relative, absolute] = precision === 'float64' ? [1e-9, 1e-9] : [1e-4, 1e-5];
  const report: Record<string, number> = { losses: deviation(found.losses, e.training.losses, relative, absolute) };
  for (const [theirs, ours] of Object.entries(outputs)) report[theirs] = deviation(found.outputs[ours]!, e.forward[theirs]!.data, relative, absolute);
  for (const [n, g] of Object.entries(e.gradients)) report[`gradient of ${n}`] = deviation(found.gradients[n]!, toOurs(n, g, flips).data, relative, absolute);
  for (const step of [1, 3] as const) {
    for (const [n, w] of Object.entries(e.training[`weightsAfter${step}`] ?? {})) {
      if (e.zeroByTheory?.includes(n)) continue; // Adam makes steps of round-off
      report[`${n} after step ${step}`] = deviation(found.weights[step - 1]![n]!, toOurs(n, w, flips).data, precision === 'float64' ? 1e-9 : 0, precision === 'float64' ? 1e-9 : 1e-5);
    }
  }
  return report;
}
