import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random';
import { fill, mendArticles, wordCount } from './grammar';
import { THEMES } from './themes/themes';
import { titleCase, writeLyrics, writeSummary, writeTitle } from './writer';

describe('the grammar', () => {
  it('has a word list for every slot of every template', () => {
    for (const theme of THEMES) {
      for (const template of [...theme.titles, ...theme.opens, ...theme.closes, ...theme.tales, ...theme.hints]) {
        for (let seed = 0; seed < 4; seed++) expect(fill(template, theme.words, createRandom(seed))).not.toMatch(/[{}]/);
      }
    }
  });
  it('names the slot that no list has', () => {
    expect(() => fill('a {zebra}', {}, createRandom(1))).toThrow('{zebra}');
  });
  it('mends articles by sound: an eagle, a one-eyed cat, a ukulele', () => {
    expect(mendArticles('a eagle, a one-eyed cat, a ukulele, a moon')).toBe('an eagle, a one-eyed cat, a ukulele, a moon');
  });
  it('keeps small words small inside a title', () => {
    expect(titleCase('love song for a rusty van')).toBe('Love Song for a Rusty Van');
  });
});

describe('texts tell what the song is about', () => {
  const random = createRandom(7);
  const song = { main: 4, second: 9, mainShare: 0.65 };
  /** How many of a text's words belong to a theme's own vocabulary, function words apart. */
  const vocabulary = (k: number): Set<string> => {
    const theme = THEMES[k]!;
    const all = [...theme.opens, ...theme.closes, ...theme.tales, ...theme.hints, ...Object.values(theme.words).flat()].join(' ').toLowerCase();
    return new Set(all.match(/[\p{L}-]{5,}/gu));
  };
  const overlap = (text: string, k: number): number => {
    const words = vocabulary(k);
    return (text.toLowerCase().match(/[\p{L}-]{5,}/gu) ?? []).filter((w) => words.has(w)).length;
  };
  it('lyrics speak most of the main theme, then of the second, least of any other', () => {
    const totals = THEMES.map(() => 0);
    for (let n = 0; n < 60; n++) {
      const text = writeLyrics(THEMES, song, random);
      THEMES.forEach((_, k) => (totals[k]! += overlap(text, k)));
    }
    const ranked = [...totals.keys()].sort((a, b) => totals[b]! - totals[a]!);
    expect(ranked.slice(0, 2)).toEqual([song.main, song.second]);
  });
  it('a telling of 0 keeps the theme out of the title, a telling of 1 puts it there', () => {
    const silent = { title: 0, misleadingTitle: 0, summaryMain: 0, summarySecond: 0, themedLines: 6, fillerLines: 2 };
    const loud = { ...silent, title: 1 };
    const themed = new Set<string>();
    for (let n = 0; n < 300; n++) themed.add(fill(THEMES[4]!.titles[n % THEMES[4]!.titles.length]!, THEMES[4]!.words, random).toLowerCase());
    const share = (telling: typeof silent): number => {
      let hits = 0;
      const taken = new Set<string>();
      for (let n = 0; n < 30; n++) if (themed.has(writeTitle(THEMES, song, taken, random, telling).toLowerCase())) hits += 1;
      return hits / 30;
    };
    expect(share(silent)).toBe(0);
    expect(share(loud)).toBeGreaterThan(0.5);
  });
  it('never repeats a title: later songs become other versions, and a grammar run dry says so', () => {
    const taken = new Set<string>();
    const one = [{ ...THEMES[0]!, titles: ['Only this'] }];
    const told = { title: 1, misleadingTitle: 0, summaryMain: 1, summarySecond: 0, themedLines: 2, fillerLines: 0 };
    const only = { main: 0, second: 0, mainShare: 0.6 };
    expect(writeTitle(one, only, taken, random, told)).toBe('Only This');
    for (let n = 0; n < 20; n++) expect(writeTitle(one, only, taken, random, told)).toMatch(/^Only This \(.+\)$/);
    expect(taken.size).toBe(21);
    expect(() => {
      for (let n = 0; n < 500; n++) writeTitle(one, only, taken, random, told);
    }).toThrow('ran dry');
  });
  it('summaries have 20 to 30 words for every theme', () => {
    THEMES.forEach((_, main) => {
      for (let n = 0; n < 10; n++) {
        const words = wordCount(writeSummary(THEMES, { main, second: (main + 1) % THEMES.length, mainShare: 0.6 }, random));
        expect(words).toBeGreaterThanOrEqual(20);
        expect(words).toBeLessThanOrEqual(30);
      }
    });
  });
});
