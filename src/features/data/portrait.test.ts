import { describe, expect, it } from 'vitest';
import type { DataSet } from '../../core/dataset';
import { checksOf, median, portraitOf, readingOf, spanOf, verdictOf } from './portrait';
import { nounsOf } from './words';

/** Three users, four items; item 0 is met by all three, the others once or twice. */
const data: DataSet = {
  name: 'tiny',
  recipe: 'mapped',
  users: { ids: ['a', 'b', 'c'], columns: [], label: null },
  items: { ids: ['w', 'x', 'y', 'z'], columns: [{ kind: 'text', name: 'title', values: ['Wave', 'Xylo', 'Yes', 'Zoo'] }], label: 'title' },
  interactions: { user: Int32Array.from([0, 0, 0, 1, 1, 2]), item: Int32Array.from([0, 1, 2, 0, 3, 0]), time: Float64Array.from([0, 86_400, 0, 0, 864_000, 0]), value: null, row: new Int32Array(6) },
  sources: [],
  steps: [],
  hash: '',
  truth: null,
};
const nouns = nounsOf('mapped');

describe('a portrait of six interactions', () => {
  const p = portraitOf(data);
  it('6 of 12 possible pairs is a density of one half', () => expect(p.density).toBe(0.5));
  it('one item of four gathers half of the interactions', () => expect(p.halfItems).toBe(1));
  it('three items were met once, two users have fewer than three', () => expect([p.onceItems, p.thinUsers]).toEqual([3, 2]));
  it('the most frequent item is named by its label', () => expect([p.topItem, p.topCount]).toEqual(['Wave', 3]));
  it('time reaches from day 0 to day 10', () => expect(spanOf(p.from ?? NaN, p.to ?? NaN)).toBe('10 days'));
  it('a short reach is told in minutes or seconds, never as 0 hours', () => expect([spanOf(0, 7200), spanOf(0, 600), spanOf(0, 29), spanOf(5, 5)]).toEqual(['2 hours', '10 minutes', '29 seconds', 'one moment']));
  it('is read out in words', () => expect(readingOf(p, nouns)).toBe('Half of all interactions go to 25 % of the items (1 of 4); the most frequent, Wave, is met by 100 % of the users. A typical user has 2 interactions, a typical item 1.'));
  it('is too thin to train on', () => expect(verdictOf(checksOf(p, nouns)).verdict).toBe('bad'));
});

it('the median of an even number of values is the mean of the middle two', () => expect(median(Int32Array.from([9, 1, 3, 2]))).toBe(2.5));

it('a data set with enough of everything is fit to train on', () => {
  const good = { ...portraitOf(data), U: 2000, I: 900, N: 60_000, thinUsers: 0, onceItems: 5 };
  expect(verdictOf(checksOf(good, nouns))).toEqual({ verdict: 'good', text: 'Fit to train on' });
  expect(verdictOf(checksOf({ ...good, from: null }, nouns)).text).toBe('Fit to train on, with one caution');
});

it('timestamps that lie in the future are pointed out', () => {
  const p = { ...portraitOf(data), from: 0, to: 4_700_000_000 };
  expect(checksOf(p, nouns, 1_800_000_000).map((c) => c.text).join(' ')).toContain('lies in the future (9 Dec 2118)');
  expect(checksOf(p, nouns, 4_700_000_000).map((c) => c.text).join(' ')).not.toContain('future');
});
