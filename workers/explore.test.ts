import { describe, expect, it } from 'vitest';
import { Problem } from '../src/core/problem';
import { DEFAULT_SPLIT } from '../src/core/split';
import { smallWorld } from '../src/data/explore/small-world';
import { handlers } from './explore';
import type { HandlerContext } from './rpc';

const ctx: HandlerContext<never> = { signal: new AbortController().signal, progress: () => {}, transfer: () => {} };
const data = smallWorld(8, { users: 60, items: 80, rows: 1500 });

describe('explore worker', () => {
  it('answers every question of an open data set for the same selection', async () => {
    const schema = await handlers.open({ key: 'a', data }, ctx);
    expect(schema).toMatchObject({ itemNumbers: ['year', 'tempo'], years: ['year'], texts: [{ table: 'items', column: 'title', groupings: ['artist', 'tags'] }], hasFriends: false });
    const ask = { key: 'a', filters: [{ dimension: 'users.country', levels: ['country 1'] }] };
    const { counts, items, milliseconds } = await handlers.brush(ask, ctx);
    expect(counts.interactions).toBeLessThan(1500);
    expect(items.interactions).toBe(counts.interactions);
    expect(milliseconds).toBeGreaterThanOrEqual(0);
    expect((await handlers.matrix({ ...ask, width: 20, height: 20 }, ctx)).users).toBe(counts.users);
    expect((await handlers.time(ask, ctx))!.volume.reduce((a, b) => a + b)).toBe(counts.interactions);
    expect((await handlers.cuts({ key: 'a', spec: DEFAULT_SPLIT }, ctx))!.map((c) => c.protocol)).toEqual(['last', 'temporal', 'random', 'hash']);
    expect((await handlers.correlations(ask, ctx)).names).toEqual(['year', 'tempo', 'popularity (log)']);
    expect((await handlers.means({ ...ask, years: 'year' }, ctx)).map((m) => m.column)).toEqual(['tempo']);
    expect((await handlers.against({ ...ask, column: 'tempo', other: null }, ctx)).n).toBe(counts.items);
    expect((await handlers.together({ ...ask, column: 'tags' }, ctx)).tags.length).toBeGreaterThan(5);
    expect((await handlers.tagYears({ ...ask, column: 'tags', years: 'year' }, ctx)).source).toBe('year');
    expect((await handlers.overlap(ask, ctx)).friends).toBeNull();
    expect((await handlers.text({ ...ask, table: 'items', column: 'title' }, ctx)).rows).toBe(counts.items);
    expect((await handlers.words({ ...ask, table: 'items', column: 'title', by: 'tags' }, ctx)).length).toBeGreaterThan(0);
    expect((await handlers.quality({ key: 'a', filters: [], now: 1.7e9 }, ctx)).length).toBeGreaterThan(8);
    expect((await handlers.cores({ key: 'a', filters: [] }, ctx)).interactions[0]).toBe(1500);
  });
  it('counts the rows of a table alone, without what needs interactions', async () => {
    const none = { ...data, users: { ids: [], columns: [], label: null }, interactions: { user: new Int32Array(0), item: new Int32Array(0), time: null, value: null, row: new Int32Array(0) } };
    const schema = await handlers.open({ key: 'alone', data: none }, ctx);
    expect(schema).toMatchObject({ alone: 'items', counts: { items: 80, interactions: 80 }, itemNumbers: ['year', 'tempo'] });
    expect(schema.dimensions.map((d) => d.id)).toEqual(['items.artist', 'items.tags', 'items.year', 'items.tempo']);
    const ask = { key: 'alone', filters: [{ dimension: 'items.year', from: 1980, to: 1995 }] };
    const { counts } = await handlers.brush(ask, ctx);
    expect(counts.items).toBeLessThan(80);
    expect((await handlers.correlations(ask, ctx)).names).toEqual(['year', 'tempo']);
    expect((await handlers.against({ ...ask, column: 'year', other: 'tempo' }, ctx)).n).toBe(counts.items);
    expect((await handlers.text({ ...ask, table: 'items', column: 'title' }, ctx)).rows).toBe(counts.items);
    expect((await handlers.quality({ ...ask, now: 0 }, ctx)).find((f) => f.id === 'rows')).toMatchObject({ rows: counts.items });
  });
  it('looks at users alone in the same way', async () => {
    const none = { ...data, items: { ids: [], columns: [], label: null }, interactions: { user: new Int32Array(0), item: new Int32Array(0), time: null, value: null, row: new Int32Array(0) } };
    expect(await handlers.open({ key: 'people', data: none }, ctx)).toMatchObject({ alone: 'users', counts: { items: 60 }, itemNumbers: ['age'], tagColumns: ['country'] });
  });
  it('refuses a question about a data set that is no longer open', async () => {
    await handlers.open({ key: 'b', data }, ctx);
    expect(() => handlers.brush({ key: 'a', filters: [] }, ctx)).toThrow(Problem);
  });
  it('names the column that cannot be counted by', () => {
    expect(() => handlers.means({ key: 'b', filters: [], years: 'tempo' }, ctx)).toThrow(/holds no years.*tempo/);
  });
});
