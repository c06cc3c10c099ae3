import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../compute/load-backend';
import { memory } from '../../compute/tensors';
import type { FitContext, ModelState, Progress, Recommender, TrainData } from '../../core/model';
import { itemIndex } from '../../core/ids';
import { parseParams } from '../../core/params';
import { createRandom } from '../../core/random';
import { switchKernels } from '../../compute/kernel-switch';
import { fit, restore } from './fit';
import { readFeatures } from './features';
import { twoTower, type TwoTowerParams } from './index';
import { initialWeights } from './initial';

const [U, I] = [24, 30];
/** Users and items of two kinds; everybody plays 8 items of their own kind. Items 28 and 29 are never played. */
function world(): TrainData {
  const random = createRandom(4, 'two kinds');
  const lists = Array.from({ length: U }, (_, u) => {
    const mine = Array.from({ length: 14 }, (_, k) => 2 * k + (u % 2));
    return random.shuffle(mine).slice(0, 8);
  });
  const userStart = Int32Array.from({ length: U + 1 }, (_, u) => 8 * u);
  const item = Int32Array.from(lists.flat());
  const itemDegree = new Int32Array(I);
  for (const i of item) itemDegree[i]!++;
  const kind = (n: number) => ({ kind: 'categorical' as const, name: 'kind', codes: Int32Array.from({ length: n }, (_, k) => k % 2), levels: ['even', 'odd'] });
  const table = (n: number) => ({ ids: Array.from({ length: n }, (_, k) => String(k)), columns: [kind(n)], label: null });
  return { U, I, user: Int32Array.from({ length: 8 * U }, (_, k) => Math.floor(k / 8)), item, time: null, value: null, userStart, itemDegree, users: table(U), items: table(I), validationItem: new Int32Array(U).fill(-1) };
}
const small = { embedding: 8, output: 16, negatives: 4, batch: 32, learningRate: 5e-3, epochs: 4 };

interface Run {
  recommender: Recommender;
  events: Progress[];
  checkpoints: ModelState[];
  scores: Float32Array;
}
async function run(set: Record<string, unknown> = {}, more: Partial<FitContext<TwoTowerParams>> & { onEvent?(p: Progress): 'continue' | 'stop' | void } = {}): Promise<Run> {
  const events: Progress[] = [];
  const checkpoints: ModelState[] = [];
  const recommender = await fit({
    train: world(),
    text: null,
    params: parseParams(twoTower.params, { ...small, ...set }),
    random: createRandom(7),
    signal: new AbortController().signal,
    ...more,
    async report(p) {
      events.push(p);
      if (p.kind === 'epoch') checkpoints.push(await p.checkpoint());
      return more.onEvent?.(p) ?? 'continue';
    },
  });
  const scores = new Float32Array(U * I);
  await recommender.score(Int32Array.from({ length: U }, (_, u) => u), scores);
  return { recommender, events, checkpoints, scores };
}
const losses = (r: Run) => r.events.flatMap((e) => (e.kind === 'epoch' ? [e.loss] : []));

// Plain JavaScript multiplies slowly: it shows the two claims about bits on few batches.
describe('fit on cpu', () => {
  beforeAll(() => loadBackend('cpu'));
  it('the same seed gives the same bits, and resumed = uninterrupted', async () => {
    const set = { negatives: 1, epochs: 2, batch: 96 };
    const [a, b] = [await run(set), await run(set)];
    expect(a.scores).toEqual(b.scores);
    const rest = await run(set, { resume: structuredClone(a.checkpoints[0]!), random: createRandom(99) });
    expect(losses(rest)).toEqual(losses(a).slice(1));
    expect(rest.scores).toEqual(a.scores);
    for (const r of [a, b, rest]) r.recommender.dispose?.();
  });
});

