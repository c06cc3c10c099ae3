import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { expectClean } from './pages/axe';
import { RecommendPage } from './pages/recommend';
import { csv, Workbench } from './pages/workbench';

test('demo: a first model in one click, a person with reasons, somebody new, an item nobody has had, the map', async ({ page }) => {
  test.setTimeout(240_000);
  const w = new Workbench(page);
  const r = new RecommendPage(page);
  await w.open('#/recommend');
  await expect(page.getByText('Nobody to recommend to yet')).toBeVisible();
  await w.open('#/data');
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  await r.open();
  await page.getByRole('button', { name: 'Train ItemKNN' }).click();

  // A person: history, list, reasons, the held-out item.
  await page.getByRole('button', { name: 'Somebody at random' }).click({ timeout: 60_000 });
  await r.expectRows('ItemKNN', 10);
  await r.open('user=7');
  await r.expectRows('ItemKNN', 10);
  await expect(page.getByRole('img', { name: /^Time line: 50 items from 2024-10-05/ })).toBeVisible();
  const row = await r.why('ItemKNN', 0);
  await expect(row.getByText(/^Has “/).first()).toBeVisible();
  await expect(row.getByRole('heading', { name: 'What it shares with the history' })).toBeVisible();
  await expect(page.getByText(/held out for the test/).first()).toBeVisible();
  await expect(page.locator('p', { hasText: 'Reading:' })).toContainText('stands at');

  // Leaving a label out and more discovery change the list at once.
  const before = await r.names('ItemKNN');
  await page.getByRole('slider', { name: 'Familiar or discovery' }).press('End');
  await expect.poll(() => r.names('ItemKNN')).not.toEqual(before);
  await page.getByRole('slider', { name: 'Familiar or discovery' }).press('Home');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export lists' }).click();
  await page.getByRole('menuitem', { name: 'As CSV' }).click();
  const saved = await readFile(await (await download).path(), 'utf8');
  expect(saved.split('\r\n')[0]).toBe('person,run,model,place,item,label,score,place by score,slice,train users,held out');
  expect(saved.trimEnd().split('\r\n')).toHaveLength(11);

  // A reload finds the weights again: nothing is trained.
  await page.reload();
  await r.expectRows('ItemKNN', 10);
  const kept = await r.names('ItemKNN');

  // Without its weights it is fitted again, and says the same.
  await page.evaluate(() => new Promise<void>((done, fail) => {
    const gone = indexedDB.deleteDatabase('coldwave-weights');
    gone.onsuccess = () => done();
    gone.onerror = () => fail(gone.error);
  }));
  await page.reload();
  await page.getByRole('button', { name: 'Fit it again' }).click();
  await r.expectRows('ItemKNN', 10);
  expect(await r.names('ItemKNN')).toEqual(kept);

  // Somebody new: each click changes the list.
  await r.open('tab=new-user');
  const offers = page.getByRole('list', { name: 'Items to click' }).getByRole('button');
  await offers.nth(0).click();
  await r.expectRows('ItemKNN', 10);
  const one = await r.names('ItemKNN');
  await offers.nth(4).click();
  await expect.poll(() => r.names('ItemKNN')).not.toEqual(one);

  // An item nobody has had, by a model that reads text.
  await w.open('#/train?model=content-knn&text=lyrics');
  await w.train.trainToEnd();
  await r.open('tab=new-song');
  await page.getByLabel('title').fill('Rain on a tin roof');
  await page.getByLabel('lyrics').fill('The rain is tapping on the kitchen roof and my cat is dancing tango with the broom');
  await page.getByRole('button', { name: 'Who would like it?' }).click();
  await expect(page.getByRole('list', { name: 'Users who would like it most' }).getByRole('listitem').first()).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('list', { name: 'Items it is most like' }).getByRole('listitem')).toHaveCount(10);
  await page.getByRole('list', { name: 'Users who would like it most' }).getByRole('button').first().click();
  await expect(page.getByRole('heading', { name: 'Nearest to it in their history' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Their list around the new item' })).toContainText('Rain on a tin roof');

  // Leaving loses nothing: its neighbours on the map, and back.
  await page.getByRole('button', { name: 'Show them on the map' }).click();
  await expect(page.getByRole('table', { name: 'Selected points' }).getByRole('row')).toHaveCount(11, { timeout: 30_000 });
  await r.tab('New item');
  await expect(page.getByLabel('lyrics')).toHaveValue(/^The rain is tapping/);
  await expect(page.getByRole('list', { name: 'Items it is most like' })).toBeVisible();

  // Its reasons go down to the words, now that the encoder is awake.
  await r.open('user=7');
  const told = await r.why('Content kNN', 0);
  await told.getByRole('button', { name: 'Which words does the encoder go by?' }).click();
  await expect(told.getByText(/^Without this word the cosine falls by/)).toBeVisible({ timeout: 60_000 });

  // The map: points are drawn, an item is found, its neighbours are listed.
  await r.tab('Map');
  const map = page.getByRole('application', { name: /^Map of 900 points/ });
  await expect(map).toBeVisible({ timeout: 30_000 });
  const drawn = (): Promise<number> => map.locator('canvas').evaluate((c: HTMLCanvasElement) => {
    const copy = document.createElement('canvas');
    copy.width = c.width;
    copy.height = c.height;
    const context = copy.getContext('2d')!;
    context.drawImage(c, 0, 0);
    const { data } = context.getImageData(0, 0, c.width, c.height);
    // Pixels unlike the one in the corner, where no point lies.
    const pixels = new Uint32Array(data.buffer);
    return pixels.reduce((n, p) => n + Number(p !== pixels[0]), 0);
  });
  await expect.poll(drawn).toBeGreaterThan(2000);
  await page.getByRole('combobox', { name: 'Find an item' }).fill('Wool Socks');
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'Zoom to neighbours' }).click();
  const selected = page.getByRole('table', { name: 'Selected points' });
  await expect(selected.getByRole('row')).toHaveCount(14);
  await expectClean(page);

  // The link has it all: what is selected, where one looks, by what the points are coloured.
  await page.getByRole('combobox', { name: 'Colour by' }).click();
  await page.getByRole('option', { name: 'tag', exact: true }).click();
  const names = await selected.getByRole('row').allInnerTexts();
  await expect.poll(() => page.url()).toMatch(/by=tag.*look=|look=.*by=tag/);
  await page.reload();
  await expect(selected.getByRole('row')).toHaveCount(14, { timeout: 30_000 });
  expect(await selected.getByRole('row').allInnerTexts()).toEqual(names);

  // Without a mouse: the point nearest the middle, then all that is in view, from the palette too.
  await map.press('Enter');
  await expect(selected.getByRole('row')).toHaveCount(2);
  await map.press('0');
  await map.press('a');
  await expect(page.getByText(/^\d{3} points selected\.$/)).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Command' }).fill('select nothing');
  await expect(page.getByRole('dialog', { name: 'Commands' }).getByRole('button')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(selected).toHaveCount(0);
});

test('demo: three models side by side for one person, each with badges, scores, popularity and reasons; the link shows the same', async ({ page, context }) => {
  test.setTimeout(120_000);
  const w = new Workbench(page);
  const r = new RecommendPage(page);
  const three = ['Popularity', 'EASE', 'ItemKNN'];
  await w.open('#/data');
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  for (const model of ['item-knn', 'ease', 'popularity']) {
    await w.open(`#/train?model=${model}&text=none`);
    await w.train.trainToEnd();
  }
  await r.open('user=7');
  await r.addModel(/^ItemKNN/);
  for (const run of three) await r.expectRows(run, 10);
  const tops = await Promise.all(three.map(async (run) => (await r.list(run).boundingBox())!));
  expect(new Set(tops.map((b) => Math.round(b.y))).size).toBe(1);
  expect(tops.map((b) => b.x)).toEqual(tops.map((b) => b.x).toSorted((a, b) => a - b));

  for (const run of three) {
    const figures = await r.figures(run);
    expect(figures.map((f) => f.score)).toEqual(figures.map((f) => f.score).toSorted((a, b) => b - a));
    for (const f of figures) expect(f).toEqual({ score: expect.any(Number), badge: expect.stringMatching(/^(warm|cold|new)$/), users: expect.any(Number) });
  }
  // Popularity's list goes by how many have an item; the others know the person, and say by what.
  const users = (await r.figures('Popularity')).map((f) => f.users);
  expect(users).toEqual(users.toSorted((a, b) => b - a));
  await expect(page.locator('p', { hasText: 'Reading:' })).toContainText(/stand in all lists|have nothing in common/);
  for (const run of ['EASE', 'ItemKNN']) await expect((await r.why(run, 0)).getByText(/^Has “/).first()).toBeVisible();
  await expect((await r.why('Popularity', 0)).getByText('This model cannot say why')).toBeVisible();

  // Towards discovery what few have comes up, and says that it is cold.
  await page.getByRole('slider', { name: 'Familiar or discovery' }).press('End');
  await expect.poll(async () => (await r.figures('ItemKNN')).some((f) => f.badge === 'cold')).toBe(true);
  await r.expectRows('ItemKNN', 10);
  const names = await Promise.all(three.map((run) => r.names(run)));

  const again = new RecommendPage(await context.newPage());
  await again.page.goto(page.url());
  for (const run of three) await again.expectRows(run, 10);
  expect(await Promise.all(three.map((run) => again.names(run)))).toEqual(names);
});

test('hostile names are shown as text and leave as text', async ({ page }) => {
  test.setTimeout(120_000);
  const w = new Workbench(page);
  const r = new RecommendPage(page);
  const titles = ['<img src=x onerror="window.hacked=1">', '=HYPERLINK("http://x")', '\u202Eright to left', 'x'.repeat(10_000), 'plain'];
  const plays = Array.from({ length: 40 }, (_, k) => `u${k % 8},i${(k + Math.floor(k / 8)) % 5},${k}`);
  await w.open('#/data');
  await w.data.open([csv('plays.csv', `user,item,time\n${plays.join('\n')}\n`), csv('items.csv', `item,title\n${titles.map((t, i) => `i${i},"${t.replaceAll('"', '""')}"`).join('\n')}\n`)]);
  await page.getByRole('button', { name: 'Read these files' }).click();
  await w.data.expectFunnel('As read', ['40', '8', '5']);
  await r.open('tab=new-user');
  await page.getByRole('button', { name: 'Train ItemKNN' }).click({ timeout: 30_000 });
  await page.getByRole('list', { name: 'Items to click' }).getByRole('button', { name: '<img' }).click({ timeout: 60_000 });
  await expect(page.getByRole('list', { name: 'Items of the new user' })).toContainText('<img src=x onerror');
  await expect(r.list('ItemKNN')).toContainText('=HYPERLINK');
  expect(await page.evaluate(() => (window as { hacked?: number }).hacked)).toBeUndefined();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export lists' }).click();
  await page.getByRole('menuitem', { name: 'As CSV' }).click();
  expect(await readFile(await (await download).path(), 'utf8')).toContain(`"'=HYPERLINK(""http://x"")"`);
});
