import { describe, expect, it } from 'vitest';
import { ratingsTable } from '../../../analysis/claims-ratings';
import { verdictsOf } from '../../../analysis/claims';
import { defaultsOf, type ParamSpecs } from '../../../core/params';
import type { RatingRun } from '../../../core/rating-run';
import { cardOf } from '../../../models/catalogue';
import { ratingRunsOf, ratingValues } from './rating-runs';

const slope = ratingsTable.rows.find((r) => r.id === 'SlopeOne')!;
const fold = (rmse: number) => ({ slices: { all: { n: 10, rmse, mae: rmse / 2, r: null } } });
const run = (patch: Record<string, unknown> = {}): RatingRun =>
  ({
    id: 'a', createdAt: '2026-01-01', status: 'done', seed: 0, data: { recipe: ratingsTable.recipe, counts: ratingsTable.counts }, split: { spec: { kind: 'published' } },
    model: { id: 'slope-one', params: defaultsOf(cardOf('slope-one').params as ParamSpecs) }, folds: [fold(0.9), fold(1)], ...patch,
  }) as unknown as RatingRun;

describe('rating runs that answer a row', () => {
  it('the figure is the mean over folds', () => {
    const [rmse, mae] = verdictsOf(ratingsTable, (row, figure) => ratingValues(ratingRunsOf(ratingsTable, row, [run()]), figure)).filter((v) => v.row === slope);
    expect(rmse).toMatchObject({ ours: 0.95, verdict: 'miss' });
    expect(mae!.ours).toBe(0.475);
  });
  it('of two runs the newer counts', () => expect(ratingRunsOf(ratingsTable, slope, [run(), run({ id: 'b', createdAt: '2026-02-01' })]).map((r) => r.id)).toEqual(['b']));
  it.each<[string, Record<string, unknown>]>([
    ['stopped half-way', { status: 'stopped' }], ['random folds', { split: { spec: { kind: 'kfold', k: 5, seed: 0 } } }], ['another seed', { seed: 4 }],
    ['other data', { data: { recipe: 'mapped', counts: ratingsTable.counts } }], ['fewer rows', { data: { recipe: ratingsTable.recipe, counts: { ...ratingsTable.counts, users: 942 } } }], ['another model', { model: { id: 'svd', params: {} } }],
  ])('not one with %s', (_, patch) => expect(ratingRunsOf(ratingsTable, slope, [run(patch)])).toEqual([]));
});
