import { describe, expect, it } from 'vitest';
import type { TrainCheckpoint, TrainProgress } from '../../workers/protocol';
import { defineModel, type FitModule, type ModelState, type Recommender } from '../core/model';
import { parseRunRecord, type RunRecord } from '../core/run';
import { DEFAULT_SPLIT } from '../core/split';
import { splitData, trainData } from '../data/split/split';
import { cardOf } from '../models/catalogue';
import { restoreModel } from '../models/members';
import { runExperiment, type ExperimentHooks, type ExperimentInput } from './experiment';
import { RunControl } from './run-control';
import { checkerboard } from '../models/small-world';

/**
 * A model whose quality is known beforehand: in epoch e it looks at the targets with weight `quality[e]`,
 * otherwise at noise that depends on a saved counter (so that a resume which forgets its state is noticed).
 */
const { data } = checkerboard();
const U = data.users.ids.length;
const I = data.items.ids.length;
const params = {
  epochs: { kind: 'int' as const, min: 1, max: 50, default: 6, label: 'Epochs', help: '' },
  peak: { kind: 'int' as const, min: 1, max: 50, default: 4, label: 'Best epoch', help: '' },
};
let alive = 0;
const fitModule: FitModule<typeof params> = {
  async fit({ random, params: p, report, resume }) {
    let drawn = Number(resume?.meta['drawn'] ?? 0);
    if (resume) random.restore(resume.meta['random'] as ReturnType<typeof random.state>);
    let epoch = Number(resume?.meta['epoch'] ?? 0);
    const state = (): ModelState => ({ version: 1, arrays: {}, meta: { epoch, drawn, peak: p.peak, random: random.state() } });
    while (epoch < p.epochs) {
      for (let batch = 0; batch < 3; batch++) {
        drawn = random.next();
        if ((await report({ kind: 'batch', epoch: epoch + 1, epochs: p.epochs, done: batch + 1, total: 3, loss: 1 })) === 'stop') return model(state());
      }
      epoch++;
      const answer = await report({ kind: 'epoch', epoch, epochs: p.epochs, loss: drawn, seconds: 1000, model: model(state()), checkpoint: state });
      if (answer === 'stop') break;
    }
    return model(state(), true);
  },
  restore: (state) => model(state, true),
};
/** Right parity gets a head start that is largest at the peak epoch. */
function model(state: ModelState, counted = false): Recommender {
  if (counted) alive++;
  const drawn = Number(state.meta['drawn']);
  const lead = 2 - Math.abs(Number(state.meta['epoch']) - Number(state.meta['peak']));
  return {
    score(users, out) {
      users.forEach((u, b) => {
        for (let i = 0; i < I; i++) out[b * I + i] = Math.sin((u + 1) * (i + 3) + drawn) + (u % 2 === i % 2 ? lead : 0);
      });
    },
    save: () => state,
    dispose: () => void alive--,
  };
}
const card = defineModel({
  id: 'known-quality', name: 'Known quality', paper: null, chooseWhen: '', task: 'rank', iterative: true, tensors: false,
  needs: {}, params, main: [], presets: [], load: async () => fitModule,
});

const input = (change: Partial<ExperimentInput> = {}): ExperimentInput => ({
  runId: 'r1', name: 'test', data, split: DEFAULT_SPLIT, card, params: {}, text: null, seed: 1, patience: 0,
  selection: 'validation', maskValidation: true, backend: 'typescript', build: '0', ...change,
});
const run = (change: Partial<ExperimentInput> = {}, hooks: ExperimentHooks = {}) => runExperiment(input(change), hooks);
/** Everything but clocks. */
const timeless = (r: RunRecord) => ({
  ...r, createdAt: '', seconds: null, epochs: r.epochs.map((e) => ({ ...e, seconds: 0, evaluateSeconds: 0 })),
});

