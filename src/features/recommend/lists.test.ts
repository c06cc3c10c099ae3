import { describe, expect, it } from 'vitest';
import { sampleRun } from '../../app/train-sample';
import type { ServedList } from '../../../workers/protocol';
import type { DataSet } from '../../core/dataset';
import { listsToCsv, listsToJson, type ShownList } from './export';
import { clip, score, secondLine } from './item-words';
import { readingOf } from './reading';

const items = { ids: ['a', 'b', 'c', 'd'], label: 'title', columns: [{ kind: 'text' as const, name: 'title', values: ['=HYPERLINK("x")', '<img src=x onerror=alert(1)>', 'Plain', 'Held'] }] };
const data = { name: 'd', hash: 'h', items } as DataSet;
const list = (own: number[], heldRank: number): ServedList => ({
  items: Int32Array.from(own), scores: Float32Array.from(own, (_, n) => 1 - n / 10), places: Int32Array.from(own, (_, n) => n + 1), candidates: 4,
  heldOut: [{ item: 3, part: 'test', rank: heldRank, score: 0, place: own.indexOf(3) + 1 }],
});
const shown = (name: string, own: number[], rank: number): ShownList => ({ run: sampleRun({ name }), served: { itemDegree: Int32Array.of(5, 1, 0, 2), temperature: Uint8Array.of(0, 1, 2, 0) }, list: list(own, rank) });

it('a long name is cut, and one that turns the direction of writing is set apart from the sentence around it', () => {
  expect(clip('x'.repeat(100), 5)).toBe('xxxx…');
  expect(['plain', 'Ночь', '夜', '\u202Eevil', 'שלום'].map((t) => clip(t))).toEqual(['plain', 'Ночь', '夜', '\u2068\u202Eevil\u2069', '\u2068שלום\u2069']);
});

it('the second line of an item says no label twice', () => {
  const top = { kind: 'categorical' as const, name: 'top tag', codes: Int32Array.of(0, -1), levels: ['rock'] };
  const tags = { kind: 'tags' as const, name: 'tags', offsets: Int32Array.of(0, 2, 2), codes: Int32Array.of(0, 1), levels: ['rock', 'indie'] };
  const table = { ids: ['a', 'b'], label: null, columns: [top, tags] };
  expect(secondLine(table, 0)).toBe('rock · indie');
  expect(secondLine(table, 1)).toBe('');
});

describe('lists as files and words', () => {
  it('a formula in a title stays text in the CSV, markup stays as it was', () => {
    const [, first, second] = listsToCsv([shown('EASE', [0, 1], 4)], '+1 person', data).split('\r\n');
    expect(first).toBe(`'+1 person,EASE,net,1,a,"'=HYPERLINK(""x"")",1,1,warm,5,`);
    expect(second).toContain('<img src=x onerror=alert(1)>');
  });
  it('JSON holds the same rows with the settings they were made with', () => {
    const document = JSON.parse(listsToJson([shown('EASE', [3], 1)], 'me', data, { k: 1, seen: 'train', discovery: 0, diversity: 0, without: [], only: [] })) as { lists: { items: Record<string, unknown>[] }[] };
    expect(document.lists[0]!.items[0]).toMatchObject({ place: 1, item: 'd', label: 'Held', slice: 'warm', heldOut: 'test' });
  });
  it('the reading says where the held-out item stands, best model first, what is shared and what is cold', () => {
    expect(readingOf([shown('A', [0, 1], 17), shown('B', [0, 2], 4)], items)).toBe('What was held out, “Held”, stands at 4 by B, 17 by A; 1 of 2 items stand in both lists; cold or new items: 1 of 2 by A, 1 of 2 by B.');
    expect(readingOf([shown('A', [0], 17)], items)).toMatch(/no cold item is recommended\.$/);
  });
  it('scores keep three digits on any scale', () => {
    expect([0.13842, -1.5, 23.456, 123.45, 0.00002, NaN].map(score)).toEqual(['.138', '−1.500', '23.46', '123.5', '2.00e-5', '–']);
  });
});
