import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { small, Workbench } from './pages/workbench';

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`)).toEqual([]);
}

/** Nothing sticks out sideways: the page itself never scrolls horizontally. */
async function expectNoOverflow(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
}

for (const scheme of ['light', 'dark'] as const) {
  test(`every screen is clean for axe and fits its width, ${scheme}`, async ({ page }) => {
    test.setTimeout(420_000);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const w = new Workbench(page);
    await w.open();
    await expect(page.getByRole('button', { name: 'Try the demo' })).toBeVisible();
    await expectNoViolations(page);
    for (const screen of ['Text', 'Train', 'Recommend'] as const) {
      await w.go(screen);
      await expectNoViolations(page); // empty states
    }
    await w.go('Data');
    await page.getByRole('button', { name: 'Just open the demo data' }).click();
    await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
    await page.goto(`./#/train?${small}&p.epochs=2&text=summary`);
    await w.train.trainToEnd();

    for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]] as const) {
      await page.setViewportSize({ width, height });
      for (const screen of ['Data', 'Text', 'Train'] as const) {
        await w.go(screen);
        await page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished.catch(() => undefined))));
        await expectNoOverflow(page);
        await expectNoViolations(page);
      }
      // Recommend is four places in one: lists with an open reason, somebody new, an item nobody has had, the map.
      for (const place of width === 1024 ? ['user=7'] : ['user=7', 'tab=new-user&have=["5"]', 'tab=new-song', 'tab=map&user=7']) {
        await page.goto(`./#/recommend?${place}`);
        if (place === 'user=7') await page.getByRole('list', { name: /^List by/ }).getByRole('button').first().click({ timeout: 60_000 });
        if (place.startsWith('tab=map')) await expect(page.getByRole('application', { name: /^Map of/ })).toBeVisible({ timeout: 30_000 });
        await expectNoOverflow(page);
        await expectNoViolations(page);
      }
    }
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
