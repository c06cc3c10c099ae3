import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { expectClean } from './pages/axe';
import { RecommendPage } from './pages/recommend';
import { Workbench } from './pages/workbench';

test('demo: PureSVD, its vectors behind IVF, recall against time; lists that cannot be are refused', async ({ page }) => {
  test.setTimeout(120_000);
  const w = new Workbench(page);
  const r = new RecommendPage(page);
  await w.open('#/data');
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  await w.open('#/train?model=pure-svd');
  await w.train.trainToEnd();
  await r.open('tab=index');

  // More lists than vectors: refused with the range, in the form and from the address alike.
  const lists = page.getByRole('textbox', { name: 'nlist' });
  await expect(lists).toHaveValue('30', { timeout: 30_000 });
  await lists.fill('901');
  await expect(page.getByText(/nlist must be a whole number from 1 to 900, the number of vectors; received 901/)).toBeVisible();
  const build = page.getByRole('button', { name: 'Build and measure' });
  await expect(build).toBeDisabled();
  await r.open('tab=index&nlist=16');
  await expect(lists).toHaveValue('16');
  await expect(page.getByText(/The index will take \d+ kB beside them/)).toBeVisible();

  await build.click();
  const table = page.getByRole('table', { name: /^IVF, 16 lists: recall and time by nprobe/ });
  await expect(table.getByRole('row')).toHaveCount(7, { timeout: 30_000 }); // heading, 1 2 4 8 16, exact search
  const all = table.getByRole('row').filter({ hasText: 'nprobe 16 (all: exact)' });
  await expect(all).toContainText('1.000');
  await expect(all).toContainText('100 %');
  await expect(page.locator('p', { hasText: 'Reading:' })).toContainText(/of the true 10 nearest/);
  await expectClean(page);
  const chart = page.getByRole('figure', { name: 'Recall@10 against time a query' });
  await chart.getByRole('button', { name: /table and export/ }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save numbers (CSV)' }).click();
  expect((await readFile(await (await download).path(), 'utf8')).trimEnd().split('\r\n')).toHaveLength(7);

  // By bucket: one table finds less than all of them, and what is found is never called exact.
  await r.open('tab=index&kind=bucket&tables=8&width=1');
  await build.click();
  const buckets = page.getByRole('table', { name: /^bucketed LSH, 8 tables, width 1/ });
  await expect(buckets.getByRole('row').last()).toContainText('exact search', { timeout: 30_000 });
  await expect(buckets.getByRole('row').filter({ hasText: 'all: exact' })).toHaveCount(0);

  // Hashing, over text: the items ask, none finds itself.
  await r.open('tab=index&kind=sign&bits=64&depth=20');
  await page.getByRole('combobox', { name: 'Vectors' }).click();
  await page.getByRole('option', { name: /^Text: lyrics/ }).click();
  await expect(page.getByText('900 vectors of 384 numbers')).toBeVisible();
  await build.click();
  await expect(page.getByRole('table', { name: /^sign LSH, 64 bits/ }).getByRole('row').last()).toContainText('exact search', { timeout: 30_000 });
});
