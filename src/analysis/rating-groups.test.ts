import { describe, expect, it } from 'vitest';
import { ratingPartitions, tenths, type TestRatings } from './rating-groups';

const groups = (list: readonly { label: string; at: Int32Array }[]): [string, number[]][] => list.map((g) => [g.label, [...g.at]]);
const ratings = (change: Partial<TestRatings> = {}): TestRatings => ({
  hash: 'h', fold: Uint8Array.of(0, 0, 1, 1), truth: Float32Array.of(5, 1, 3.5, 5), user: Int32Array.of(0, 1, 0, 2), item: Int32Array.of(0, 1, 2, 0),
  userDegree: Int32Array.of(4, 9, 3, 9), itemDegree: Int32Array.of(7, 0, 1, 7), cold: Uint8Array.of(0, 1, 1, 0), ...change,
});
const of = (t: TestRatings, id: string): [string, number[]][] => groups(ratingPartitions(t).find((p) => p.id === id)!.groups);

describe('test ratings in groups', () => {
  it('by the true rating, lowest first', () => {
    expect(of(ratings(), 'truth')).toEqual([['1', [1]], ['3.5', [2]], ['5', [0, 3]]]);
  });
  it('counts of plays are no stars: more than 21 different values are shown in tenths', () => {
    const n = 40;
    const many = { fold: new Uint8Array(n), truth: Float32Array.from({ length: n }, (_, k) => k), user: new Int32Array(n), item: new Int32Array(n), userDegree: new Int32Array(n), itemDegree: new Int32Array(n), cold: new Uint8Array(n) };
    const found = of(ratings(many), 'truth');
    expect([found.length, found[0], found.at(-1)![0]]).toEqual([10, ['0–3', [0, 1, 2, 3]], '36–39']);
  });
  it('equal values are never parted: 1, 1, 1, 5 in two parts', () => {
    expect(groups(tenths([1, 5, 1, 1], 2))).toEqual([['1', [0, 2, 3]], ['5', [1]]]);
  });
  it('warm, cold and strictly new by the train ratings of the item in that fold; fold by fold', () => {
    expect(of(ratings(), 'temperature')).toEqual([['Warm', [0, 3]], ['Cold, not new', [2]], ['Strictly new', [1]]]);
    expect(of(ratings(), 'fold')).toEqual([['1', [0, 1]], ['2', [2, 3]]]);
  });
  it('every rating is in exactly one group of every partition', () => {
    for (const p of ratingPartitions(ratings())) expect(p.groups.flatMap((g) => [...g.at]).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
  });
});
