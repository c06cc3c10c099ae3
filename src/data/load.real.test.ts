/** Public data sets, read from a folder beside the repository; without it these tests are skipped. */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countsOf, labelOf, type TagsColumn } from '../core/dataset';
import { Problem } from '../core/problem';
import { clean } from './clean/clean';
import { load } from './load';

const DATA = '../shared/data';
const fileAt = (path: string): File => new File([readFileSync(path)], basename(path));
const from = (name: string): File => fileAt(`${DATA}/${name}`);

describe.skipIf(!existsSync(`${DATA}/hetrec2011-lastfm-2k.zip`))('HetRec Last.fm as published (skipped where ../shared is absent)', () => {
  const facts = JSON.parse(existsSync('../shared/reference/hetrec.json') ? readFileSync('../shared/reference/hetrec.json', 'utf8') : '{}').facts;

  test('92,834 interactions of 1,892 users with 17,632 artists, none rejected, and the 5-core 71,355 / 1,859 / 2,823', async () => {
    const { raw, rejected } = await load({ files: [from('hetrec2011-lastfm-2k.zip')] });
    expect(raw.recipe).toBe('hetrec-lastfm');
    expect(countsOf(raw)).toEqual({ interactions: 92_834, users: 1_892, items: 17_632 });
    expect(rejected.total).toBe(0);
    const plays = raw.interactions.value!;
    expect(plays.reduce((a, b) => a + b, 0)).toBe(facts.user_artists.plays_total);
    const { data, funnel } = clean(raw, [{ kind: 'core', k: 5 }]);
    expect(countsOf(data)).toEqual({ interactions: 71_355, users: 1_859, items: 2_823 });
    expect(funnel[0]!.before).toEqual({ interactions: 92_834, users: 1_892, items: 17_632 });
    expect(data.interactions.value!.reduce((a, b) => a + b, 0)).toBe(facts.five_core.plays_total);
    // The most played artists have the names the reference gives.
    const sum = new Float64Array(raw.items.ids.length);
    raw.interactions.item.forEach((i, k) => (sum[i]! += plays[k]!));
    const best = Array.from(sum, (s, i) => [s, i] as const).sort((a, b) => b[0] - a[0]).slice(0, 3);
    const scores = Object.fromEntries(best.map(([s, i]) => [labelOf(raw.items, i), Number((s / best[0]![0]).toFixed(8))]));
    expect(scores).toEqual(facts.popularity_by_plays.checked_names);
    // Tags: 5,499 played artists have none, and the file that is not UTF-8 is read without replacement characters.
    const tags = raw.items.columns.find((c): c is TagsColumn => c.kind === 'tags')!;
    expect(raw.items.ids.filter((_, i) => tags.offsets[i] === tags.offsets[i + 1]).length).toBe(facts.tags_assigned.played_artists_without_tag);
    expect(tags.levels.some((t) => /[\ufffd\u0080-\u009f]/.test(t))).toBe(false);
  });
});

describe.skipIf(!existsSync(`${DATA}/ml-100k.zip`))('MovieLens as published (skipped where ../shared is absent)', () => {
  test('100K: 100,000 ratings, 943 people, 1,682 films, with times, genres and occupations', async () => {
    const { raw } = await load({ files: [from('ml-100k.zip')] });
    expect(raw.recipe).toBe('movielens-100k');
    expect(countsOf(raw)).toEqual({ interactions: 100_000, users: 943, items: 1_682 });
    expect(labelOf(raw.items, 0)).toBe('Toy Story (1995)');
    expect(raw.users.columns.map((c) => c.name)).toEqual(['age', 'gender', 'occupation', 'zip code']);
    expect(raw.users.columns[2]).toMatchObject({ kind: 'categorical', levels: { length: 21 } });
    expect(raw.interactions.time![0]).toBe(874_965_478); // the first rating of person 1
  });

  test('1M without ratings.dat says that ratings.dat has to be added', async () => {
    await expect(load({ files: [from('ml-1m-metadata.zip')] })).rejects.toThrow(/ratings\.dat/);
    await expect(load({ files: [from('ml-1m-metadata.zip')] })).rejects.toBeInstanceOf(Problem);
  });

  test('SASRec text: 999,611 rows of 6,040 users with 3,416 items, without times, in row order', async () => {
    const { raw } = await load({ files: [from('sasrec-ml-1m.zip')] });
    expect(raw.recipe).toBe('sasrec-text');
    expect(countsOf(raw)).toEqual({ interactions: 999_611, users: 6_040, items: 3_416 });
    expect(raw.interactions.time).toBeNull();
    expect(Array.from(raw.interactions.row.subarray(0, 3))).toEqual([0, 1, 2]);
  });
});
