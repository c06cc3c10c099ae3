import { expect, test } from '@playwright/test';
import { small, Workbench } from './pages/workbench';

test('one click on the demo, and a curve moves', async ({ page }) => {
  const w = new Workbench(page);
  await w.open();
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Train' })).toBeVisible();
  await expect(w.train.button('Stop')).toBeVisible();
  await expect(w.train.chart('Loss').locator('svg path.recharts-line-curve, svg path.recharts-curve').first()).toBeVisible({ timeout: 60_000 });
  await expect(w.train.chart('Loss').getByRole('slider')).toHaveAttribute('aria-valuetext', /loss/);
  await w.train.button('Stop').click();
  await expect(w.train.button('Train')).toBeVisible({ timeout: 90_000 });
});

test('the demo trains to curves for all, warm, cold and new, under the oracle', async ({ page }) => {
  test.setTimeout(300_000);
  const w = new Workbench(page);
  await w.open();
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  await w.open(`#/train?${small}&p.epochs=3&text=lyrics`);
  await w.train.trainToEnd(240_000);

  await expect(w.train.epochTable.getByRole('row')).toHaveCount(4); // header + 3 epochs
  const rows = await w.train.chartRows('HR@10 by epoch');
  expect(rows[0]?.join(' ')).toMatch(/all.*warm.*cold.*new/i);
  expect(rows.filter((r) => /^[123]$/.test(r[0]?.trim() ?? ''))).toHaveLength(3);
  await expect(w.train.chart('HR@10 by epoch')).toContainText('oracle');
  await expect(w.train.chart('HR@10 by epoch')).toContainText('popularity');
  await expect(page.getByText('Reading:')).toBeVisible();

  const heads = await w.train.testTable.getByRole('columnheader').allInnerTexts();
  expect(heads.join(' ')).toMatch(/popularity.*random.*oracle/s);
  const all = await w.train.testValue('All items');
  expect(all).toBeGreaterThan(await w.train.testValue('All items', 'random'));
  expect(all).toBeLessThan(await w.train.testValue('All items', 'oracle'));
});
