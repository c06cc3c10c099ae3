import { expect, test, type Page } from '@playwright/test';
import { faultsOf } from './pages/axe';
import { small, Workbench } from './pages/workbench';

type Rules = 'all' | 'contrast';

/** No tooltip of what was pressed last stands in the way. */
async function lookAt(page: Page, place: string, rules: Rules): Promise<string[]> {
  await page.mouse.move(0, 0);
  return faultsOf(page, { place, rules });
}

/** Address, and what is there once it is drawn. */
const places: [hash: string, ready: (page: Page) => Promise<void>][] = [
  ['data', (page) => expect(page.getByRole('table', { name: /Counts before and after/ })).toBeVisible()],
  ['explore', (page) => expect(page.getByRole('heading', { name: 'Quality' })).toBeAttached({ timeout: 60_000 })],
  ['text', (page) => expect(page.getByRole('rowheader', { name: 'title', exact: true })).toBeVisible()],
  ['train?model=ease', (page) => expect(page.getByRole('table', { name: /^Test results of/ })).toBeVisible()],
  ['train?mode=search&model=ease', (page) => expect(page.getByRole('button', { name: 'Search', exact: true })).toBeVisible()],
  ['compare', (page) => expect(page.getByRole('table', { name: /^Runs on/ })).toBeVisible()],
  ['recommend?user=7', (page) => expect(page.getByRole('list', { name: /^List by/ })).toBeVisible({ timeout: 60_000 })],
];
/** Places looked at once: their parts are the same at every width. */
const deeper: typeof places = [
  ['compare?tab=leaderboard', (page) => expect(page.getByRole('tab', { name: 'Leaderboard', selected: true })).toBeVisible()],
  ['recommend?tab=new-user&have=["5"]', (page) => expect(page.getByRole('list', { name: /^List by/ })).toBeVisible({ timeout: 60_000 })],
  ['recommend?tab=new-song', (page) => expect(page.getByRole('tab', { name: 'New item', selected: true })).toBeVisible()],
  ['recommend?tab=map&map=text', (page) => expect(page.getByRole('tab', { name: 'Map', selected: true })).toBeVisible()],
];

async function look(page: Page, list: typeof places, where: string, rules: Rules): Promise<string[]> {
  const faults: string[] = [];
  for (const [hash, ready] of list) {
    await page.goto(`./#/${hash}`);
    await ready(page);
    faults.push(...(await lookAt(page, `${where}, ${hash}`, rules)));
  }
  return faults;
}

for (const scheme of ['light', 'dark'] as const) {
  test(`every screen is clean for axe and fits its width, ${scheme}`, async ({ page }) => {
    test.setTimeout(420_000);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const w = new Workbench(page);
    await w.open();
    await expect(page.getByRole('button', { name: 'Try the demo' })).toBeVisible();
    const rules = scheme === 'light' ? 'all' : 'contrast';
    const faults = await lookAt(page, 'empty, Data', rules);
    for (const screen of ['Explore', 'Text', 'Train', 'Compare', 'Recommend'] as const) {
      await w.go(screen);
      faults.push(...(await lookAt(page, `empty, ${screen}`, rules)));
    }
    await w.go('Data');
    await page.getByRole('button', { name: 'Just open the demo data' }).click();
    await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
    await page.goto('./#/train?model=ease');
    await w.train.trainToEnd();

    const sizes = [[1440, 900], [1024, 768], [390, 844]] as const;
    // What fits in light fits in dark, and colours that differ are all seen at the widest and the narrowest.
    for (const [width, height] of scheme === 'light' ? sizes : [sizes[0], sizes[2]]) {
      await page.setViewportSize({ width, height });
      faults.push(...(await look(page, places, `${width} px`, width === 1024 ? 'contrast' : rules)));
    }
    faults.push(...(await look(page, deeper, '390 px', rules)));
    expect(faults).toEqual([]);
  });
}

test('the main job works from the keyboard alone', async ({ page }) => {
  test.setTimeout(240_000);
  const w = new Workbench(page);
  await w.open();
  const demo = page.getByRole('button', { name: 'Just open the demo data' });
  for (let k = 0; k < 30 && !(await demo.evaluate((e) => e === document.activeElement)); k++) await page.keyboard.press('Tab');
  await expect(demo).toBeFocused();
  await page.keyboard.press('Enter');
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);

  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type('train');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Train' })).toBeVisible();

  await page.goto(`./#/train?${small}&p.epochs=1&text=none`);
  await page.keyboard.press('Control+Enter');
  await expect(w.train.button('Stop')).toBeVisible();
  await w.train.end();
  const reader = w.train.chart('HR@10 by epoch').getByRole('slider');
  await reader.focus();
  await page.keyboard.press('ArrowRight');
  await expect(reader).toHaveAttribute('aria-valuetext', /epoch 1/);
});
