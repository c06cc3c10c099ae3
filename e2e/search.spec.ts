import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { expectClean } from './pages/axe';
import { SearchPage } from './pages/search';
import { small, Workbench } from './pages/workbench';

test('a search stopped, reloaded, resumed; its winner trained; the linter flags a bad run and passes a good one', async ({ page }) => {
  test.setTimeout(300_000);
  const w = new Workbench(page);
  const s = new SearchPage(page);
  await w.open();
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);

  // As published: the epoch is chosen on the test set. A reviewer would say so, and more.
  await page.goto(`./#/train?${small.replace('preset=fast', 'preset=published-script')}&p.scorer=dot&p.epochs=1&text=none`);
  await w.train.trainToEnd();
  await expect(s.review.getByText('was chosen on the test set')).toBeVisible();
  await expect(s.review.getByText('Serious').first()).toBeVisible();
  await expect(s.review.getByText('No search is on record')).toBeVisible();

  // By date nothing of the future is seen in training.
  await w.go('Data');
  await page.getByRole('radio', { name: /By date/ }).check();
  await expect(page.getByText(/^split [0-9a-f]{8}$/)).toBeVisible();

  // Settings that are not allowed are refused with what is: in the address, and in the form.
  await page.goto('./#/train?model=ease&p.lambda=-1');
  await expect(page.getByText('lambda must be a number from 0.01 to 1000000; received "-1"', { exact: false })).toBeVisible();
  await page.goto('./#/train?model=item-knn&p.k=0&p.shrink=NaN');
  await expect(page.getByText('k must be a whole number from 1 to 2000; received "0"', { exact: false })).toBeVisible();
  await expect(page.getByText('shrink must be a number from', { exact: false })).toContainText('received "NaN"');
  for (const typed of ['0', '-3', 'NaN']) {
    await page.getByLabel('Neighbours', { exact: true }).fill(typed);
    await expect(page.getByText('Must be a whole number from 1 to 2000; received', { exact: false })).toBeVisible();
    await expect(w.train.button('Train')).toHaveAttribute('aria-disabled', 'true');
  }

  // Ranges too.
  await page.goto('./#/train?mode=search&model=item-knn&trials=24&range.k=0..100');
  await expect(page.getByText('The least k to try must be a whole number from 1 to', { exact: false })).toBeVisible();
  await expect(s.start).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel('Neighbours: least').fill('5');
  await expect(s.start).toHaveAttribute('aria-disabled', 'false');
  await expect.poll(() => page.url()).toContain('range.k=5..100');

  await s.start.click();
  await expect.poll(async () => (await s.trials()).size, { timeout: 60_000 }).toBeGreaterThanOrEqual(3);
  await s.stop.click();
  await expect(s.stopped).toBeVisible();
  const before = await s.trials();
  expect(before.size).toBeLessThan(24);

  await page.reload();
  await expect(s.stopped.getByText(`was stopped after ${before.size} of 24 trials`)).toBeVisible({ timeout: 30_000 });
  await s.stopped.getByRole('button', { name: 'Resume' }).click();
  await s.expectDone(24);
  const after = await s.trials();
  for (const [n, row] of before) expect(after.get(n)).toBe(row);
  expect([...after.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, k) => k + 1));
  await expect(s.winner).toContainText('of 24 trials, Random, seed 42');

  // The pictures have their numbers, by keyboard and as a table.
  const figure = page.getByRole('figure', { name: 'Settings and score' });
  await figure.getByRole('slider').focus();
  await expect(figure.getByRole('slider')).toHaveAttribute('aria-valuetext', /the best: Neighbours \d+/);
  await page.keyboard.press('ArrowRight');
  await expect(figure.getByRole('slider')).toHaveAttribute('aria-valuetext', /^trial \d+: Neighbours/);
  expect((await w.train.chartRows('Settings and score')).length).toBe(25);
  await expect(page.getByRole('figure', { name: 'Weighting against score' })).toBeVisible();
  await figure.getByRole('button', { name: /table and export/ }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save numbers (CSV)' }).click();
  expect(readFileSync(await (await saved).path(), 'utf8').trim().split('\r\n')).toHaveLength(25);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await expectClean(page, { place: colorScheme, include: 'main' });
  }

  // Deleting a search can be undone.
  await s.studies.getByRole('button', { name: /^Delete ItemKNN/ }).click();
  await expect(s.studies).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(s.studies).toContainText('24 of 24');

  await s.winner.getByRole('button', { name: 'Train the winner' }).click();
  await w.train.end();
  await expect(w.train.runTable).toContainText('best of 24 trials');
  await expect(s.review.getByText('Nothing to object to:', { exact: false })).toBeVisible();
  await expectClean(page);
});
