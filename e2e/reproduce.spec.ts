import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { expectClean } from './pages/axe';
import { ReproducePage } from './pages/reproduce';
import { Workbench } from './pages/workbench';

const zip = path.resolve(import.meta.dirname, '../../shared/data/ml-100k.zip');

test('published numbers on a file somebody brings: the quick rows hit, slow rows say their minutes, LightFM asks for its own test file', async ({ page }) => {
  test.skip(!existsSync(zip), `needs ${path.basename(zip)} in ../shared/data`);
  test.setTimeout(180_000);
  const w = new Workbench(page);
  const r = new ReproducePage(page);
  await w.open();
  await r.open('ml-100k');
  await expect(page.getByText('Nothing is loaded. Needed: ml-100k.zip.')).toBeVisible();
  await expect(r.run).toBeDisabled();
  await r.bring(zip);
  await expect(r.fits).toBeVisible({ timeout: 60_000 });
  await expect(page.getByLabel(/^Also the slow rows: Implicit ALS, f 64 \(\d+ s\)/)).not.toBeChecked();
  await r.run.click();
  await r.expectHits(27, 150_000);
  await expect(r.table.getByRole('row').filter({ hasText: 'UserKNN, k 100, reverse neighbours' })).toContainText('hit');
  await expectClean(page, { place: 'reproduced' });

  // The same data; what is test stands in a file of its own inside the zip.
  await r.open('lightfm-ml-100k');
  await expect(page.getByText('MovieLens 100K is loaded. What is test stands in ua.test, which is inside ml-100k.zip.')).toBeVisible();
  await expect(r.run).toBeDisabled();
  await r.bring(zip);
  await expect(r.fits).toBeVisible();
  await expect(r.run).toHaveText('Run 6 rows (30 runs)');
});
