import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { expectClean } from './pages/axe';
import { RecommendPage } from './pages/recommend';
import { Workbench } from './pages/workbench';

const zip = path.resolve(import.meta.dirname, '../../shared/data/hetrec2011-lastfm-2k.zip');

test('Last.fm: a retrieval network, its vectors behind IVF, recall against time, and lists served through the index', async ({ page }) => {
  test.skip(!existsSync(zip), `needs ${path.basename(zip)} in ../shared/data`);
  test.setTimeout(300_000);
  const w = new Workbench(page);
  const r = new RecommendPage(page);
  await w.open();
  await w.data.open(zip);
  await w.data.expectFunnel('As read', ['92,834', '1,892', '17,632']);
  await page.getByRole('button', { name: '5-core, as in most papers' }).click();
  await w.data.expectFunnel(/core/i, ['71,355', '1,859', '2,823']);
  await page.goto('./#/train?model=two-tower-retrieval&preset=quick&p.epochs=2&p.batch=1024');
  await w.train.trainToEnd();

  // Recall against time on the model's own vectors; with every list read nothing is missed.
  await r.open('tab=index&nlist=32');
  await page.getByRole('button', { name: 'Build and measure' }).click({ timeout: 60_000 });
  const table = page.getByRole('table', { name: /^IVF, 32 lists: recall and time by nprobe/ });
  const all = table.getByRole('row').filter({ hasText: 'nprobe 32 (all: exact)' });
  await expect(all).toContainText('1.000', { timeout: 60_000 });
  await expect(page.getByRole('figure', { name: 'Recall@10 against time a query' })).toBeVisible();
  await expect(page.locator('p', { hasText: 'Reading:' })).toContainText(/of the true 10 nearest/);

  // From the curve to the lists.
  await page.getByRole('button', { name: 'Serve lists with nprobe 4', exact: true }).click();
  await expect(page.getByRole('tab', { name: 'Person' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: 'Knows much' }).click();
  await r.expectRows('Two-tower retrieval', 10);
  const line = page.getByText(/^Through IVF, 32 lists, nprobe 4: \d+ % of the exact list found in .+ reading [\d.]+ % of 2,823 items; exact search takes .+ ms/);
  await expect(line).toBeVisible();
  const through = await r.names('Two-tower retrieval');

  // Every list read: the exact list, found in full.
  await page.getByRole('textbox', { name: 'nprobe' }).fill('32');
  await expect(page.getByText(/^Through IVF, 32 lists, nprobe 32: 100 % of the exact list/)).toBeVisible();
  const exact = await r.names('Two-tower retrieval');
  await page.getByText('Exact', { exact: true }).click();
  await expect(page.getByText(/^Through IVF/)).toHaveCount(0);
  await r.expectRows('Two-tower retrieval', 10);
  expect(await r.names('Two-tower retrieval')).toEqual(exact);
  expect(through.filter((name) => exact.includes(name)).length).toBeGreaterThan(0);

  // A dial that cannot be is refused with its range; an index that is not built says so and can be built here, by hash too.
  await r.open('search=ivf:32:33');
  await expect(page.getByRole('alert').filter({ hasText: 'nprobe must be a whole number from 1 to 32' })).toBeVisible();
  await page.getByText('LSH', { exact: true }).click();
  await expect(page.getByText(/The index will take \d+ kB beside them/)).toBeVisible();
  await page.getByRole('button', { name: 'Knows much' }).click();
  await expect(page.getByText('Exact search: the index for this model is not built.')).toBeVisible();
  await page.getByRole('button', { name: 'Build the index' }).click();
  await expect(page.getByText(/^Through sign LSH, 128 bits, shortlist 200: \d+ % of the exact list/)).toBeVisible({ timeout: 30_000 });
  await expectClean(page);

  // An item of which nothing is known stands at the average, somebody new by what they have. Each is said.
  await r.open('tab=new-song');
  await page.getByRole('button', { name: 'Who would like it?' }).click();
  await expect(page.getByText(/stands at the average of the items it was trained on/)).toBeVisible({ timeout: 60_000 });
  await r.open('tab=new-user');
  await page.getByRole('list', { name: 'Items to click' }).getByRole('button').first().click();
  await expect(page.getByText(/they stand in the middle of those items/)).toBeVisible({ timeout: 30_000 });
});
