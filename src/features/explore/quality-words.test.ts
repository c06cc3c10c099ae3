import { describe, expect, it } from 'vitest';
import type { Finding } from '../../app/explore';
import { mergedBy, STEP_NAMES, wordFinding } from './quality-words';
import { exploreNouns } from './words';

const n = exploreNouns('movielens-100k');
const figures = { pairs: 3, share: 0.03, titles: 2, ids: 5, examples: [{ title: '<b>Intro</b>', ids: 3 }], day: 0, rows: 7, oldest: 0, newest: 1e9, user: 4, topTen: 0.4, carriers: 0.1, gini: 0.8, users: 100, items: 50, interactions: 500, constant: null, negative: 0, largest: 9000, median: 3, empty: [{ name: 'bpm', share: 0.5 }] };
const ids = ['duplicates', 'titles', 'noTime', 'timeLump', 'sameMoment', 'oddTimes', 'heavyUser', 'popularity', 'thinUsers', 'onceItems', 'values', 'columns', 'noColumns', 'noText', 'size'] as const;
const make = (id: Finding['id'], severity: Finding['severity']): Finding => ({ ...figures, id, severity, table: 'items', ...(id === 'columns' ? { constant: ['kind'] } : {}) }) as unknown as Finding;

describe('findings in words', () => {
  it('say what it is, what it does to models and what helps, for every check', () => {
    for (const id of ids) {
      for (const severity of ['bad', 'caution', 'good'] as const) {
        const w = wordFinding(make(id, severity), n, (u) => `viewer ${u}`);
        expect(`${w.title} ${w.effect} ${w.remedy}`).not.toMatch(/undefined|NaN|null|\[object/);
        expect(w.title.length).toBeGreaterThan(10);
        if (severity !== 'good') expect([w.effect.length > 10, w.remedy.length > 10]).toEqual([true, true]);
        if (w.step) expect(Object.keys(STEP_NAMES)).toContain(w.step);
      }
    }
  });
  it('name the user who gives too much', () => expect(wordFinding(make('heavyUser', 'bad'), n, (u) => `viewer ${u}`).title).toBe('One viewer (viewer 4) has 3.0 % of all ratings'));
  it('say that pairs are no longer repeated because cleaning merged them, or that there were none', () => {
    const ok = make('duplicates', 'good');
    const counts = (interactions: number) => ({ interactions, users: 3, items: 3 });
    const steps = [{ step: { kind: 'duplicates' as const, keep: 'first' as const }, before: counts(1500), after: counts(1200) }];
    expect(wordFinding(ok, n, String, mergedBy(steps))).toMatchObject({ title: 'No viewer and film pair is repeated after cleaning', effect: expect.stringContaining('Cleaning merged 300 rows that did.') });
    expect(wordFinding(ok, n, String, 0).effect).toContain('The files repeated none.');
    expect(wordFinding(ok, n, String, mergedBy([]))).toMatchObject({ title: 'No viewer and film pair is repeated', effect: 'Training and test cannot share a pair.' });
  });
});
