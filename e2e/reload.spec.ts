import { expect, test, type Page } from '@playwright/test';
import { small, Workbench } from './pages/workbench';

/** Epoch of the checkpoint in this browser's database; 0 when there is none. */
const checkpointEpoch = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const request = indexedDB.open('coldwave');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const all = request.result.transaction('checkpoints').objectStore('checkpoints').getAll();
          all.onerror = () => reject(all.error);
          all.onsuccess = () => {
            request.result.close();
            resolve((all.result as { checkpoint: { epoch: number } }[])[0]?.checkpoint.epoch ?? 0);
          };
        };
      }),
  );

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
  await expect.poll(() => checkpointEpoch(page), { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
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
