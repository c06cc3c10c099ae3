/** HetRec Last.fm as downloaded: two quick models compared, people and newcomers asked about, the map of artists. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { ComparePage } from './pages/compare';
import { RecommendPage } from './pages/recommend';
import { Workbench } from './pages/workbench';

const zip = path.resolve(import.meta.dirname, '../../shared/data/hetrec2011-lastfm-2k.zip');

test('Last.fm: PureSVD against ItemKNN, a listener, somebody new, the map with a lasso and a path', async ({ page }) => {
  test.skip(!existsSync(zip), `needs ${path.basename(zip)} in ../shared/data`);
  test.setTimeout(240_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const w = new Workbench(page);
  const c = new ComparePage(page);
  const r = new RecommendPage(page);
  await w.open();
  await w.data.open(zip);
  await w.data.expectFunnel('As read', ['92,834', '1,892', '17,632']);
  await page.getByRole('button', { name: '5-core, as in most papers' }).click();
  await w.data.expectFunnel(/core/i, ['71,355', '1,859', '2,823']);
  for (const model of ['item-knn', 'pure-svd']) {
    await page.goto(`./#/train?model=${model}&text=none`);
    await w.train.trainToEnd();
  }

  await c.open('?tab=runs');
  await c.tick(/^Compare ItemKNN/).check();
  await c.tick(/^Compare PureSVD/).check();
  await expect(c.together.getByText(/Paired bootstrap over the same [\d,]+ users/)).toBeVisible();
  await expect(c.chart('Difference per slice').getByText('Reading:')).toBeVisible();
  await c.button('Compare the lists').click();
  await expect(page.getByText(/share [\d.]+ % of what either shows/)).toBeVisible({ timeout: 30_000 });

  // A listener: by search, then somebody the models know little about; two lists with reasons.
  await r.open();
  await page.getByRole('combobox', { name: 'Find by name or id' }).fill('2');
  await page.getByRole('option').first().click();
  await r.expectRows('PureSVD', 10);
  await r.expectRows('ItemKNN', 10);
  await expect(page.getByRole('img', { name: /^Time line: \d+ items in the order of the file/ })).toBeVisible();
  const row = await r.why('ItemKNN', 0);
  await expect(row.getByText(/^Has “/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Cold start' }).click();
  await expect.poll(() => page.url()).not.toContain('user=2&');
  await r.expectRows('ItemKNN', 10);
  const listener = page.url().replace(/^.*#/, './#');

  // Somebody new, without anything tagged rock.
  await r.open('tab=new-user');
  const offers = page.getByRole('list', { name: 'Items to click' }).getByRole('button');
  await offers.nth(0).click();
  await r.expectRows('ItemKNN', 10);
  const one = await r.names('ItemKNN');
  await page.getByRole('slider', { name: 'Diversity' }).press('End');
  await expect.poll(() => r.names('ItemKNN')).not.toEqual(one);
  await page.getByRole('combobox', { name: 'Leave out' }).fill('rock');
  await page.getByRole('option', { name: 'rock', exact: true }).first().click();
  await expect.poll(() => page.url()).toContain('without=');
  await r.expectRows('ItemKNN', 10);

  // The map: coloured by tag, a lasso, the way of a listener, UMAP stopped at will.
  await page.goto(listener);
  await r.expectRows('PureSVD', 10);
  await r.tab('Map');
  const map = page.getByRole('application', { name: /^Map of 2,823 points/ });
  await expect(map).toBeVisible({ timeout: 30_000 });
  await page.getByRole('combobox', { name: 'Colour by' }).click();
  await page.getByRole('option', { name: /tag/i }).first().click();
  await expect(page.getByRole('list', { name: 'Legend' })).toContainText('rock');
  await page.getByRole('button', { name: 'Lasso' }).click();
  await map.scrollIntoViewIfNeeded();
  const box = (await map.boundingBox())!;
  const corners = [[0.3, 0.3], [0.7, 0.3], [0.7, 0.7], [0.3, 0.7]].map(([x, y]) => [box.x + x! * box.width, box.y + y! * box.height] as const);
  await page.mouse.move(...corners[0]!);
  await page.mouse.down();
  for (const corner of corners.slice(1)) await page.mouse.move(...corner, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByText(/^[\d,]+ points selected\.$/).or(page.getByRole('table', { name: 'Selected points' })).first()).toBeVisible();
  await page.getByRole('button', { name: /^Path of/ }).click();
  await expect(page.getByText(/the newest \d+ items as a line/)).toBeVisible();
  await page.getByText('UMAP', { exact: true }).click();
  await expect(page.getByText(/^UMAP: (looking for neighbours|step)/)).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText(/^UMAP: /)).toHaveCount(0);
});
