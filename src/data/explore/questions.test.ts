import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataSet } from '../../core/dataset';
import { DEFAULT_SPLIT } from '../../core/split';
import { coreRows } from '../clean/core';
import { calendarBins, startOf } from './calendar';
import { coreFunnel } from './core-funnel';
import { dimensionsOf } from './dimension';
import { byCount, longTail } from './long-tail';
import { matrixPicture } from './matrix-picture';
import { binCodes, degreeEdges, numberEdges } from './number-bins';
import { against, correlations, meansByYear, pearson } from './numeric-relations';
import { arrivals, splitCuts } from './over-time';
import { overlapOf } from './overlap';
import { quality } from './quality';
import { tableQuality } from './quality-table';
import { createSelection } from './selection';
import { smallWorld } from './small-world';
import { tagsByYear, tagsTogether, taggingsByYear } from './tag-maps';
import { textPortrait, wordsByGroup, wordsOf } from './text-words';
import { yearColumns } from './year-column';

const open = (data: DataSet) => {
  const dimensions = dimensionsOf(data);
  return { data, dimensions, selection: createSelection(data, dimensions), dimension: (id: string) => dimensions.find((d) => d.about.id === id)! };
};
/** Interactions as [user, item] pairs in order of user; no columns. */
const bare = (pairs: readonly (readonly [number, number])[], U: number, I: number): DataSet => ({
  ...smallWorld(1, { users: U, items: I, rows: 0 }),
  users: { ids: Array.from({ length: U }, (_, k) => `u${k}`), columns: [], label: null },
  items: { ids: Array.from({ length: I }, (_, k) => `i${k}`), columns: [], label: null },
  interactions: { user: Int32Array.from(pairs, (p) => p[0]), item: Int32Array.from(pairs, (p) => p[1]), time: null, value: null, row: Int32Array.from(pairs, (_, k) => k) },
});

describe('number bins', () => {
  it('puts every finite value into the bin that holds it, and the rest into the last position', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 60 }), fc.constant(Number.NaN)), { minLength: 1, maxLength: 80 }), (list) => {
        const values = Float64Array.from(list);
        const { edges } = numberEdges(values);
        const codes = binCodes(values, edges);
        list.forEach((v, k) => {
          if (Number.isNaN(v)) return expect(codes[k]).toBe(Math.max(edges.length - 1, -1));
          expect(edges[codes[k]!]! <= v && v < edges[codes[k]! + 1]!).toBe(true);
        });
      }),
    );
  });
  it('takes values a hair apart into one bin', () => {
    const values = Float64Array.of(0, 5e-324);
    expect([...binCodes(values, numberEdges(values).edges)]).toEqual([0, 0]);
    expect(numberEdges(values).edges[0]).toBe(0);
  });
  it('gives few whole numbers a bin each', () => expect([...numberEdges(Float32Array.of(1, 5, 3)).edges]).toEqual([1, 2, 3, 4, 5, 6]));
  it('counts small degrees one by one and large ones by decade steps', () => expect([...degreeEdges(Float64Array.of(1, 30))].slice(0, 6)).toEqual([1, 2, 3, 4, 6, 7]));
});

describe('calendar', () => {
  it('starts a week on Monday and a quarter in January', () => {
    const thursday = Date.UTC(2026, 0, 15) / 1000;
    expect(new Date(startOf('week', thursday) * 1000).toISOString()).toBe('2026-01-12T00:00:00.000Z');
    expect(new Date(startOf('quarter', Date.UTC(2026, 2, 31) / 1000) * 1000).toISOString()).toBe('2026-01-01T00:00:00.000Z');
  });
  it('holds first and last time, with at most 132 edges', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2e9 }), { minLength: 1, maxLength: 20 }), (list) => {
        const { edges } = calendarBins(Float64Array.from(list));
        expect(edges[0]! <= Math.min(...list) && Math.max(...list) < edges.at(-1)!).toBe(true);
        expect(edges.length).toBeLessThanOrEqual(133);
      }),
    );
  });
});

describe('long tail', () => {
  it('one of four items carries half: 6, 3, 2, 1 of 12', () => {
    const t = longTail(Int32Array.of(1, 6, 0, 2, 3));
    expect(t).toMatchObject({ entities: 4, interactions: 12, carriers: [{ share: 0.5, entities: 1 }, { share: 0.8, entities: 3 }] });
    expect(t.top.map((x) => x.entity)).toEqual([1, 4, 3, 0]);
  });
  it('has a Gini of 0 where all are alike and (n−1)/n where one has all but ones', () => {
    expect(longTail(Int32Array.of(5, 5, 5)).gini).toBeCloseTo(0);
    expect(longTail(Int32Array.of(1, 3)).gini).toBeCloseTo(0.25);
  });
  it('sorts by count, ties by index', () => expect([...byCount(Int32Array.of(2, 0, 3, 2))]).toEqual([2, 0, 3]));
});