describe('fit on wasm', () => {
  beforeAll(() => loadBackend('wasm'));

  it.each(['dotCompress', 'dot', 'mlp'] as const)('%s: an item of the user’s own kind is scored above one of the other', async (scorer) => {
    const r = await run({ scorer, epochs: 12, startScale: 1 });
    let right = 0;
    for (let u = 0; u < U; u++) for (let i = 0; i < 14; i++) right += Number(r.scores[u * I + 2 * i + (u % 2)]! > r.scores[u * I + 2 * i + 1 - (u % 2)]!);
    expect(right / (U * 14)).toBeGreaterThan(0.95);
    r.recommender.dispose?.();
  });

  it('the same seed gives the same bits, another seed others', async () => {
    const [a, b] = [await run(), await run()];
    expect(a.scores).toEqual(b.scores);
    expect(losses(a)).toEqual(losses(b));
    const c = await run({}, { random: createRandom(8) });
    expect(c.scores).not.toEqual(a.scores);
    for (const r of [a, b, c]) r.recommender.dispose?.();
  });

  it.each([{ idDropout: 0 }, { idDropout: 0.3 }, { warmUp: 15 }, { scorer: 'dot', loss: 'softmax' }, { optimiser: 'lazyAdam' }, { optimiser: 'adagrad', learningRate: 0.02 }])('resumed after epoch 2 = uninterrupted, bit for bit (%j)', async (set) => {
    const whole = await run(set);
    // A checkpoint survives storage: through structured clone, with another generator in the context.
    const rest = await run(set, { resume: structuredClone(whole.checkpoints[1]!), random: createRandom(99) });
    expect(losses(rest)).toEqual(losses(whole).slice(2));
    expect(rest.scores).toEqual(whole.scores);
    for (const r of [whole, rest]) r.recommender.dispose?.();
  });

  it('saved and restored, it scores the same', async () => {
    const a = await run();
    const b = await restore(structuredClone(await a.recommender.save()), { train: world(), text: null, params: parseParams(twoTower.params, { ...small }) });
    const scores = new Float32Array(U * I);
    await b.score(Int32Array.from({ length: U }, (_, u) => u), scores);
    expect(scores).toEqual(a.scores);
    a.recommender.dispose?.();
    b.dispose?.();
  });

  it.each(['dotCompress', 'dot', 'mlp'] as const)('%s: with our kernels switched off the losses are the same to tolerance', async (scorer) => {
    const own = await run({ scorer, epochs: 2 });
    try {
      switchKernels('off');
      const stock = await run({ scorer, epochs: 2 });
      losses(stock).forEach((loss, k) => expect(Math.abs(loss - losses(own)[k]!)).toBeLessThan(2e-4));
      stock.recommender.dispose?.();
    } finally {
      switchKernels('on');
    }
    own.recommender.dispose?.();
  });

  it('tensors stay flat from epoch to epoch and all are freed at the end', async () => {
    const before = memory().numTensors;
    const r = await run({ epochs: 4 });
    const counts = r.events.flatMap((e) => (e.kind === 'epoch' ? [e.notes?.['tensors']] : []));
    expect(new Set(counts).size).toBe(1);
    r.recommender.dispose?.();
    r.recommender.dispose?.();
    expect(memory().numTensors).toBe(before);
  });
});