describe('an experiment', () => {
  it('selects the epoch with the best validation NDCG@10, goes back to it, and reads the test with it', async () => {
    const { record, recommender } = await run();
    const scores = record.epochs.map((e) => e.validation!.all.metrics['NDCG@10']!.value);
    expect(record.bestEpoch).toBe(1 + scores.indexOf(Math.max(...scores)));
    expect(record.bestEpoch).toBeLessThan(6);
    expect((await recommender.save()).meta['epoch']).toBe(record.bestEpoch);
    expect(record.status).toBe('done');
    expect(parseRunRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });
  it('frees the model it went back from', async () => {
    alive = 0;
    const { recommender } = await run();
    expect(alive).toBe(1);
    recommender.dispose?.();
    expect(alive).toBe(0);
  });
  it('the same seed gives the same record, another seed another', async () => {
    const [a, b, c] = await Promise.all([run(), run(), run({ seed: 2 })]);
    expect(timeless(a.record)).toEqual(timeless(b.record));
    expect(timeless(c.record).epochs).not.toEqual(timeless(a.record).epochs);
  });
  it('patience 1 ends one epoch after the best and says so', async () => {
    const { record } = await run({ params: { epochs: 20, peak: 2 }, patience: 1 });
    expect(record.epochs.length).toBe(record.bestEpoch! + 1);
    expect(record.notes).toContain('no better NDCG@10 for 1 epochs');
    expect(record.status).toBe('done');
  });
  it('with selection on test the epochs show the test set, and the best of them is the result', async () => {
    const { record } = await run({ selection: 'test', maskValidation: false });
    const best = record.epochs[record.bestEpoch! - 1]!;
    expect(best.validation).toEqual(record.test);
    expect(record.baselines[0]!.validation).toEqual(record.baselines[0]!.test);
    expect(record.measured).toEqual({ patience: 0, maskValidation: false });
  });
  it('without validation the last epoch counts', async () => {
    const { record } = await run({ split: { ...DEFAULT_SPLIT, validation: false } });
    expect(record.selection).toBe('last');
    expect(record.bestEpoch).toBeNull();
    expect(record.epochs.every((e) => e.validation === null)).toBe(true);
  });
  it('masking validation items takes one candidate from every user', async () => {
    const chance = async (maskValidation: boolean) => (await run({ maskValidation })).record.baselines.find((b) => b.id === 'random')!.test.all.metrics['HR@1']!.value;
    // Seven of eight own items are known, five of them in train: 16 − 5 candidates with the validation item, 10 without.
    expect(await chance(false)).toBeCloseTo(1 / 11, 12);
    expect(await chance(true)).toBeCloseTo(1 / 10, 12);
  });
  it('baselines come before the first epoch', async () => {
    const seen: string[] = [];
    await run({}, { progress: (p) => seen.push(p.kind === 'ready' ? `ready ${p.baselines.map((b) => b.id).join()}` : p.kind) });
    expect(seen.indexOf('ready popularity,random')).toBeGreaterThanOrEqual(0);
    expect(seen.indexOf('ready popularity,random')).toBeLessThan(seen.indexOf('epoch'));
  });
});

describe('beyond accuracy', () => {
  it('is measured over the test lists of every user, and popularity’s own equal its line', async () => {
    const { beyond } = (await run({ card: cardOf('popularity') })).record;
    expect(beyond).toMatchObject({ k: 10, lists: U, vectors: null });
    expect(beyond!.model).toEqual(beyond!.popularity);
    // Ten candidates each (16 items less five in train and one in validation): a list of ten leaves none out, so all are shown.
    expect(beyond!.model.coverage).toBe(1);
  });
  it('with text the distance is that of the texts, for popularity’s lists too', async () => {
    // All items alike: no distance within any list.
    const text = { column: 'x', encoder: 'test', dim: 2, vectors: new Float32Array(2 * I).fill(1), missing: 0 };
    const { beyond } = (await run({ text })).record;
    expect(beyond!.vectors).toBe('text');
    for (const b of [beyond!.model, beyond!.popularity]) expect(b.diversity).toBeCloseTo(0, 6);
  });
  it('without text a model with item vectors is measured by those', async () => {
    const { beyond } = (await run({ card: cardOf('pure-svd'), params: { factors: 2 } })).record;
    expect(beyond!.vectors).toBe('model');
    expect(beyond!.model.diversity).toBeGreaterThan(0);
  });
  it('a run saved before there were such measures is still read', async () => {
    const { beyond: _, ...old } = (await run({ card: cardOf('popularity') })).record;
    expect(parseRunRecord(JSON.parse(JSON.stringify(old)))).toEqual(old);
  });
});

describe('ranks by user', () => {
  it('are kept with the run: the hit rates follow from them', async () => {
    const { perUser, test } = (await run()).record;
    expect(perUser!.users).toBe(U);
    for (const k of [1, 5, 10]) expect(perUser!.ranks.filter((r) => r >= 1 && r <= k).length / U).toBeCloseTo(test.all.metrics[`HR@${k}`]!.value, 12);
    const slices = perUser!.slices!;
    expect([...slices].filter((c) => c === 'w')).toHaveLength(test.warm.n);
    expect([...slices].filter((c) => c === 'n')).toHaveLength(test.new.n);
    const cold = perUser!.ranks.filter((_, u) => slices[u] !== 'w');
    expect(cold.filter((r) => r >= 1 && r <= 10).length / cold.length).toBeCloseTo(test.cold.metrics['HR@10']!.value, 12);
  });
  it('are left out where a user has several held-out items', async () => {
    const { record } = await run({ card: cardOf('popularity'), split: { ...DEFAULT_SPLIT, protocol: 'file' }, testPairs: { user: ['0', '0', '1'], item: ['0', '2', '1'] } });
    expect(record.test.all.n).toBe(2);
    expect(record.perUser).toBeUndefined();
  });
});

describe('listed negatives', () => {
  // The last item of every user, each among three others of the wrong parity and one of the right.
  const ends = Array.from({ length: U }, (_, u) => data.interactions.item[data.interactions.user.lastIndexOf(u)]!);
  const lists = ends.map((i) => [(i + 1) % I, (i + 3) % I, (i + 5) % I, (i + 2) % I]);
  const listed = { user: Int32Array.from(ends.keys()), item: Int32Array.from(ends), start: Int32Array.from({ length: U + 1 }, (_, u) => 4 * u), negatives: Int32Array.from(lists.flat()) };

  it('the record says how many candidates were listed, no rank passes them, and chance is one in five', async () => {
    const { record } = await run({ data: { ...data, listed }, split: { ...DEFAULT_SPLIT, protocol: 'listed' } });
    expect(record.sampled).toEqual({ origin: 'listed', negatives: 4 });
    expect(Math.max(...record.perUser!.ranks)).toBeLessThanOrEqual(5);
    expect(record.baselines.find((b) => b.id === 'random')!.test.all.metrics['HR@1']!.value).toBeCloseTo(0.2, 12);
    expect(record.epochs[0]!.validation!.all.metrics['HR@5']!.value).toBe(1);
    expect((await run()).record.sampled).toBeUndefined();
  });
});

describe('control', () => {
  const epochsOf = (progress: TrainProgress[]) => progress.filter((p) => p.kind === 'epoch').length;

  it('stop after two epochs keeps the best so far and is marked as stopped', async () => {
    const control = new RunControl();
    const { record } = await run({}, { control, progress: (p) => { if (p.kind === 'epoch' && p.record.epoch === 2) control.stop(); } });
    expect(record.status).toBe('stopped');
    expect(record.epochs.length).toBe(2);
    expect(record.test.all.n).toBeGreaterThan(0);
  });
  it('stop in mid-epoch goes back to the best finished epoch', async () => {
    const control = new RunControl();
    const { record, recommender } = await run({}, { control, progress: (p) => { if (p.kind === 'batch' && p.epoch === 3 && p.done === 2) control.stop(); } });
    expect(record.epochs.length).toBe(2);
    expect((await recommender.save()).meta['epoch']).toBe(record.bestEpoch);
  });
  it('pause holds, step runs one epoch, resume runs to the end; the result is that of an undisturbed run', async () => {
    const control = new RunControl();
    const progress: TrainProgress[] = [];
    const pausedAt: number[] = [];
    const { record } = await run({}, {
      control,
      progress: (p) => {
        progress.push(p);
        if (p.kind === 'batch' && p.epoch === 2 && p.done === 1) control.pause();
        if (p.kind === 'paused') {
          pausedAt.push(epochsOf(progress));
          setTimeout(() => (pausedAt.length < 3 ? control.step() : control.resume()), 5);
        }
      },
    });
    expect(pausedAt).toEqual([1, 2, 3]);
    expect(timeless(record)).toEqual(timeless((await run()).record));
  });
  it('cancel rejects with the reason, also while paused', async () => {
    const controller = new AbortController();
    const control = new RunControl();
    control.pause();
    const reason = new Error('enough');
    await expect(run({}, { control, signal: controller.signal, progress: (p) => { if (p.kind === 'paused') controller.abort(reason); } })).rejects.toBe(reason);
  });
});

describe('resume', () => {
  it('from any epoch’s checkpoint, sent through structured clone, equals never having stopped', async () => {
    const checkpoints: TrainCheckpoint[] = [];
    const whole = await run({ params: { epochs: 8, peak: 3 }, patience: 3 }, { progress: (p) => { if (p.kind === 'epoch') checkpoints.push(structuredClone(p.checkpoint!)); } });
    expect(checkpoints.length).toBe(whole.record.epochs.length);
    for (const resume of checkpoints) {
      const again = await run({ params: { epochs: 8, peak: 3 }, patience: 3, resume });
      expect(timeless(again.record), `from epoch ${resume.epoch}`).toEqual(timeless(whole.record));
    }
  });
});

describe('faults', () => {
  it('a parameter out of range is named', async () => {
    await expect(run({ params: { epochs: 0 } })).rejects.toThrow('epochs must be a whole number from 1 to 50; received 0');
    await expect(run({ params: { speed: 1 } })).rejects.toThrow('no parameter "speed"');
  });
  it('text vectors of another data set are refused', async () => {
    await expect(run({ text: { column: 'x', encoder: 'test', dim: 2, vectors: new Float32Array(6), missing: 0 } })).rejects.toThrow('3 of them and 16 items');
  });
  it('a model that knows nothing but counts runs through the same code', async () => {
    const { record } = await run({ card: cardOf('popularity') });
    expect(record.selection).toBe('none');
    expect(record.test).toEqual(record.baselines.find((b) => b.id === 'popularity')!.test);
    expect(record.test.all.n).toBe(U);
  });
});

describe('a blend', () => {
  const blend = { card: cardOf('hybrid'), params: { members: 'item-knn(k=5):0.5,als(factors=4;epochs=3):0.5', tune: true } };

  it('fits its members first, tunes on validation, and its record says what was chosen and out of how many', async () => {
    const progress: TrainProgress[] = [];
    const { record, recommender } = await run(blend, { progress: (p) => progress.push(p) });
    const labels = progress.flatMap((p) => (p.kind === 'phase' ? [p.label] : []));
    expect(labels).toContain('Member 1 of 2, ItemKNN');
    expect(labels).toContain('Member 2 of 2, Implicit ALS: epoch 3 measured');
    expect(labels.indexOf('Weighing 2 members on validation')).toBeGreaterThan(labels.lastIndexOf('Member 2 of 2, Implicit ALS: epoch 3 measured'));
    expect(record.tuned).toEqual({ trials: 21, strategy: 'grid of weights', metric: 'NDCG@10' });
    expect(record.notes).toMatch(/^Weights tuned on validation, best NDCG@10 of 21 mixtures \([\d.]+\): ItemKNN [\d.]+, Implicit ALS [\d.]+\.$/);
    expect(record.model.params['members']).toBe('item-knn(k=5):0.5,als(epochs=3;factors=4):0.5');

    // What was stored scores the same, through its members' own restore.
    const train = trainData(data, splitData(data, DEFAULT_SPLIT));
    const again = await restoreModel(cardOf('hybrid'), structuredClone(await recommender.save()), { train, text: null, params: record.model.params });
    const everyone = Int32Array.from({ length: U }, (_, u) => u);
    const [a, b] = [new Float32Array(U * I), new Float32Array(U * I)];
    await recommender.score(everyone, a);
    await again.score(everyone, b);
    expect(b).toEqual(a);
  });
  it('each member is what it would be by itself: all weight on one gives its ranks', async () => {
    const alone = await run({ card: cardOf('als'), params: { factors: 4, epochs: 3 } });
    const { record } = await run({ ...blend, params: { members: 'als(factors=4;epochs=3):1,popularity:0', tune: false } });
    // Min-max keeps the order; equal float32 values after scaling may tie, which only lowers a rank.
    const off = record.perUser!.ranks.filter((r, u) => Math.abs(r - alone.record.perUser!.ranks[u]!) > 1).length;
    expect(off).toBe(0);
  });
  it('stopped while a member is fitted: a Problem that says so, as half a blend is none', async () => {
    const control = new RunControl();
    const stopAtSecond = (p: TrainProgress): void => { if (p.kind === 'phase' && p.label.startsWith('Member 2')) control.stop(); };
    await expect(run(blend, { control, progress: stopAtSecond })).rejects.toThrow(/stopped with 2 of its 2 members fitted/);
  });
  it.each([
    ['no such model', 'als9:0.5,ease:0.5', /"als9" cannot be a member of Hybrid/],
    ['a blend in a blend', 'hybrid:0.5,ease:0.5', /"hybrid" cannot be a member/],
    ['a setting out of range', 'item-knn(k=0):0.5,ease:0.5', /member ItemKNN: k must be a whole number from 1 to 2000; received "0"/],
  ])('%s is refused before anything is fitted', async (_, members, message) => {
    await expect(run({ ...blend, params: { members } })).rejects.toThrow(message);
  });
});
