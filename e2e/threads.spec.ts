import { expect, test, type Page } from '@playwright/test';
import { ProfilePage } from './pages/profile';
import { small, Workbench } from './pages/workbench';

const poolThreads = (page: Page): number => page.workers().filter((w) => /pool\.worker/.test(w.url())).length;

test('the built app spreads kernels over the cores of this machine, to the same numbers as on one thread', async ({ page }) => {
  test.setTimeout(180_000);
  const w = new Workbench(page);
  const p = new ProfilePage(page);
  await w.open();
  const cores = await page.evaluate(() => (crossOriginIsolated ? Math.min(8, navigator.hardwareConcurrency) : 1));
  test.skip(cores < 2, 'One core: there is nothing to spread over.');
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  const config = `${small}&p.epochs=1&text=none`;
  const firstEpoch = async (): Promise<string> => w.train.epochTable.getByRole('row').nth(1).innerText().then((line) => line.split(/\t|\n/).slice(1, 4).join(' '));

  await page.goto(`./#/train?${config}`);
  await expect(w.status).toContainText(`SIMD, ${cores} threads`, { timeout: 30_000 });
  expect(poolThreads(page)).toBe(cores - 1);
  await expect(p.card).toBeVisible();
  await p.open();
  await p.ask(5);
  await w.train.trainToEnd();
  await expect(p.phases).toContainText(`wasm, ${cores} threads`);
  // Counted by the threads themselves, in the recorded steps.
  const shares = [...(/which did (.*) of what was divided/.exec(await p.phases.innerText())?.[1] ?? '').matchAll(/([\d.]+)\s?%/g)].map((m) => Number(m[1]));
  expect(shares).toHaveLength(cores);
  for (const share of shares) expect(share).toBeGreaterThan(0);
  expect(Math.abs(shares.reduce((a, b) => a + b, 0) - 100)).toBeLessThan(cores);
  const spread = await firstEpoch();
  await expect(page.getByText(`wasm, ${cores} threads`).first()).toBeVisible();

  // One thread when asked for: the others are ended, and the epoch is the same to the last digit shown.
  await page.goto(`./#/train?${config}&threads=1`);
  await p.ask(2);
  await w.train.trainToEnd();
  await expect(p.phases).toContainText(/mean of 2; wasm, 1 thread/);
  await expect(p.phases).not.toContainText('of what was divided');
  expect(poolThreads(page)).toBe(0);
  expect(await firstEpoch()).toBe(spread);
  expect(spread).toMatch(/\d/);
});

for (const [name, model] of [['implicit ALS', 'model=als&seed=7&p.factors=128&p.epochs=2&p.solver=cg'], ['EASE', 'model=ease']] as const) {
  test(`${name} shares its rows among the cores, to the same numbers as on one thread`, async ({ page }) => {
    test.setTimeout(120_000);
    const w = new Workbench(page);
    await w.open();
    const cores = await page.evaluate(() => (crossOriginIsolated ? Math.min(8, navigator.hardwareConcurrency) : 1));
    test.skip(cores < 2, 'One core: there is nothing to spread over.');
    await page.getByRole('button', { name: 'Just open the demo data' }).click();
    await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
    const result = async (): Promise<string[]> => w.train.testTable.locator('tbody td').allInnerTexts();

    await page.goto(`./#/train?${model}`);
    await expect(w.status).toContainText(`${cores} threads`, { timeout: 30_000 });
    const before = poolThreads(page);
    let started = 0;
    page.on('worker', (worker) => {
      if (/pool\.worker/.test(worker.url())) started++;
    });
    await w.train.trainToEnd();
    // The fit has threads of its own, and lets them go.
    expect(started).toBe(cores - 1);
    await expect.poll(() => poolThreads(page)).toBe(before);
    const spread = await result();

    await page.goto(`./#/train?${model}&threads=1`);
    await w.train.trainToEnd();
    expect(started).toBe(cores - 1);
    expect(await result()).toEqual(spread);
    expect(spread.join()).toMatch(/\d/);
  });
}
