import { describe, expect, it, vi } from 'vitest';
import type { RatingCalls } from '../../../workers/ratings-protocol';
import type { CallOptions } from '../../../workers/rpc';
import { parseRatingRun, RATING_FORMAT, RATING_VERSION, type RatingProgress, type RatingRun } from '../../core/rating-run';
import { cardOf } from '../../models/catalogue';
import { ratingWorld } from '../../models/small-world';
import { createRatingForm, FRESH_FOLDS, specOf } from './form';
import { advance, begun, secondsLeft, shareDone } from './live';
import { createRatings, type NewRating } from './ratings';

function run(id: string): RatingRun {
  const errors = { n: 1, rmse: 1, mae: 1, r: null };
  return parseRatingRun({
    format: RATING_FORMAT, version: RATING_VERSION, id, name: id, createdAt: '2026-11-21T00:00:00Z', build: 't', status: 'done', seed: 1, seconds: 1, warnings: [],
    data: { name: 'd', recipe: 'mapped', hash: 'h', counts: { users: 1, items: 1, interactions: 1 }, steps: [] },
    split: { spec: { kind: 'published' }, name: 'u1 to u5', folds: 1, hash: 'f', cold: { kind: 'share', share: 0.8 } }, model: { id: 'svd', params: {} },
    folds: [{ fold: 0, train: 4, test: 1, unknownUser: 0, unknownItem: 0, slices: { all: errors, warm: errors, cold: errors, new: errors }, seconds: { fit: 1, predict: 1 }, epochs: [] }],
  });
}
const asked: NewRating = { name: 'SVD', model: 'svd', params: {}, folds: { kind: 'published' }, cold: { kind: 'share', share: 0.8 }, seed: 1 };

function page(answer: (o: CallOptions<RatingProgress>) => Promise<RatingRun>) {
  const stored = new Map<string, RatingRun>();
  const calls: string[] = [];
  const call = ((name: keyof RatingCalls, _: unknown, o: CallOptions<RatingProgress> = {}) => {
    calls.push(name);
    return name === 'stop' ? Promise.resolve({ accepted: true }) : answer(o);
  }) as Parameters<typeof createRatings>[0]['client']['call'];
  const storage = { list: async () => ({ runs: [...stored.values()], unreadable: 0 }), save: async (r: RatingRun) => void stored.set(r.id, r), remove: async (id: string) => void stored.delete(id) };
  const ratings = createRatings({ client: { call }, storage, now: () => 0, newId: () => 'new', data: () => ratingWorld().data, build: 't' });
  return { ratings, stored, calls, state: ratings.store.getState };
}

describe('rating runs on the page', () => {
  it('a finished run is shown and stored; deleted it is gone, and undo brings it back', async () => {
    const { ratings, stored, state } = page(async () => run('new'));
    await ratings.start(asked);
    expect([state().live, state().shown, [...stored.keys()]]).toEqual([null, 'new', ['new']]);
    await ratings.remove('new');
    expect([state().runs.length, stored.size]).toEqual([0, 0]);
    await ratings.undoRemove();
    expect([state().runs.map((r) => r.id), [...stored.keys()], state().removed]).toEqual([['new'], ['new'], null]);
  });
  it('progress reaches the page at its own pace, and a stop stays a stop meanwhile', async () => {
    vi.useFakeTimers();
    let end: (run: RatingRun) => void = () => {};
    const { ratings, calls, state } = page(({ onProgress }) => new Promise((resolve) => {
      end = resolve;
      for (let epoch = 1; epoch <= 50; epoch++) onProgress!(epoch === 1 ? { kind: 'ready', folds: 2, epochs: 50, name: 'two', hash: 'x' } : { kind: 'epoch', fold: 0, epoch, epochs: 50, train: 1, test: 1 });
    }));
    const running = ratings.start(asked);
    expect(state().live?.folds).toBeNull();
    await ratings.stop();
    vi.advanceTimersByTime(250);
    expect([state().live?.status, state().live?.epochs[0]?.length, calls]).toEqual(['stopping', 49, ['rate', 'stop']]);
    end(run('new'));
    await running;
    vi.advanceTimersByTime(1000);
    expect(state().live).toBeNull();
    vi.useRealTimers();
  });
  it('a failure is told in words and leaves nothing running', async () => {
    const { ratings, state } = page(async () => Promise.reject(new Error('no such fold')));
    await ratings.start(asked);
    expect([state().live, state().problem?.what]).toEqual([null, 'no such fold']);
  });
  it('a name, tags and a pin are kept with the run; an empty name is left as it was', async () => {
    const { ratings, stored } = page(async () => run('new'));
    await ratings.start(asked);
    await ratings.note('new', { name: '  Ours ', tags: ['paper'], pinned: true });
    await ratings.note('new', { name: ' ', notes: 'slow' });
    expect(parseRatingRun(stored.get('new'))).toMatchObject({ name: 'Ours', tags: ['paper'], pinned: true, notes: 'slow' });
  });
  it('imports a list of runs once, and names a file that is none', async () => {
    const { ratings, state } = page(async () => run('new'));
    const good = new File([JSON.stringify([run('a'), run('b')])], 'two.json');
    await ratings.importRuns([good, good, new File(['{"format":"coldwave-run"}'], 'other.json')]);
    expect([state().runs.length, state().notice]).toEqual([2, '2 rating runs imported. 2 were here already.']);
    expect(state().problem?.what).toContain('no rating run');
  });
});

