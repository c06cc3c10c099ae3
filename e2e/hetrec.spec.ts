import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { small, Workbench } from './pages/workbench';

const zip = path.resolve(import.meta.dirname, '../../shared/data/hetrec2011-lastfm-2k.zip');

test('the Last.fm zip as downloaded: counts, 5-core, text on artist names, warm and cold curves', async ({ page }) => {
  test.skip(!existsSync(zip), `needs ${path.basename(zip)} in ../shared/data`);
  test.setTimeout(480_000);
  const w = new Workbench(page);
  await w.open();
  await w.data.open(zip);
  await w.data.expectFunnel('As read', ['92,834', '1,892', '17,632']);
  await page.getByRole('button', { name: '5-core, as in most papers' }).click();
  await w.data.expectFunnel(/core/i, ['71,355', '1,859', '2,823']);

  await w.go('Text');
  await w.text.embed('name');
  await expect(w.text.ready('name')).toBeVisible({ timeout: 240_000 });

  await page.goto(`./#/train?${small}&p.epochs=3&text=name`);
  await w.train.trainToEnd(240_000);
  await expect(w.train.epochTable.getByRole('row')).toHaveCount(4);
  for (const slice of ['All items', 'Warm', 'Cold'] as const) expect(await w.train.testValue(slice)).toBeGreaterThanOrEqual(0);
  const rows = await w.train.chartRows('NDCG@10 by epoch');
  expect(rows[0]?.join(' ')).toMatch(/warm.*cold/i);
});
