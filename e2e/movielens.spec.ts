/** MovieLens 100K as downloaded, through Explore, Compare and Recommend; models that are fitted in a moment. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { ComparePage } from './pages/compare';
import { ExplorePage } from './pages/explore';
import { RecommendPage } from './pages/recommend';
import { Workbench } from './pages/workbench';

const zip = path.resolve(import.meta.dirname, '../../shared/data/ml-100k.zip');
const whole = ['100,000', '943', '1,682'] as [string, string, string];

test('what is in it: over time, where splits cut, k-cores, columns, words, quality', async ({ page }) => {
  test.skip(!existsSync(zip), `needs ${path.basename(zip)} in ../shared/data`);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const w = new Workbench(page);
  const e = new ExplorePage(page);
  await w.open();
  await w.data.open(zip);
  await w.data.expectFunnel('As read', whole);
  await e.open();
  await expect(e.counts).toHaveText('100,000 ratings · 943 viewers · 1,682 films');
  await expect(page.getByRole('img', { name: /6\.3 % of the pairs are known/ })).toBeVisible();

  await e.go('Activity');
  await expect(e.reading(e.chart('Long tail'))).toContainText('carry 80 % of the ratings');
  const core = page.getByRole('slider', { name: 'k of the core' });
  await core.scrollIntoViewIfNeeded();
  const kept = async (k: string): Promise<string> => {
    await expect(page.getByRole('slider', { name: 'k of the core' })).toHaveAttribute('aria-valuenow', k);
    return e.part('Activity').locator('dl').innerText();
  };
  const five = await kept('5');
  for (let k = 0; k < 3; k++) await core.press('ArrowRight');
  const more = await kept('8');
  expect(more).not.toBe(five);

  await e.go('Over time');
  await expect(e.chart(/^Ratings per (month|week|day)/)).toBeVisible();
  await expect(e.reading(e.chart(/^New films per/))).toContainText(/% of the films appear after the first tenth of the time/);
  const cuts = page.getByRole('table', { name: 'The splits side by side' });
  await cuts.scrollIntoViewIfNeeded();
  await expect(cuts.getByRole('row').filter({ hasText: 'By date' })).toContainText('10,000');
  await expect(e.chart('Test of “By date”').locator('svg').getByText('cut', { exact: true })).toBeVisible();

  await e.go('Viewers');
  const before = await e.selected();
  await e.bar(e.part('Viewers').getByRole('figure', { name: 'Occupation' }), 'student').click();
  await expect.poll(() => e.selected()).toBeLessThan(before);
  await e.go('Films');
  await expect(e.bar(e.part('Films').getByRole('figure', { name: /^Genre/ }), 'Drama')).toHaveAttribute('aria-label', /, expected /);
  await page.getByRole('button', { name: 'Clear all' }).click();

  await e.go('Text');
  await expect(e.reading(e.chart(/^Words in title/i))).toContainText('A typical text has');
  const words = page.getByRole('region', { name: /^Words that set groups apart in title/i });
  await expect(words).toContainText('times as frequent');
  const picture = page.waitForEvent('download');
  await words.getByRole('button', { name: 'Save picture (PNG)' }).click();
  expect((await picture).suggestedFilename()).toMatch(/\.png$/);

  await e.go('Quality');
  const quality = page.getByRole('region', { name: 'Data quality' });
  await expect(quality.getByRole('listitem').first()).toBeVisible();
  await expect(quality.getByText('No viewer and film pair is repeated')).toBeVisible();
  await expect(quality.getByText('Reading:')).toBeVisible();
});

test('two models on two splits: never ranked together; curves, people won and lost, notes and archive; the loser’s lists', async ({ page }) => {
  test.skip(!existsSync(zip), `needs ${path.basename(zip)} in ../shared/data`);
  test.setTimeout(360_000);
  const w = new Workbench(page);
  const c = new ComparePage(page);
  const r = new RecommendPage(page);
  await w.open();
  await w.data.open(zip);
  await w.data.expectFunnel('As read', whole);
  for (const config of ['model=item-knn', 'model=lightfm&preset=bpr-mf&p.epochs=2&p.factors=8', 'model=lightfm&preset=bpr-mf&p.epochs=3&p.factors=8']) {
    await page.goto(`./#/train?${config}&patience=0&text=none`);
    await w.train.trainToEnd();
  }
  await w.open('#/data?at=split');
  await page.getByRole('radio', { name: /^By date/ }).check();
  await page.goto('./#/train?model=popularity&text=none');
  await w.train.trainToEnd();

  await c.open('?tab=runs');
  await expect(page.getByText('2 tables, because their figures do not compare')).toBeVisible();
  await expect(page.getByText(/^In a table of its own: /)).toBeVisible();
  await c.tick(/^Compare ItemKNN/).check();
  await c.tick(/^Compare Popularity/).check();
  await expect(page.getByText(/^“Popularity.* is left out of the comparison: /)).toBeVisible();
  await c.tick(/^Compare Popularity/).uncheck();
  for (const box of await c.tick(/^Compare LightFM/).all()) await box.check();
  await expect(c.together.getByText(/Paired bootstrap over the same [\d,]+ users/)).toBeVisible();
  const ids = new URLSearchParams(page.url().split('?')[1]).get('runs')!.split(',');
  await expect(c.together.getByRole('table', { name: /^Settings that differ/ }).getByRole('row', { name: /^Epochs Model/ })).toBeVisible();
  await expect(c.chart(/by epoch, laid over one another$/).locator('svg path.recharts-curve').first()).toBeVisible();
  await expect(c.chart('Rank of the held-out item').getByText(/^Half of the held-out items|Half of the held-out/)).toBeVisible();
  await expect(c.chart('Cost against quality').getByText('Reading:')).toBeVisible();
  await c.chart('Difference per slice').getByRole('combobox', { name: 'Slice by' }).click();
  await page.getByRole('option', { name: /^User’s train interactions/ }).click();
  await expect(c.chart('Difference per slice').getByRole('slider')).toHaveAttribute('aria-valuetext', /n = \d+\)/);
  await c.button('Biggest loss').click();
  await expect(page.getByRole('region', { name: /both lists$/ }).getByRole('listitem')).toHaveCount(20, { timeout: 30_000 });

  // Notes, a tag, a pin; archived it is out of the way and comes back.
  const knn = (await c.tick(/^Compare ItemKNN/).getAttribute('aria-label'))!.replace('Compare ', '');
  await c.menu(knn, 'Name, notes and tags');
  const notes = page.getByRole('dialog', { name: 'Name, notes and tags' });
  await notes.getByRole('textbox', { name: 'Notes' }).fill('the one to beat');
  await notes.getByLabel('Tags').fill('baseline');
  await notes.getByLabel('Tags').press('Enter');
  await notes.getByRole('button', { name: 'Keep' }).click();
  await c.menu(knn, 'Pin to the top');
  await expect(page.getByRole('img', { name: 'Pinned' })).toBeVisible();
  await page.getByRole('textbox', { name: /^Find runs/ }).fill('beat');
  await expect(page.getByRole('checkbox', { name: /^Compare / })).toHaveCount(1);
  await expect(page.getByText('the one to beat')).toBeVisible();
  await page.getByRole('textbox', { name: /^Find runs/ }).fill('');
  await c.menu(knn, 'Archive');
  await expect(c.tick(/^Compare ItemKNN/)).toHaveCount(0);
  await page.getByRole('switch', { name: 'Archived (1)' }).click();
  await c.menu(knn, 'Bring back from the archive');

  // Somebody the second model fails, by both, with what they have on a line of time.
  await r.open(`run=${ids.slice(0, 2).join(',')}`);
  await page.getByRole('button', { name: 'Biggest loser…' }).click();
  await page.getByRole('menuitem', { name: /: rank [\d,]+ → / }).first().click();
  await expect(page.getByRole('img', { name: /^Time line: \d+ items from 199\d-/ })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('list', { name: /^List by / })).toHaveCount(2);
  for (const list of await page.getByRole('list', { name: /^List by / }).all()) await expect(list.locator(':scope > li')).toHaveCount(10);
  await page.getByRole('combobox', { name: 'Leave out' }).fill('Drama');
  await page.getByRole('option', { name: 'Drama' }).click();
  await expect.poll(() => page.url()).toContain('Drama');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export lists' }).click();
  await page.getByRole('menuitem', { name: 'As JSON' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.json$/);
});