describe('how far a rating run is', () => {
  it('half of the first of two folds is a quarter; the rest takes three times what has gone by', () => {
    let live = begun({ runId: 'r', name: 'n', model: 'svd', dataHash: 'h', startedAt: 0 });
    expect(shareDone(live)).toBeNull();
    live = advance(live, { kind: 'ready', folds: 2, epochs: 4, name: 'two', hash: 'x' });
    live = advance(live, { kind: 'epoch', fold: 0, epoch: 2, epochs: 4, train: 1, test: 1 });
    expect(shareDone(live)).toBe(0.25);
    expect(secondsLeft(live, 2000)).toBeCloseTo(6, 9);
    expect(shareDone(advance(live, { kind: 'fold', result: run('x').folds[0]! }))).toBe(0.5);
  });
});

describe('the form of rating prediction', () => {
  const raters = ['svd', 'baseline'].map(cardOf);
  const query = (form: ReturnType<typeof createRatingForm>): URLSearchParams => new URLSearchParams(Object.entries(form.toQuery()).filter((e): e is [string, string] => e[1] !== null));
  it('travels in the address and comes back the same', () => {
    const [a, b] = [createRatingForm(raters), createRatingForm(raters)];
    a.takeModel('baseline');
    a.setParam('epochs', 7);
    a.setFolds({ kind: 'holdout', share: 0.3, seed: 5 });
    b.adoptQuery(query(a));
    expect(query(b).toString()).toBe(query(a).toString());
    expect(b.store.getState()).toMatchObject({ config: { model: 'baseline', params: { epochs: 7 } }, folds: { kind: 'holdout', share: 0.3, seed: 5 }, problems: [] });
  });
  it('refuses in the address what cannot be, with the allowed range, and goes on with the usual', () => {
    const form = createRatingForm(raters);
    form.adoptQuery(new URLSearchParams('task=predict&model=svd&p.factors=0&folds=99'));
    expect(form.store.getState().problems.join(' ')).toMatch(/factors must be a whole number from 1 to 500.*Folds must be a whole number from 2 to 20; received 99/);
    expect(form.store.getState().folds).toEqual(FRESH_FOLDS);
    form.adoptQuery(new URLSearchParams('task=predict&model=popularity'));
    expect(form.store.getState().problems[0]).toContain('There is no model "popularity"');
  });
  it('takes published folds where the data bring them, unless somebody chose others; and never where they do not', () => {
    const form = createRatingForm(raters);
    const kind = (): string => form.store.getState().folds.kind;
    form.suggestFolds(true);
    expect(kind()).toBe('published');
    form.setFolds({ kind: 'holdout' });
    form.suggestFolds(true);
    expect(kind()).toBe('holdout');
    form.setFolds({ kind: 'published' });
    form.suggestFolds(false);
    expect(kind()).toBe('kfold');
  });
  it('half-typed numbers are named and not run', () => {
    expect(specOf({ ...FRESH_FOLDS, k: NaN })).toEqual({ error: 'Folds must be a whole number from 2 to 20; received NaN.' });
    expect(specOf({ ...FRESH_FOLDS, kind: 'holdout', share: 0.95 })).toEqual({ error: 'The share held out must be from 0.01 to 0.9; received 0.95.' });
  });
});