describe('fit', () => {
  beforeAll(() => loadBackend('wasm'));

  it.each(['margin', 'bpr', 'softmax'] as const)('%s loss falls', async (loss) => {
    const r = await run({ loss, epochs: 6 });
    expect(losses(r).at(-1)!).toBeLessThan(losses(r)[0]!);
    r.recommender.dispose?.();
  });

  it('stops when told, after the present batch, with a usable model', async () => {
    const r = await run({ epochs: 50 }, { onEvent: (p) => (p.kind === 'epoch' && p.epoch === 2 ? 'stop' : 'continue') });
    expect(losses(r)).toHaveLength(2);
    expect(r.scores.every(Number.isFinite)).toBe(true);
    r.recommender.dispose?.();
  });

  it('a cancel rejects with its reason and frees all tensors', async () => {
    const before = memory().numTensors;
    const controller = new AbortController();
    const cancelled = run({ epochs: 50 }, { signal: controller.signal, onEvent: (p) => void (p.kind === 'epoch' && controller.abort(new DOMException('Cancelled.', 'AbortError'))) });
    await expect(cancelled).rejects.toThrow('Cancelled.');
    expect(memory().numTensors).toBe(before);
  });

  it('the learning rate warms up: Adam’s first step moves a weight by lr / warmUp, without warm-up or for the dot scorer by lr', async () => {
    const first = async (set: Record<string, unknown>) => {
      const oneStep = await run({ batch: 8 * U, epochs: 1, startScale: 1, ...set }); // all plays in one batch
      const start = initialWeights(readFeatures(world().users, world().items, null, parseParams(twoTower.params, {})), { combine: 'cat', scorer: set['scorer'] === 'dot' ? 'dot' : 'dotCompress', embedding: 8, output: 16, hidden: [128, 64], startScale: 1, unknownItem: 0 }, createRandom(7).stream('weights'));
      oneStep.recommender.dispose?.();
      const [before, after] = [start['user.L1.W']!.data, oneStep.checkpoints[0]!.arrays['user.L1.W']!.data];
      return Math.max(...before.map((w, k) => Math.abs(w - after[k]!)));
    };
    expect(await first({ warmUp: 10, learningRate: 1e-2 })).toBeCloseTo(1e-3, 5);
    expect(await first({ warmUp: 0, learningRate: 1e-2 })).toBeCloseTo(1e-2, 5);
    expect(await first({ warmUp: 10, learningRate: 1e-2, scorer: 'dot' })).toBeCloseTo(1e-2, 5);
  });

  it('a start with the order upside down is caught in spite of warm-up; with the mean held at the centre the order turns', async () => {
    const caught = await run({ centredStart: false, epochs: 6 });
    const held = await run({ epochs: 6 });
    expect(losses(caught).at(-1)!).toBeGreaterThan(0.95);
    expect(caught.events.at(-1)).toHaveProperty('warning', expect.stringMatching(/has caught this run \(100 % of scores lie below/));
    expect(losses(held).at(-1)!).toBeLessThan(0.83);
    for (const r of [caught, held]) r.recommender.dispose?.();
  });

  it('warns of the GELU’s trap when the loss stays above margin − 0.17, and only then', async () => {
    const warnings = (r: Run) => r.events.flatMap((e) => (e.kind === 'epoch' && e.warning ? [e.warning] : []));
    const stuck = await run({ learningRate: 1e-6, epochs: 17, negatives: 1 }); // 6 steps per epoch
    expect(warnings(stuck)).toHaveLength(1); // not before step 100: until then it may only be slow
    expect(warnings(stuck)[0]).toMatch(/above margin − 0\.17.*centred start/);
    const fine = await run({ learningRate: 1e-2, epochs: 8 });
    expect(losses(fine).at(-1)!).toBeLessThan(0.83);
    expect(fine.events.at(-1)).not.toHaveProperty('warning');
    for (const r of [stuck, fine]) r.recommender.dispose?.();
  });

  it('a centred start has mean 0.5 before the last GELU; items no one played get the average vector', async () => {
    const r = await run({ useIds: false, userColumns: 'kind', itemColumns: 'kind' });
    expect(r.scores[28]).toBe(r.scores[0]); // same kind, no id: the same item to the model
    const withIds = await run({ useIds: true, itemColumns: '' });
    expect(withIds.scores[28]).toBe(withIds.scores[29]);
    const similar = await withIds.recommender.similarItems!(itemIndex(0), 5);
    expect(similar.items).toHaveLength(5);
    expect(similar.items.includes(0)).toBe(false);
    expect([...similar.scores]).toEqual([...similar.scores].sort((a, b) => b - a));
    for (const x of [r, withIds]) x.recommender.dispose?.();
  });

  it('says what is missing where a tower has nothing to look at, and what an odd width needs', async () => {
    await expect(run({ useIds: false, userColumns: '' })).rejects.toThrow(/user tower has nothing to look at/);
    await expect(run({ output: 15 })).rejects.toThrow(/even one.*Choose 16 or 14/s);
  });
});
