import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DataSet } from '../../core/dataset';
import { clean } from '../clean/clean';
import { load } from '../load';

/** Ten ratings of two users, one film each; fold k tests rows 2k − 2 and 2k − 1. */
const rows = Array.from({ length: 10 }, (_, k) => `${1 + (k % 2)}\t${1 + Math.floor(k / 2)}\t${1 + (k % 5)}\t88125094${k}`);
const film = (k: number): string => `${k}|Film ${k} (1995)|01-Jan-1995||http://x|${Array.from({ length: 19 }, (_, g) => (g === k % 19 ? 1 : 0)).join('|')}`;
const file = (name: string, lines: readonly string[]): File => new File([`${lines.join('\n')}\n`], name);
const world = (tests: readonly (readonly string[])[]): File[] => [
  file('u.data', rows),
  file('u.item', [1, 2, 3, 4, 5].map(film)),
  file('u.user', ['1|24|M|writer|85711', '2|53|F|other|94043']),
  ...tests.map((lines, k) => file(`u${k + 1}.test`, lines)),
];
const parts = Array.from({ length: 5 }, (_, k) => rows.slice(2 * k, 2 * k + 2));
const foldOfRows = ({ interactions, folds }: DataSet): string => Array.from(interactions.row, (row) => `${row}:${folds!.of[row]}`).sort().join(' ');

describe('the published folds of MovieLens 100K', () => {
  it('say of each row which fold tests it, also after cleaning', async () => {
    const { raw, notes } = await load({ files: world(parts) });
    expect(raw.folds).toMatchObject({ name: 'u1 to u5', count: 5 });
    expect([...raw.folds!.of]).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect(notes.join(' ')).toContain('five published folds');
    const { data } = clean(raw, [{ kind: 'minValue', min: 3 }]);
    expect(foldOfRows(data)).toBe(Array.from(data.interactions.row, (row) => `${row}:${1 + Math.floor(row / 2)}`).sort().join(' '));
    expect(data.interactions.row.length).toBeLessThan(10);
  });
  it('are not used when a row is in two of them or in none of the ratings, and it says so', async () => {
    const twice = await load({ files: world([parts[0]!, parts[0]!, parts[2]!, parts[3]!, parts[4]!]) });
    expect([twice.raw.folds, twice.notes.join(' ')]).toEqual([undefined, expect.stringContaining('2 in two folds')]);
    const strange = await load({ files: world([['1\t77\t3\t881250949'], ...parts.slice(1)]) });
    expect([strange.raw.folds, strange.notes.join(' ')]).toEqual([undefined, expect.stringContaining('1 unknown rows')]);
  });
  it('with a file missing the ratings are read without folds', async () => {
    expect((await load({ files: world(parts.slice(0, 4)) })).raw.folds).toBeUndefined();
  });

  const zip = '../shared/data/ml-100k.zip';
  it.skipIf(!existsSync(zip))('in the zip as downloaded: five tests of 20,000 (skipped where ../shared is absent)', async () => {
    const { raw } = await load({ files: [new File([readFileSync(zip)], 'ml-100k.zip')] });
    for (let f = 1; f <= 5; f++) expect(raw.folds!.of.filter((x) => x === f)).toHaveLength(20_000);
  });
});
