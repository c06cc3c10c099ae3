import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { expectClean } from './pages/axe';
import { Workbench } from './pages/workbench';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

async function openDemo(w: Workbench): Promise<void> {
  await w.open();
  await w.page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
}

test('every screen is two keys away, ? lists the keys, and keys typed into a field stay there', async ({ page }) => {
  const w = new Workbench(page);
  await w.open();
  for (const [key, name] of [['e', 'Explore'], ['x', 'Text'], ['t', 'Train'], ['c', 'Compare'], ['r', 'Recommend'], ['d', 'Data']] as const) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await expect(heading(page, name)).toBeVisible();
  }
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await expect(sheet.getByRole('region', { name: 'Go to' })).toContainText('Compare');
  await expectClean(page);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Command' }).or(page.getByRole('searchbox', { name: 'Command' })).first().fill('leaderboard');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Compare')).toBeVisible();
  expect(page.url()).toContain('tab=leaderboard');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('g t');
  await expect(heading(page, 'Compare')).toBeVisible();
  const commands = page.getByRole('dialog', { name: 'Commands' });
  await expect(commands).toBeVisible();
  await page.goBack(); // it does not stay open over another screen
  await expect(heading(page, 'Compare')).toBeHidden();
  await expect(commands).toBeHidden();
});

test('the tour is offered, leads through five screens, can be left, and is not offered again', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const w = new Workbench(page);
  await w.open();
  const offer = page.getByRole('region', { name: 'Tour' }).filter({ visible: true });
  await offer.getByRole('button', { name: 'Take the tour' }).click();
  for (const [k, name] of ['Data', 'Text', 'Train', 'Compare', 'Recommend'].entries()) {
    const card = page.getByRole('dialog', { name: `Tour, step ${k + 1} of 5` });
    await expect(card).toBeInViewport({ ratio: 1 });
    await expect(heading(page, name)).toBeVisible();
    if (k === 2) await expectClean(page);
    await card.getByRole('button', { name: k === 4 ? 'Done' : 'Next' }).click();
  }
  await expect(heading(page, 'Data')).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Try the demo' })).toBeVisible();
  await expect(offer).toHaveCount(0);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Open the command palette' }).click();
  const command = page.getByRole('textbox', { name: 'Command' });
  await expect(command).toBeFocused();
  await page.keyboard.type('tour');
  await expect(page.getByRole('dialog', { name: 'Commands' }).getByRole('button')).toHaveCount(1);
  await command.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Tour, step 1 of 5' })).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the status bar says what is stored part by part; what is freed can be brought back; a workspace file opens elsewhere', async ({ page, browser, baseURL }) => {
  test.setTimeout(180_000);
  const w = new Workbench(page);
  await openDemo(w);
  await page.goto('./#/train?model=popularity&text=none');
  await w.train.trainToEnd();
  await w.status.getByRole('button', { name: /^Stored/ }).click();
  const parts = page.getByRole('table', { name: /What is stored/ });
  await expect(parts.getByRole('row', { name: /^Data set/ })).toContainText('MB');
  await expect(parts.getByRole('row', { name: /^Runs 1 run/ })).toBeVisible();
  await expectClean(page);
  await parts.getByRole('button', { name: /^Free runs/ }).click();
  await expect(parts.getByRole('row', { name: /^Runs/ })).toHaveCount(0);
  await expect(w.train.runTable).toHaveCount(0);
  await page.getByRole('alert').filter({ hasText: 'Runs:' }).getByRole('button', { name: 'Undo' }).click();
  await expect(w.train.runTable.getByRole('checkbox')).toHaveCount(1);
  await w.status.getByRole('button', { name: /^Stored/ }).click();
  await expect(parts.getByRole('row', { name: /^Runs 1 run/ })).toBeVisible();

  // Data and runs as one file, opened where nothing is.
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save workspace' }).click();
  const file = await (await saved).path();
  const elsewhere = new Workbench(await (await browser.newContext({ baseURL: baseURL! })).newPage());
  await elsewhere.open();
  await elsewhere.status.getByRole('button', { name: /^Stored|^Nothing stored/ }).click();
  const [chooser] = await Promise.all([elsewhere.page.waitForEvent('filechooser'), elsewhere.page.getByRole('button', { name: 'Open…', exact: true }).click()]);
  await chooser.setFiles({ name: 'workspace.zip', mimeType: 'application/zip', buffer: await readFile(file) });
  await elsewhere.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  await elsewhere.go('Train');
  await expect(elsewhere.train.runTable.getByRole('checkbox')).toHaveCount(1);
  await elsewhere.page.context().close();
});

test('a second tab says that it does not store, may take over, and stores again when the first is closed', async ({ page, context }) => {
  test.setTimeout(180_000);
  const first = new Workbench(page);
  await openDemo(first);
  const second = new Workbench(await context.newPage());
  await second.open();
  await expect(second.status).toContainText('Not stored: open in another tab');
  await second.status.getByRole('button', { name: /^Not stored/ }).click();
  await second.page.getByRole('button', { name: "Store this tab's data instead" }).click();
  await expect(second.status).toContainText('Stored on this device');
  await expect(first.status).toContainText('Not stored: open in another tab');
  await second.page.close();
  await expect(first.status).toContainText('Stored on this device');
});

test('on paper there is no rail and no status bar, and cards are not cut', async ({ page }) => {
  const w = new Workbench(page);
  await openDemo(w);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeHidden();
  await expect(w.status).toBeHidden();
  expect(await page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('main section')!).breakInside])).toEqual(['rgb(255, 255, 255)', 'avoid']);
  // No token of the dark theme is left on paper.
  const dark = await page.evaluate(() => {
    const style = getComputedStyle(document.documentElement);
    return ['--bg', '--surface', '--raised', '--sunken', '--warm-soft', '--cold-soft', '--new-soft'].filter((token) => {
      const n = Number.parseInt(style.getPropertyValue(token).trim().replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3').slice(1), 16);
      return ((n >> 16) + ((n >> 8) & 255) + (n & 255)) / 3 < 200;
    });
  });
  expect(dark).toEqual([]);
});

test('with the system\'s own colours, what is chosen, how far a bar goes and where one is can still be told', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  const w = new Workbench(page);
  await openDemo(w);
  await w.go('Train');
  const background = (selector: string): Promise<string> => page.locator(selector).first().evaluate((e) => getComputedStyle(e).backgroundColor);
  const paper = await background('body');
  for (const selector of ['.mantine-SegmentedControl-indicator', '.mantine-Slider-bar', '.mantine-Slider-thumb']) expect(await background(selector)).not.toBe(paper);
  expect(await page.getByRole('navigation').getByRole('link', { name: 'Train' }).evaluate((e) => getComputedStyle(e).outlineStyle)).toBe('solid');
});
