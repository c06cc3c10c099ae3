import { describe, expect, it } from 'vitest';
import { errorByGroup } from '../src/analysis/rating-compare';
import { ratingPartitions } from '../src/analysis/rating-groups';
import { parseRatingRun, unpackResiduals, type RatingProgress } from '../src/core/rating-run';
import { ratingWorld } from '../src/models/small-world';
import { handlers } from './ratings';
import type { RatingAsk } from './ratings-protocol';

const ask = (change: Partial<RatingAsk> = {}): RatingAsk => ({
  runId: 'r', name: 'a run', data: ratingWorld().data, model: 'svd', params: { epochs: 3, factors: 4 }, folds: { kind: 'kfold', k: 3, seed: 1 },
  cold: { kind: 'share', share: 0.5 }, seed: 1, build: 'test', ...change,
});
const context = () => {
  const seen: RatingProgress[] = [];
  return { seen, ctx: { signal: new AbortController().signal, progress: (p: RatingProgress) => void seen.push(p), transfer: () => {} } };
};

describe('the rating worker', () => {
  it('answers with a readable record and tells of every epoch and fold', async () => {
    const { seen, ctx } = context();
    const run = parseRatingRun(structuredClone(await handlers.rate(ask(), ctx)));
    expect([run.status, run.folds.length]).toEqual(['done', 3]);
    expect(seen.filter((p) => p.kind === 'epoch')).toHaveLength(9);
    expect(seen.filter((p) => p.kind === 'fold').map((p) => p.result.fold)).toEqual([0, 1, 2]);
  });
  it('refuses a second run beside the first, stops on request with the folds that are done, and is free afterwards', async () => {
    const { ctx } = context();
    const stopAfterFirst = { ...ctx, progress: (p: RatingProgress) => void (p.kind === 'fold' && p.result.fold === 0 && handlers.stop({ runId: 'r' }, ctx)) };
    const first = handlers.rate(ask(), stopAfterFirst);
    await expect(handlers.rate(ask({ runId: 'other' }), ctx)).rejects.toThrow('Another run is predicting');
    const run = await first;
    expect([run.status, run.folds.length]).toEqual(['stopped', 1]);
    expect(run.warnings[0]).toContain('1 of 3 folds');
    expect(await handlers.stop({ runId: 'r' }, ctx)).toEqual({ accepted: false });
    expect((await handlers.rate(ask(), ctx)).status).toBe('done');
  });
  it('says which ratings were tested in the order of the residuals: parted by fold, and by cold items, they give the errors of the record', async () => {
    const { ctx } = context();
    const { data, folds, cold } = ask();
    const run = await handlers.rate(ask(), ctx);
    const tested = await handlers.testRatings({ data, folds, cold }, ctx);
    const residuals = unpackResiduals(run.residuals!);
    const errors = (groups: Parameters<typeof errorByGroup>[0]): number[] => errorByGroup(groups, 'rmse', residuals, tested.user).map((e) => e.value);
    expect(tested.hash).toBe(run.split.hash);
    const byFold = ratingPartitions(tested).find((p) => p.id === 'fold')!.groups;
    errors(byFold).forEach((rmse, f) => expect(rmse).toBeCloseTo(run.folds[f]!.slices.all.rmse!, 6));
    const coldOfFirst = byFold[0]!.at.filter((k) => tested.cold[k] === 1);
    expect(coldOfFirst.length).toBe(run.folds[0]!.slices.cold.n);
    expect(errors([{ label: 'cold', at: coldOfFirst }])[0]).toBeCloseTo(run.folds[0]!.slices.cold.rmse!, 6);
  });
  it('a model that ranks, and data without values, are refused with a way out', async () => {
    const { ctx } = context();
    await expect(handlers.rate(ask({ model: 'popularity', params: {} }), ctx)).rejects.toThrow('Popularity ranks items');
    const { data } = ratingWorld();
    await expect(handlers.rate(ask({ data: { ...data, interactions: { ...data.interactions, value: null } } }), ctx)).rejects.toThrow('no ratings to predict');
  });
});
