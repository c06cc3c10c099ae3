import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { expectClean } from './pages/axe';
import { ExplorePage } from './pages/explore';
import { csv, Workbench } from './pages/workbench';

test('the demo: choosing a country moves every other chart, the link repeats it, a chart is saved', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const w = new Workbench(page);
  await w.open('#/explore');
  await expect(page.getByRole('button', { name: 'Go to Data' })).toBeVisible();
  await page.getByRole('button', { name: 'Go to Data' }).click();
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);

  const e = new ExplorePage(page);
  await e.open();
  await expect(e.counts).toHaveText('60,000 plays · 1,200 listeners · 900 songs');
  await expect(e.chart('Listener × song matrix').getByRole('img')).toHaveAccessibleName(/5\.6 % of the pairs are known/);

  await e.go('Over time');
  await expect(page.getByRole('slider', { name: 'k of the core' })).toBeAttached();
  await e.go('Activity');
  const activity = e.chart('Plays per listener');
  const before = await e.table(activity);
  await e.go('Listeners');
  const country = e.part('Listeners').getByRole('figure', { name: 'Country' });
  const brazil = e.bar(country, 'Brazil');
  const plays = Number(/[\d,]+$/.exec((await brazil.getAttribute('aria-label'))!)![0].replaceAll(',', ''));
  await brazil.click();
  await expect.poll(() => e.selected()).toBe(plays);
  await expect(brazil).toHaveAttribute('aria-pressed', 'true');
  await expect(e.chips).toContainText('Brazil');
  // Its own chart stays whole, the others follow.
  await expect(e.bar(country, 'Canada')).toHaveAttribute('aria-label', /^Canada: [1-9]/);
  const after = await e.table(activity);
  const sum = (rows: string[][]): number => rows.slice(1).reduce((n, r) => n + Number(r[1]!.replaceAll(',', '')), 0);
  expect(sum(before)).toBe(1200);
  expect(sum(after)).toBeLessThan(400);

  // Quality and k-core speak of the selection, and of all data when asked.
  await e.go('Quality');
  const quality = e.part('Data quality');
  await expect(quality).toContainText(`of the ${plays.toLocaleString('en-US')} selected plays`);
  await quality.getByText('All data', { exact: true }).click();
  await expect(quality).toContainText('of all 60,000 plays');
  await quality.getByText('Selection', { exact: true }).click();
  await e.go('Activity');
  const core = await e.table(e.chart('What each k-core keeps'));
  expect(core[0]).toEqual(['k', 'plays', 'listeners', 'songs']);
  await expect(e.part('k-core')).toContainText('The largest part of the selection');
  await e.go('Listeners');

  const file = await e.saved(country, 'Save numbers (CSV)');
  expect(file.toString('utf8')).toMatch(/^Country,Plays\r\nBrazil,\d+\r\n/);
  const picture = await e.saved(country, 'Save picture (PNG)');
  expect(picture.subarray(1, 4).toString()).toBe('PNG');

  await page.reload();
  await expect.poll(() => e.selected().catch(() => 0)).toBe(plays);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(e.counts).toHaveText('60,000 plays · 1,200 listeners · 900 songs');

  // A range by keyboard, and a link that names what is not there.
  const released = e.part('Songs').getByRole('figure', { name: 'Released' });
  await e.go('Songs');
  await released.getByRole('slider', { name: 'Released: from' }).press('ArrowRight');
  await expect(e.chips).toContainText('Released');
  await e.open('?f.users.country=Atlantis&f.shoe=4');
  await expect(page.getByRole('alert').filter({ hasText: 'Atlantis' })).toContainText('is not among the 8 values of country');
});

test('Explore is clean for axe and fits its width, wide and light, narrow and dark', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const w = new Workbench(page);
  const e = new ExplorePage(page);
  await w.open();
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  await e.open('?f.users.country=Brazil&f.time=2024-07-01..2025-01-06');
  for (const part of ['Activity', 'Over time', 'Listeners', 'Songs', 'Text', 'Quality']) await e.go(part);
  await expect(page.getByRole('heading', { name: 'Data quality' })).toBeVisible();
  await expectClean(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expectClean(page);
});

test('hostile titles and levels are shown as text', async ({ page }) => {
  const w = new Workbench(page);
  await w.open();
  const evil = '<img src=x onerror=window.hacked=1>';
  const rows = Array.from({ length: 240 }, (_, k) => `u${k % 24},i${k % 10}`).join('\n');
  const items = ['i0,"=HYPERLINK(""http://x"")",a\u202eb', ...Array.from({ length: 9 }, (_, k) => `i${k + 1},${k === 0 ? 'x'.repeat(10_000) : `title ${k}`},${evil}`)].join('\n');
  await w.data.open([csv('plays.csv', `user_id,item_id\n${rows}`), csv('items.csv', `item_id,title,genre\n${items}`)]);
  await page.getByRole('button', { name: /^(Load|Read|Use)/ }).first().click({ timeout: 15_000 });
  const e = new ExplorePage(page);
  await expect(page.getByText(/Fit to train on|Too thin/).first()).toBeVisible();
  await e.open();
  await e.go('Items');
  const genre = e.part('Items').getByRole('figure', { name: 'Genre' });
  await genre.getByRole('button', { name: /^<img src=x onerror=window\.hacked=1>: / }).click();
  await expect(e.chips).toContainText('<img');
  expect(await page.evaluate(() => ({ hacked: 'hacked' in window, images: document.querySelectorAll('main img').length }))).toEqual({ hacked: false, images: 0 });
  await page.getByRole('button', { name: 'Clear all' }).click();
  await e.go('Activity');
  const popular = e.chart('Most popular items');
  expect((await e.saved(popular, 'Save numbers (CSV)')).toString('utf8')).toContain(`"'=HYPERLINK(""http://x"")"`);
});

