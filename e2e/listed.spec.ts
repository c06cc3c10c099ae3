import { expect, test } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { Workbench, type NamedFile } from './pages/workbench';

/** Sixty users of two tastes (even and odd items) in NCF's three files: the last item of their taste is the test, the negatives are of the other one. */
function ncfZip(): NamedFile {
  const [train, rating, negative]: [string[], string[], string[]] = [[], [], []];
  for (let u = 0; u < 60; u++) {
    const own = Array.from({ length: 8 }, (_, k) => ((u % 2) + 2 * ((u + 3 * k) % 20)) % 40);
    const distinct = [...new Set(own)];
    for (const i of distinct.slice(0, -1)) train.push(`${u}\t${i}\t4`);
    rating.push(`${u}\t${distinct.at(-1)}\t5\t${978300000 + u}`);
    const others = Array.from({ length: 12 }, (_, k) => 1 - (u % 2) + 2 * ((u + k) % 20));
    negative.push(`(${u},${distinct.at(-1)})\t${others.join('\t')}`);
  }
  const text = (lines: string[]): Uint8Array => strToU8(`${lines.join('\n')}\n`);
  const zip = zipSync({ 'ml.train.tsv': text(train), 'ml.test.rating': text(rating), 'ml.test.negative': text(negative) });
  return { name: 'ncf.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) };
}

test('data with listed negatives: its own protocol, a badge wherever figures are shown; a blend tuned on validation', async ({ page }) => {
  const w = new Workbench(page);
  await w.open();
  await w.data.open([ncfZip()]);
  const split = page.getByRole('region', { name: /^Split/ });
  await expect(split.getByText('sampled: 12 listed negatives')).toBeVisible({ timeout: 30_000 });
  await expect(split.getByRole('radio', { name: /^NCF: listed negatives/ })).toBeChecked();

  await page.goto('./#/train?model=hybrid&p.members=item-knn%3A0.5%2Cpopularity%3A0.5');
  await expect(page.getByRole('slider', { name: 'Weight of ItemKNN' })).toBeVisible();
  await page.getByRole('slider', { name: 'Weight of Popularity' }).press('Home');
  await page.getByRole('slider', { name: 'Weight of Popularity' }).press('ArrowRight');
  await expect(page.getByRole('textbox', { name: 'The blend as text' })).toHaveValue('item-knn:0.5,popularity:0.01');
  await page.getByRole('switch', { name: 'Tune the weights on validation' }).check();
  await w.train.trainToEnd();
  await expect(page.getByText(/Weights tuned on validation, best NDCG@10 of 21 mixtures/)).toBeVisible();
  // Everybody's test item is of their own taste and all negatives of the other.
  expect(await w.train.testValue('All items')).toBeGreaterThan(0.9);
  await expect(w.train.runTable.getByText('sampled: 12 listed negatives')).toBeVisible();

  await page.getByRole('textbox', { name: 'The blend as text' }).fill('item-knn:5,popularity:0.5');
  await expect(page.getByText(/a weight from 0 to 1 each/)).toBeVisible();
});
