import { expect, test } from '@playwright/test';
import { small, Workbench } from './pages/workbench';

test('data survive a reload, and a run cut off by it resumes from its checkpoint', async ({ page }) => {
  test.setTimeout(300_000);
  const w = new Workbench(page);
  await w.open();
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  await expect(w.status).toContainText('Stored on this device');

  await page.goto(`./#/train?${small}&p.epochs=5&text=title`);
  await w.train.button('Train').click();
  await expect(w.train.epochTable.getByRole('row')).toHaveCount(3, { timeout: 120_000 }); // two epochs are in
  await page.waitForTimeout(1500); // time for the checkpoint to be written; the next epoch may run on
  await page.reload();

  await expect(page.getByText(/This run was cut off at epoch \d of 5/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('region', { name: 'A run was cut off' }).getByRole('button', { name: 'Resume' }).click();
  await w.train.end(240_000);
  await expect(page.getByText(/This run was cut off/)).toHaveCount(0);
  // The epochs before the cut are part of the finished run.
  const rows = await w.train.chartRows('HR@10 by epoch');
  expect(rows.filter((r) => /^[1-5]$/.test(r[0]?.trim() ?? ''))).toHaveLength(5);

  await w.go('Data');
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
});

test('pause, step one epoch, resume and stop', async ({ page }) => {
  test.setTimeout(300_000);
  const w = new Workbench(page);
  await w.open();
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  await page.goto(`./#/train?${small}&p.epochs=50&text=none&patience=0`);
  await w.train.button('Step').click(); // one epoch, then pause
  await expect(page.getByText('Paused after epoch 1 of 50')).toBeVisible({ timeout: 120_000 });
  await w.train.button('Step').click();
  await expect(page.getByText('Paused after epoch 2 of 50')).toBeVisible({ timeout: 120_000 });
  await w.train.button('Resume').click();
  await expect(w.train.epochTable.getByRole('row')).toHaveCount(4, { timeout: 120_000 });
  await w.train.button('Stop').click();
  await w.train.end(120_000);
  await expect(w.train.runTable).toContainText('stopped');
});