describe('core funnel', () => {
  it('agrees at every k with peeling the rows round by round', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const data = smallWorld(seed, { users: 14, items: 10, rows: 70 });
        const funnel = coreFunnel(data);
        for (let k = 1; k <= funnel.users.length + 1; k++) {
          const rows = coreRows(data.interactions, k, 14, 10);
          expect(rows.length).toBe(funnel.interactions[k - 1] ?? 0);
          expect(new Set(Array.from(rows, (r) => data.interactions.user[r])).size).toBe(funnel.users[k - 1] ?? 0);
          expect(new Set(Array.from(rows, (r) => data.interactions.item[r])).size).toBe(funnel.items[k - 1] ?? 0);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('core funnel of a selection', () => {
  it('is that of the selected rows alone', () => {
    const { data, selection } = open(smallWorld(5, { users: 30, items: 20, rows: 400 }));
    selection.apply([{ dimension: 'users.country', levels: ['country 1'] }]);
    const rows = data.interactions.user.map((_, n) => n).filter((n) => selection.has(n));
    const x = { ...data.interactions, user: rows.map((n) => data.interactions.user[n]!), item: rows.map((n) => data.interactions.item[n]!) };
    expect(coreFunnel(data, selection.has)).toEqual(coreFunnel({ ...data, interactions: x }));
    expect(coreFunnel(data, selection.has).interactions[0]).toBe(rows.length);
  });
});

describe('matrix picture', () => {
  it('shows a small matrix pair by pair, most active user first, most popular item first', () => {
    const { data, selection } = open(bare([[0, 2], [1, 0], [1, 2]], 2, 3));
    const p = matrixPicture(data, selection, { width: 10, height: 10 });
    expect([p.width, p.height, [...p.density]]).toEqual([2, 2, [1, 1, 1, 0]]);
    expect(p.overall).toBe(0.75);
  });
  it('keeps the mean density when it shrinks', () => {
    const { data, selection } = open(smallWorld(4, { users: 40, items: 30, rows: 200 }));
    const p = matrixPicture(data, selection, { width: 30, height: 40 });
    const exact = matrixPicture(data, selection, { width: 1, height: 1 });
    expect(exact.density[0]).toBeCloseTo(p.overall);
  });
});

describe('over time', () => {
  it('counts each item once, in the bin of its first interaction', () => {
    const { data, dimension, selection } = open(smallWorld(2, { users: 20, items: 15, rows: 120 }));
    const a = arrivals(data, dimension('time'), selection);
    expect(a.volume.reduce((x, y) => x + y)).toBe(120);
    expect(a.newItems.reduce((x, y) => x + y)).toBe(new Set(data.interactions.item).size);
    expect(a.newUsers.reduce((x, y) => x + y)).toBe(new Set(data.interactions.user).size);
  });
  it('tests by date on the newest stretch only, without leakage; last-one-out reaches back', () => {
    const { data, dimension } = open(smallWorld(2, { users: 20, items: 15, rows: 120 }));
    const [last, temporal] = splitCuts(data, dimension('time'), DEFAULT_SPLIT, ['last', 'temporal']);
    expect(temporal!.from!).toBeGreaterThanOrEqual(temporal!.trainTo!);
    expect(temporal!.leakage).toBe(0);
    expect(last!.from!).toBeLessThan(temporal!.from!);
    expect(last!.leakage!).toBeGreaterThan(0);
  });
});

describe('numeric relations', () => {
  it('finds r = 1 for a straight line and −1 for its mirror', () => {
    const x = [1, 2, 3, 4];
    const rows = Int32Array.of(0, 1, 2, 3);
    expect(pearson(x, [10, 20, 30, 40], rows).r).toBeCloseTo(1);
    expect(pearson(x, [4, 3, 2, 1], rows).r).toBeCloseTo(-1);
    expect(pearson(x, [5, 5, 5, 5], rows).r).toBeNaN();
  });
  it('is symmetric, with ones on the diagonal, over the items of the selection', () => {
    const { data, selection } = open(smallWorld(9, { users: 30, items: 60, rows: 600 }));
    const columns = data.items.columns.filter((c) => c.kind === 'numeric');
    const c = correlations(columns, selection.perItem, 'popularity');
    expect(c.names).toEqual(['year', 'tempo', 'popularity']);
    expect(c.r[1]).toBe(c.r[3]);
    expect(c.r[4]).toBeCloseTo(1);
  });
  it('has the mean of each year in the middle of its band: 1, 2, 3, 4, 5 → 3 ± 1.39', () => {
    const column = { kind: 'numeric' as const, name: 'energy', values: Float64Array.of(1, 2, 3, 4, 5, 9) };
    const [means] = meansByYear([column], { name: 'year', years: Float64Array.of(1999.2, 1999.9, 1999, 1999.5, 1999, 2000) }, Int32Array.of(1, 1, 1, 1, 1, 1));
    expect(means!.points).toHaveLength(1);
    expect(means!.points[0]).toMatchObject({ year: 1999, n: 5, mean: 3 });
    expect(means!.points[0]!.high - 3).toBeCloseTo(1.96 * Math.sqrt(2.5 / 5));
  });
  it('ranks perfectly where popularity grows with the column, whatever the curve', () => {
    const column = { kind: 'numeric' as const, name: 'x', values: Float64Array.of(1, 2, 3, 4, 5, 6) };
    expect(against(column, null, Int32Array.of(1, 2, 4, 8, 16, 320)).rank).toBeCloseTo(1);
    expect(against(column, null, Int32Array.of(9, 7, 5, 3, 2, 1)).rank).toBeCloseTo(-1);
  });
});

describe('one number against another', () => {
  it('ranks and means over the rows that have both', () => {
    const x = { kind: 'numeric' as const, name: 'x', values: Float64Array.of(1, 2, 3, 4, 5, Number.NaN) };
    const y = { kind: 'numeric' as const, name: 'y', values: Float64Array.of(50, 40, 30, 20, 10, 1) };
    const found = against(x, y, Int32Array.of(1, 1, 1, 1, 1, 1));
    expect(found).toMatchObject({ n: 5, trend: [{ x: 3, y: 30, n: 5 }] });
    expect(found.rank).toBeCloseTo(-1);
  });
});

describe('year columns', () => {
  const table = (columns: DataSet['items']['columns']) => ({ ids: ['a', 'b'], columns, label: null });
  it('takes numbers named year, and dates as text, but no durations', () => {
    const found = yearColumns(table([
      { kind: 'text', name: 'release date', values: ['01-Jan-1995', '1999-03'] },
      { kind: 'numeric', name: 'release year', values: Float64Array.of(1995, 1999.5) },
      { kind: 'numeric', name: 'duration', values: Float64Array.of(1995, 1999) },
      { kind: 'text', name: 'published', values: ['in 1995 or so, they say', 'never'] },
    ]));
    expect(found.map((c) => [c.name, ...c.years])).toEqual([['release year', 1995, 1999.5], ['release date', 1995, 1999]]);
  });
});

describe('tags', () => {
  it('shares of items with either tag that have both: a on 1, 2, 3 and b on 2, 3, 4 → .5', () => {
    const data = smallWorld(1, { users: 3, items: 4, rows: 0 });
    data.items.columns = [{ kind: 'tags', name: 'tags', offsets: Int32Array.of(0, 1, 3, 5, 6), codes: Int32Array.of(0, 0, 1, 1, 0, 1), levels: ['a', 'b'] }];
    const { dimension } = open(data);
    const t = tagsTogether(dimension('items.tags'), Int32Array.of(1, 1, 1, 1));
    expect([t.tags, t.overlap[1], [...t.both]]).toEqual([['a', 'b'], 0.5, [3, 2, 2, 3]]);
  });
  it('share of a year is of that year alone', () => {
    const { data, dimension } = open(smallWorld(6, { users: 10, items: 400, rows: 4000 }));
    const t = tagsByYear(dimension('items.tags'), yearColumns(data.items)[0]!, new Int32Array(400).fill(1), 3, 5);
    expect(t.series).toHaveLength(3);
    for (const s of t.series) for (const v of s.share) expect(v).toBeLessThanOrEqual(1);
    const times = Float64Array.from({ length: 60 }, (_, k) => Date.UTC(2008 + (k % 2), 5, 1) / 1000);
    const y = taggingsByYear({ item: new Int32Array(60), tag: Int32Array.from({ length: 60 }, (_, k) => (k < 15 ? 0 : 1)), time: times, levels: ['x', 'y'] }, Int32Array.of(1), 2, 10);
    expect([y.years, y.totals, y.series.map((s) => s.tag)]).toEqual([[2008, 2009], [30, 30], ['y', 'x']]);
    expect(y.series[1]!.share[0]! + y.series[0]!.share[0]!).toBeCloseTo(1);
  });
});

describe('overlap', () => {
  it('friends who heard the same are 1, strangers without anything in common 0', () => {
    const data = bare([[0, 0], [0, 1], [1, 0], [1, 1], [2, 2]], 3, 3);
    data.side = { friends: { a: Int32Array.of(0), b: Int32Array.of(1) }, tagged: null };
    const o = overlapOf(data, open(data).selection);
    expect([o.friends!.mean, o.friends!.pairs, o.strangers.mean, o.nearest.mean]).toEqual([1, 1, 0, 1]);
    expect([o.nearestIsFriend, o.friendsEach]).toEqual([1, 1]);
  });
  it('finds the most similar other as comparing all pairs does', () => {
    const data = smallWorld(11, { users: 15, items: 20, rows: 100 });
    const sets = Array.from({ length: 15 }, (_, u) => new Set(Array.from(data.interactions.item).filter((_, n) => data.interactions.user[n] === u)));
    const best = sets.flatMap((a, u) => {
      const all = sets.map((b, v) => (u === v ? 0 : [...a].filter((i) => b.has(i)).length / new Set([...a, ...b]).size));
      const most = Math.max(...all);
      return a.size > 0 && most > 0 ? [most] : [];
    });
    expect(overlapOf(data, open(data).selection).nearest.mean).toBeCloseTo(best.reduce((x, y) => x + y, 0) / best.length);
  });
});

describe('texts', () => {
  it('counts words of any script', () => expect(wordsOf("Don't stop — ещё раз! 2 be")).toEqual(["don't", 'stop', 'ещё', 'раз', 'be']));
  it('tells empty from there, and how many are different', () => {
    const p = textPortrait({ kind: 'text', name: 't', values: ['one two', '', 'one two', 'three'] }, null);
    expect(p).toMatchObject({ rows: 4, missing: 1, distinct: 2, medianWords: 2 });
    expect(p.counts.reduce((a, b) => a + b)).toBe(3);
  });
  it('names the words a group has and the others lack', () => {
    const values = ['sea wind the', 'sea salt the', 'sea ship the', 'cat the', 'cat the', 'cat the'];
    const data = smallWorld(1, { users: 2, items: 6, rows: 0 });
    data.items.columns = [{ kind: 'categorical', name: 'tag', codes: Int32Array.of(0, 0, 0, 1, 1, 1), levels: ['sailing', 'pets'] }];
    const groups = wordsByGroup({ kind: 'text', name: 't', values }, open(data).dimension('items.tag'), null);
    expect(groups.map((g) => [g.group, g.words.map((w) => w.word)])).toEqual([['sailing', ['sea']], ['pets', ['cat']]]);
  });
});

describe('quality', () => {
  const now = Date.UTC(2026, 0, 1) / 1000;
  const of = (data: DataSet, id: string) => quality(data, now).find((f) => f.id === id);
  it('counts repeated pairs', () => expect(of(bare([[0, 1], [0, 1], [0, 2], [1, 1]], 2, 3), 'duplicates')).toMatchObject({ pairs: 1, severity: 'bad' }));
  it('sees one title under two ids, in whatever case', () => {
    const data = bare([[0, 0], [0, 1], [0, 2]], 1, 3);
    data.items = { ...data.items, label: 'title', columns: [{ kind: 'text', name: 'title', values: ['Intro', 'INTRO ', 'Outro'] }] };
    expect(of(data, 'titles')).toMatchObject({ titles: 1, ids: 2, examples: [{ title: 'Intro', ids: 2 }] });
  });
  it('names the user with most of the rows', () => expect(of(bare([[0, 0], [1, 0], [1, 1], [1, 2]], 2, 3), 'heavyUser')).toMatchObject({ severity: 'bad', user: 1, share: 0.75 }));
  it('sees times in one lump, and times at zero', () => {
    const data = bare([[0, 0], [0, 1], [0, 2], [0, 3]], 1, 4);
    data.interactions.time = Float64Array.of(0, 1.6e9, 1.6e9, 1.6e9);
    expect(of(data, 'timeLump')).toMatchObject({ severity: 'bad', share: 0.75 });
    expect(of(data, 'oddTimes')).toMatchObject({ rows: 1, oldest: 0 });
    expect(of(data, 'sameMoment')).toMatchObject({ share: 0.5 });
  });
  it('lists columns that are mostly empty or always the same', () => {
    const data = bare([[0, 0], [0, 1]], 1, 2);
    data.items.columns = [{ kind: 'numeric', name: 'bpm', values: Float64Array.of(Number.NaN, Number.NaN) }, { kind: 'text', name: 'kind', values: ['song', 'song'] }];
    expect(of(data, 'columns')).toMatchObject({ empty: [{ name: 'bpm', share: 1 }], constant: ['kind'] });
  });
});

describe('quality of a selection', () => {
  const data = smallWorld(9, { users: 40, items: 60, rows: 900 });
  const { selection } = open(data);
  const chosenBy = new Set(['items.artist']);
  const finding = (selected: Parameters<typeof quality>[2], id: string) => quality(data, 1.7e9, selected).find((f) => f.id === id);
  const of = () => ({ has: selection.has, perUser: selection.perUser, perItem: selection.perItem, chosenBy });
  it('with everything in it is that of all data', () => {
    selection.apply([]);
    expect(quality(data, 1.7e9, of())).toEqual(quality(data, 1.7e9));
  });
  it('counts only selected users, items and rows, and does not blame a column for what was chosen by it', () => {
    selection.apply([{ dimension: 'items.artist', levels: ['artist 3'] }]);
    const counts = selection.counts();
    expect(finding(of(), 'size')).toMatchObject({ users: counts.users, items: counts.items, interactions: counts.interactions });
    const constant = (found: ReturnType<typeof quality>) => found.flatMap((f) => (f.id === 'columns' ? f.constant : []));
    expect(constant(quality(data, 1.7e9, of()))).not.toContain('artist');
    expect(constant(quality(data, 1.7e9, { ...of(), chosenBy: new Set() }))).toContain('artist');
  });
});

describe('quality of a table alone', () => {
  const table = (columns: DataSet['items']['columns'], rows: number) => ({ ids: Array.from({ length: rows }, (_, k) => `i${k}`), columns, label: null });
  const of = (columns: DataSet['items']['columns'], rows: number, id: string) => tableQuality(table(columns, rows), new Int32Array(rows).fill(1)).find((f) => f.id === id);
  it('names numbers far from the rest', () => {
    const values = Float64Array.from({ length: 200 }, (_, k) => (k === 7 ? 9999 : 100 + (k % 20)));
    expect(of([{ kind: 'numeric', name: 'tempo', values }], 200, 'farNumbers')).toMatchObject({ severity: 'caution', columns: [{ name: 'tempo', rows: 1, farthest: 9999 }] });
    expect(of([{ kind: 'numeric', name: 'tempo', values: values.map((v) => Math.min(v, 119)) }], 200, 'farNumbers')).toMatchObject({ severity: 'good' });
  });
  it('names labels that differ by capitals or spaces only', () => {
    const column = { kind: 'categorical' as const, name: 'genre', codes: Int32Array.of(0, 1, 2), levels: ['Hip hop', 'hip  Hop', 'rock'] };
    expect(of([column], 3, 'spellings')).toMatchObject({ groups: 1, examples: [{ name: 'genre', labels: ['Hip hop', 'hip  Hop'] }] });
  });
});

describe('dates written as text', () => {
  it('can be chosen by year', () => {
    const data = smallWorld(3, { users: 2, items: 3, rows: 6 });
    data.items.columns = [{ kind: 'text', name: 'release_date', values: ['1999-05-01', '2001', ''] }];
    const { selection, dimension } = open(data);
    expect([dimension('items.release_date').about.missing, [...dimension('items.release_date').about.edges]]).toEqual([1, [1999, 2000, 2001, 2002]]);
    selection.apply([{ dimension: 'items.release_date', from: 1999, to: 2000 }]);
    expect([...selection.perItem].map((c) => c > 0)).toEqual([[...data.interactions.item].includes(0), false, false]);
  });
});

const zip = '../shared/data/hetrec2011-lastfm-2k.zip';
describe.skipIf(!existsSync(zip))('HetRec (needs ../shared/data)', () => {
  it('friends are more alike than strangers, and 5-core leaves 1,859 users and 2,823 artists', async () => {
    const { load } = await import('../load');
    const { readFileSync } = await import('node:fs');
    const { raw } = await load({ files: [new File([new Uint8Array(readFileSync(zip))], 'hetrec2011-lastfm-2k.zip')] });
    expect(raw.side?.friends?.a.length).toBe(12_717);
    const { selection } = open(raw);
    const o = overlapOf(raw, selection, { sample: 50 });
    expect(o.friends!.mean).toBeGreaterThan(2 * o.strangers.mean);
    const funnel = coreFunnel(raw);
    expect([funnel.users[4], funnel.items[4], funnel.interactions[4]]).toEqual([1859, 2823, 71355]);
  });
});
