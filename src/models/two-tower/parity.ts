/** Compares the tensor implementation, on whatever backend is in use, with PyTorch's numbers. */
import { deviation, type FixtureTensor } from '../../compute/reference/fixture';
import { dispose, getBackend, tensor1d, tidy, type Tensor } from '../../compute/tensors';
import { fixtureArchitecture, fixtureBatches, fixtureFeatures, fixtureWeights, ranksOf, toOurs, type FixtureCase, type TwoTowerFixture } from './fixture';
import { Network } from './network';
import { createRecommender } from './recommender';
import { pairPreActivation } from './scorer';

/** Deviations in units of the tolerance (1 = just allowed): values 1e-4 relative + 1e-5 absolute, weights 1e-5 absolute. */
export interface CaseParity {
  name: string;
  towers: number;
  scores: number;
  loss: number;
  gradients: number;
  losses: number;
  weightsAfter1: number;
  weightsAfter2: number;
  weightsAfter5: number;
  ranksEqual: boolean;
}
export interface ParityReport {
  backend: string;
  cases: CaseParity[];
  /** The largest of all deviations; below 1 = within tolerance everywhere. */
  worst: number;
  ranksEqual: boolean;
}

type Numbers = ArrayLike<number>;
const values = (a: Numbers, b: Numbers): number => deviation(a, b, 1e-4, 1e-5);

async function read(t: Tensor): Promise<Numbers> {
  const data = (await t.data()) as Float32Array;
  t.dispose();
  return data;
}

async function checkCase(f: TwoTowerFixture, c: FixtureCase): Promise<CaseParity> {
  const net = new Network(fixtureFeatures(f), fixtureArchitecture(f, c), fixtureWeights(c.weights), { learningRate: f.adam.lr });
  const batches = fixtureBatches(f);
  const { U, I, margin } = f.sizes;
  const settings = { loss: 'margin' as const, margin, temperature: 1 };
  const everyone = Uint8Array.from({ length: Math.max(U, I) }, () => 1);

  const u = net.outputs('user');
  const v = net.outputs('item');
  const pre = tidy(() => {
    const a = tensor1d(Int32Array.from({ length: U * I }, (_, k) => Math.floor(k / I)), 'int32');
    const b = tensor1d(Int32Array.from({ length: U * I }, (_, k) => k % I), 'int32');
    return pairPreActivation(net.parameters.get, net.architecture, u, v, a, b);
  });
  const towers = Math.max(values(await read(u), c.forward.userTower.data), values(await read(v), c.forward.itemTower.data));
  let scores = values(await read(pre), c.forward.beforeLastGelu.data);
  const ranked = async (): Promise<Float32Array> => {
    const r = await createRecommender(net, { itemSeen: everyone, userSeen: everyone, untrained: 'start', save: () => Promise.reject(new Error('not saved here')) });
    const out = new Float32Array(U * I);
    await r.score(Int32Array.from({ length: U }, (_, k) => k), out);
    r.dispose?.();
    return out;
  };
  scores = Math.max(scores, values(await ranked(), c.forward.scores.data));
  scores = Math.max(scores, values(await read(tidy(() => net.batchScores(net.parameters.get, batches[0]!))), c.batch1.scores.data));

  const first = net.parameters.gradients((p) => net.batchLoss(p, batches[0]!, settings));
  const loss = values(await first.loss.data(), c.batch1.loss.data);
  let gradients = 0;
  for (const [name, g] of Object.entries(first.gradients)) gradients = Math.max(gradients, values(await g.data(), toOurs(name, c.batch1.gradients[name]!).data));
  dispose([first.loss, ...Object.values(first.gradients)]);

  const losses: number[] = [];
  const after: Record<number, number> = {};
  const expected: Record<number, Record<string, FixtureTensor>> = { 1: c.training.weightsAfter1, 2: c.training.weightsAfter2, 5: c.training.weightsAfter5 };
  for (let t = 1; t <= batches.length; t++) {
    losses.push((await read(net.step((p) => net.batchLoss(p, batches[t - 1]!, settings))))[0]!);
    if (!expected[t]) continue;
    after[t] = 0;
    for (const [name, w] of Object.entries(await net.parameters.weights())) {
      after[t] = Math.max(after[t]!, deviation(w.data, toOurs(name, expected[t]![name]!).data, 0, 1e-5));
    }
  }
  const final = await ranked();
  const same = (a: number[], b: number[]): boolean => a.join() === b.join();
  const ranksEqual =
    same(ranksOf(f, final, 'validation', false), c.rankingAfter5.validation.ranks) &&
    same(ranksOf(f, final, 'test', true), c.rankingAfter5.test.ranks) &&
    same(ranksOf(f, final, 'test', false), c.rankingAfter5.testAsPublished.ranks);
  net.dispose();
  return { name: c.name, towers, scores, loss, gradients, losses: values(losses, c.training.losses), weightsAfter1: after[1]!, weightsAfter2: after[2]!, weightsAfter5: after[5]!, ranksEqual };
}

/** @param fixture the parsed `two_tower.json` */
export async function parityReport(fixture: TwoTowerFixture): Promise<ParityReport> {
  const cases: CaseParity[] = [];
  for (const c of fixture.cases) cases.push(await checkCase(fixture, c));
  const figures = cases.flatMap((c) => Object.values(c).filter((x): x is number => typeof x === 'number'));
  return { backend: getBackend(), cases, worst: Math.max(...figures), ranksEqual: cases.every((c) => c.ranksEqual) };
}
