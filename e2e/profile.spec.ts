import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { expectClean } from './pages/axe';
import { ProfilePage } from './pages/profile';
import { small, Workbench } from './pages/workbench';

test('the built app says which kernels run and where a step goes; without them it trains to the same loss', async ({ page }) => {
  test.setTimeout(300_000);
  const w = new Workbench(page);
  const p = new ProfilePage(page);
  await w.open();
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  await page.goto(`./#/train?${small}&p.epochs=1&text=none`);
  const firstLoss = async (): Promise<number> => Number.parseFloat((await w.train.epochTable.getByRole('row').nth(1).getByRole('cell').nth(1).innerText()).trim());

  // Which kernels, how many threads: what the worker says, and what a profile of its launches proves.
  await w.status.getByRole('button', { name: /^WASM/ }).click();
  const says = page.getByRole('dialog', { name: /^WASM/ });
  await expect(says.getByRole('switch', { name: 'Our own kernels' })).toBeChecked();
  await expect(says).toContainText(/\d+ in use, as SIMD code/);
  await page.keyboard.press('Escape');
  await p.open();
  await p.card.getByRole('textbox', { name: 'Steps' }).fill('51');
  await expect(p.card.getByText('1 to 50')).toBeVisible();
  await p.ask(3);
  await expect(p.card.getByRole('status')).toContainText('press Train');
  await w.train.trainToEnd();
  const own = await firstLoss();
  expect(own).toBeGreaterThan(0);
  await expect(p.phases).toContainText(/mean of 3; wasm, \d threads?/);
  await expect(p.phases).toContainText(/of a step is /);
  const kernels = await p.kernels();
  expect(kernels.find((k) => k.kernel === 'BatchMatMul')).toMatchObject({ own: true });
  expect(kernels.find((k) => k.kernel === 'BatchMatMul')!.gflops).toBeGreaterThan(0);
  for (const name of ['ColdwavePairDots', 'ColdwavePairDotsGrad', 'ColdwaveLinearNormGelu', 'ColdwaveAdam', 'ColdwaveRows']) expect(kernels.find((k) => k.kernel === name)?.launches, name).toBeGreaterThan(0);
  const parts = kernels.reduce((s, k) => s + k.milliseconds, 0);
  expect(parts).toBeLessThanOrEqual((await p.stepMilliseconds()) * 1.02 + 0.01 * kernels.length); // rounded for the page
  await page.getByText('An evaluation', { exact: true }).click();
  await expect(page.getByRole('table', { name: 'Operations of an evaluation' })).toContainText('BatchMatMul');

  expect((await w.train.chartRows('One training step by phase')).map((r) => r[0])).toEqual(['Phase', 'Preparing batches', 'Forward', 'Backward', 'Optimiser']);
  const saved = page.waitForEvent('download');
  await page.getByRole('region', { name: 'Operations' }).getByRole('button', { name: 'Save numbers (CSV)' }).click();
  expect(readFileSync(await (await saved).path(), 'utf8')).toMatch(/^Kernel,What it does,Ours,Launches an evaluation/);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await expectClean(page, { place: colorScheme, include: 'main' });
  }

  // Off: none of ours but the one the backend lacks, the same loss, and the record says so.
  await page.goto(`./#/train?${small}&p.epochs=1&text=none&kernels=off`);
  await expect(w.status).toContainText('our kernels off', { timeout: 30_000 });
  await p.ask(2);
  await w.train.trainToEnd();
  await expect(p.phases).toContainText(/mean of 2; wasm, our kernels off, 1 thread/);
  const stock = await p.kernels();
  expect(stock.filter((k) => k.own).map((k) => k.kernel)).toEqual(['UnsortedSegmentSum']);
  expect(stock.some((k) => k.kernel === 'BatchMatMul' && k.gflops > 0)).toBe(true);
  expect(Math.abs((await firstLoss()) - own)).toBeLessThan(2e-3);
  await page.goto('./#/train?kernels=maybe');
  await w.status.getByRole('button', { name: /^WASM/ }).click();
  await expect(says).toContainText('kernels takes on or off; the address says "maybe".');
  await page.keyboard.press('Escape');

  // Nothing to launch: seconds by phase are what is known.
  await page.goto('./#/train?model=popularity');
  await w.train.trainToEnd();
  await expect(p.card).toContainText('This model computes without tensors');
  await expect(page.getByRole('figure', { name: 'The whole run by phase' })).toContainText('Measuring');
});
