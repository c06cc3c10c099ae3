import { describe, expect, it } from 'vitest';
import type { DataSet } from '../core/dataset';
import { hetrecTable, ml100kTable } from './claims-full-ranking';
import { playShares, playsVerdicts } from './claims-plays';

/** Plays 3 + 5 of item 289, 4 of item 72. */
const data = (recipe: string, values: number[] | null): DataSet =>
  ({ recipe, items: { ids: ['289', '72'] }, interactions: { item: Int32Array.of(0, 1, 0), value: values && Float32Array.from(values) } }) as unknown as DataSet;

describe('plays of the whole file', () => {
  it('are shares of the most played: 8 and 4 plays make 1 and .5', () => expect([...playShares(data('', [3, 4, 5]))!]).toEqual([1, 0.5]));
  it('an artist that is there is judged, one that is not has no figure', () => {
    const [first, second, third] = playsVerdicts(hetrecTable, data('hetrec-lastfm', [3, 4, 5]));
    expect([first!.verdict, second!.ours, second!.verdict, third!.ours]).toEqual(['hit', 0.5, 'miss', null]);
  });
  it('other tables have none; other data and data without plays give none', () => {
    expect(playsVerdicts(ml100kTable, data('movielens-100k', [3, 4, 5]))).toEqual([]);
    for (const d of [null, data('movielens-100k', [3, 4, 5]), data('hetrec-lastfm', null)]) expect(playsVerdicts(hetrecTable, d).map((v) => v.verdict)).toEqual([null, null, null]);
  });
});
