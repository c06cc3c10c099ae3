import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { small, Workbench } from './pages/workbench';

test('two runs overlaid; a run renamed, exported, deleted, brought back, imported elsewhere', async ({ page, browser, baseURL }) => {
  test.setTimeout(300_000);
  const w = new Workbench(page);
  await w.open();
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  await page.goto(`./#/train?${small}&p.epochs=2&text=none&seed=1`);
  await w.train.trainToEnd();
  await page.goto(`./#/train?${small}&p.epochs=2&text=lyrics&seed=2`);
  await w.train.trainToEnd();

  const draw = w.train.runTable.getByRole('checkbox');
  await expect(draw).toHaveCount(2);
  for (const box of await draw.all()) await box.check();
  await expect(page.getByText('2 runs laid over one another')).toBeVisible();
  const rows = await w.train.chartRows('HR@10 by epoch');
  expect(rows[0]?.length).toBeGreaterThanOrEqual(3); // epoch and one column per run

  const name = w.train.runTable.getByTitle('Rename').first();
  await name.click();
  await page.getByLabel(/^New name of/).fill('My best run');
  await page.keyboard.press('Enter');
  await expect(w.train.runTable).toContainText('My best run');

  await page.getByRole('button', { name: 'More for My best run' }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export run (JSON)' }).click();
  const file = await (await saved).path();
  const record = JSON.parse(readFileSync(file, 'utf8')) as { format: string; version: number; name: string; test: { all: { n: number } } };
  expect(record).toMatchObject({ format: 'coldwave-run', version: 1, name: 'My best run' });
  expect(record.test.all.n).toBeGreaterThan(1000);

  await page.getByRole('button', { name: 'More for My best run' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(w.train.runTable.getByRole('checkbox')).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(w.train.runTable.getByRole('checkbox')).toHaveCount(2);

  const elsewhere = await browser.newContext({ baseURL: baseURL ?? '' });
  const other = new Workbench(await elsewhere.newPage());
  await other.open('#/train');
  await other.page.getByRole('button', { name: 'Try the demo' }).waitFor();
  // Without any data a run can be looked at, and deleting the last one can be undone.
  await other.page.locator('main input[type="file"][accept*="json"]').setInputFiles(file);
  await expect(other.train.testTable).toBeVisible();
  await other.page.getByRole('button', { name: 'More for My best run' }).click();
  await other.page.getByRole('menuitem', { name: 'Delete' }).click();
  await other.page.getByRole('button', { name: 'Undo' }).click();
  await expect(other.train.runTable).toContainText('My best run');
  await elsewhere.close();

  // A file that is not a run is refused in words; a run is taken.
  const input = page.locator('main input[type="file"][accept*="json"]');
  await input.setInputFiles({ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('{"a":1}') });
  await expect(page.getByRole('alert').filter({ hasText: 'not a Coldwave run' })).toBeVisible();
  await page.getByRole('button', { name: 'More for My best run' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(w.train.runTable.getByRole('checkbox')).toHaveCount(1);
  await input.setInputFiles({ name: 'run.json', mimeType: 'application/json', buffer: readFileSync(file) });
  await expect(w.train.runTable).toContainText('My best run');
});