const zip = path.resolve(import.meta.dirname, '../../shared/data/hetrec2011-lastfm-2k.zip');
test('Last.fm: tags that go together, friends against strangers, one tag narrows the rest', async ({ page }) => {
  test.skip(!existsSync(zip), `needs ${path.basename(zip)} in ../shared/data`);
  const w = new Workbench(page);
  await w.open();
  await w.data.open(zip);
  await w.data.expectFunnel('As read', ['92,834', '1,892', '17,632']);
  const e = new ExplorePage(page);
  await e.open();
  await expect(e.counts).toHaveText('92,834 plays · 1,892 listeners · 17,632 artists');
  await e.go('Activity');
  await expect(e.reading(e.chart('Long tail'))).toContainText('carry 80 % of the plays');
  await e.go('Listeners');
  await expect(e.reading(e.chart('Overlap of pairs'))).toContainText(/Friends overlap \d\.\d times as much as strangers/);
  await e.go('Artists');
  const together = await e.reach(e.chart('Tags that go together'));
  await expect(e.reading(together)).toContainText(/ and .* go together most: \d+ % of the artists with either have both/);
  const map = await e.table(together);
  expect(map.length).toBe(21); // twenty tags and the header
  const both = (a: string, b: string): number => Number(map.find((row) => row[0] === a)![map[0]!.indexOf(b)]);
  expect(both('rock', 'alternative')).toBeGreaterThan(both('rock', 'hip-hop') || 0);
  const byYear = await e.table(await e.reach(e.chart('Tags by year of tagging')));
  expect(byYear.map((row) => row[0])).toContain('2009');
  expect(byYear[0]).toContain('rock');
  await e.bar(e.part('Artists').getByRole('figure', { name: 'Tags', exact: true }), 'rock').click();
  await expect.poll(() => e.selected()).toBeLessThan(92_834);
  await expect(e.chips).toContainText('rock');
});

test('a table of items alone: read, explored, cross-filtered; nothing can be trained on it, and a reload brings it back', async ({ page }) => {
  const w = new Workbench(page);
  await w.open();
  const moods = ['bright sun and dancing', 'rain on a grey window', 'engines in the night'];
  const rows = Array.from({ length: 240 }, (_, k) => `t${k},"Song ${k}",${['pop', 'folk', 'techno'][k % 3]},${1990 + (k % 30)}-0${1 + (k % 9)}-11,${(90 + (k % 30) * 2 + (k % 7) / 10).toFixed(1)},${((k % 30) / 30).toFixed(2)},"${moods[k % 3]} with many more words ${k}"`);
  await w.data.open([csv('songs.csv', `track_id,track_name,genre,release_date,tempo,energy,lyrics\n${rows.join('\n')}\n`)]);
  await expect(page.getByText('the items alone can be looked at on Explore')).toBeVisible();
  await page.getByRole('button', { name: 'Read these files' }).click();
  await expect(page.getByRole('heading', { name: 'A table of items alone' })).toBeVisible();
  await page.getByRole('button', { name: 'Explore these items' }).click();
  const e = new ExplorePage(page);
  await expect(e.counts).toHaveText('240 items');
  await expect(page.getByText(/popularity, activity, the k-core, time and the splits are not here/)).toBeVisible();

  await e.go('Items');
  await expect(e.reading(await e.reach(e.chart('Correlation of numbers')))).toContainText(/Tempo and energy go together most \(r = /);
  const means = await e.table(await e.reach(e.chart('Tempo').filter({ has: page.getByText('rising') })));
  expect(means.length).toBe(31); // thirty years and the header
  await e.go('Items');
  await e.bar(e.part('Items').getByRole('figure', { name: 'Genre' }), 'folk').click();
  await expect(e.counts).toHaveText('80 of 240 items');
  await e.go('Text');
  await expect(e.reading(e.chart('Words in lyrics'))).toContainText('words');
  await e.go('Quality');
  await expect(e.part('Data quality')).toContainText('of the 80 selected items');
  await expectClean(page);

  await page.reload();
  await expect(e.counts).toHaveText('80 of 240 items');
  await w.go('Train');
  await expect(page.getByText('songs is a table of items alone.')).toBeVisible();
  await expect(w.train.button('Train')).toBeDisabled();
});

const songs = path.resolve(import.meta.dirname, '../../shared/data/spotify_songs.csv.zip');
test('spotify_songs.csv: audio features through the decades, together and against popularity', async ({ page }) => {
  test.skip(!existsSync(songs), `needs ${path.basename(songs)} in ../shared/data`);
  test.setTimeout(240_000);
  const w = new Workbench(page);
  await w.open();
  await w.data.open(songs);
  await expect(page.getByText(/playlist_id" can stand for one/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Read these files' }).click();
  await w.data.expectFunnel('As read', ['32,833', '471', '28,356']);
  const e = new ExplorePage(page);
  await e.open();
  await e.go('Items');
  const items = e.part('Items');
  await expect((await e.reach(e.chart('Correlation of numbers'))).getByText('Reading:')).toBeVisible();
  await expect(e.reading(await e.reach(e.chart(/^Popularity against /)))).toContainText('rank correlation');
  const loudness = e.chart('Loudness').filter({ has: page.getByText('rising') });
  await e.reach(items.getByRole('heading', { name: /^Means by track album release date/i }));
  await expect(loudness.locator('svg path.recharts-area-area, svg path.recharts-curve').first()).toBeVisible({ timeout: 30_000 });
  const rows = await e.table(loudness);
  expect(rows[0]).toEqual(['Year', 'mean']);
  expect(rows.length).toBeGreaterThan(30);
});
