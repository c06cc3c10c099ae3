import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { expectClean } from './pages/axe';
import { ComparePage } from './pages/compare';
import { Workbench } from './pages/workbench';

test('two models: which is better, for whom, and am I sure; one HTML file, a capsule run again', async ({ page, context }, info) => {
  test.setTimeout(180_000);
  const w = new Workbench(page);
  const c = new ComparePage(page);
  await w.open('#/compare');
  await expect(page.getByText('No runs yet')).toBeVisible();
  await w.go('Data');
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  for (const model of ['popularity', 'ease']) {
    await page.goto(`./#/train?model=${model}`);
    await w.train.trainToEnd();
  }

  await c.open('?tab=runs');
  await c.tick(/^Compare Popularity/).check();
  await expect(page.getByText('Tick two or more runs')).toBeVisible();
  await c.tick(/^Compare EASE/).check();
  await expect(c.together.getByText(/EASE.* is better by \.\d{4} \(.*Paired bootstrap over the same [\d,]+ users/)).toBeVisible();
  await expect(c.together.getByRole('table', { name: /Settings that differ/ })).toContainText('Popularity');
  const slices = c.chart('Difference per slice');
  await expect(slices.getByText('Reading:')).toBeVisible();
  await slices.getByRole('combobox', { name: 'Slice by' }).click();
  await page.getByRole('option', { name: 'User: country' }).click();
  await expect(slices.getByRole('slider')).toHaveAttribute('aria-valuetext', /n = \d+\): .* from/);
  expect(page.url()).toMatch(/runs=[\w-]+(%2C|,)[\w-]+/); // a link to this comparison

  await c.button('Biggest win').click();
  const lists = page.getByRole('region', { name: /both lists$/ });
  await expect(lists.getByRole('listitem')).toHaveCount(20, { timeout: 30_000 });
  await expect(lists.getByText(/^Held out: .* rank [\d,]+ in .*, [\d,]+ in /)).toBeVisible();
  await c.button('Compare the lists').click();
  await expect(page.getByText(/share [\d.]+ % of what either shows/)).toBeVisible({ timeout: 30_000 });

  for (const [scheme, width, height] of [['light', 1440, 900], ['dark', 390, 844]] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    await expectClean(page, { place: `${scheme} ${width}` });
  }
  await page.setViewportSize({ width: 1440, height: 900 });

  const html = await c.saved(() => c.button('Share as one HTML file').click());
  const file = info.outputPath('comparison.html');
  await writeFile(file, html);
  const offline = await context.newPage();
  await context.setOffline(true);
  await offline.goto(`file://${file}`);
  await expect(offline.getByRole('img', { name: /^Difference in NDCG@10 per slice/ })).toBeVisible();
  await expect(offline.getByText(/can be told apart over these/)).toBeVisible();
  await offline.close();
  await context.setOffline(false);

  const name = (await c.tick(/^Compare EASE/).getAttribute('aria-label'))!.replace('Compare ', '');
  const capsule = await c.saved(() => c.menu(name, 'Export capsule'));
  const again = { name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(capsule) };
  await page.getByLabel('Import capsule').setInputFiles(again);
  await expect(page.getByRole('region', { name: 'Reproduced within tolerance' })).toBeVisible({ timeout: 30_000 });
  const other = JSON.parse(capsule) as { data: { hash: string; name: string } };
  other.data = { ...other.data, hash: 'feedface', name: 'Somebody’s plays' };
  await page.getByLabel('Import capsule').setInputFiles({ ...again, buffer: Buffer.from(JSON.stringify(other)) });
  await expect(page.getByRole('alert').getByText(/needs the data set "Somebody’s plays" .*feedface/)).toBeVisible();

  await c.menu(name, 'Delete');
  await expect(page.getByText(`Deleted “${name}”.`)).toBeVisible();
  await expect(page.getByRole('checkbox', { name: `Compare ${name}`, exact: true })).toHaveCount(0);
  await c.button('Undo').click();
  await expect(page.getByRole('checkbox', { name: `Compare ${name}`, exact: true })).toBeVisible();
});

test('an ablation over text: two arms, two seeds, one sentence', async ({ page }) => {
  test.setTimeout(180_000);
  const w = new Workbench(page);
  const c = new ComparePage(page);
  await w.open();
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  await c.open('?tab=ablation&a.model=lightfm&a.seeds=1,x');
  await expect(page.getByText('"x" is not a seed')).toBeVisible();
  await c.open('?tab=ablation&a.model=two-tower&a.seeds=1,2&a.epochs=1');
  for (const box of await page.getByRole('group', { name: 'Text columns' }).getByRole('checkbox').all()) {
    const label = await box.evaluate((e) => (e as HTMLInputElement).labels?.[0]?.textContent ?? '');
    await box.setChecked(label === 'no text' || label.startsWith('lyrics'));
  }
  await expect(page.getByText('4 runs to train: 2 arms')).toBeVisible();
  await c.button('Run').click();
  const table = page.getByRole('table', { name: /^NDCG@10 of every arm/ });
  await expect(c.button('Stop')).toBeVisible();
  await expect(c.button('Stop')).toBeHidden({ timeout: 120_000 });
  await expect(table.getByRole('row')).toHaveCount(3);
  await expect(page.getByText(/lyrics is (better|worse) than no text|These figures support no sentence/)).toBeVisible();
  const markdown = await c.saved(async () => {
    await c.button('Export').click();
    await page.getByRole('menuitem', { name: 'Markdown' }).click();
  });
  expect(markdown).toMatch(/\| arm \| slice \|[\s\S]*\| no text \| all \|[\s\S]*\| lyrics \| cold \|/);
  const picture = page.waitForEvent('download');
  await c.button('Export').click();
  await page.getByRole('menuitem', { name: 'Picture (PNG)' }).click();
  expect((await readFile(await (await picture).path())).subarray(1, 4).toString()).toBe('PNG');

  // The model itself changes: each arm with its own preset, on the same split.
  await c.open('?tab=ablation&a.model=ease&a.vary=model&a.seeds=1');
  const models = page.getByRole('group', { name: 'Models' });
  for (const box of ['EASE', 'Popularity']) await expect(models.getByRole('checkbox', { name: box, exact: true })).toBeChecked();
  await expect(page.getByText('2 runs to train: 2 arms; each with its own preset.')).toBeVisible();
  await c.button('Run').click();
  const between = page.getByRole('region', { name: 'Ablation: the model' });
  await expect(between.getByText(/Popularity, .* is (better|worse) than EASE, |support no sentence/)).toBeVisible({ timeout: 60_000 });
  await expect(between.getByRole('row').filter({ hasText: 'EASE, ' })).toContainText('n = 1,200');
});

const lastfm = path.resolve(import.meta.dirname, '../../shared/data/hetrec2011-lastfm-2k.zip');

test('Last.fm: an ablation over the names of artists, embedded where they are asked for; a second one over a choice; as LaTeX', async ({ page }) => {
  test.skip(!existsSync(lastfm), `needs ${path.basename(lastfm)} in ../shared/data`);
  test.setTimeout(300_000);
  const w = new Workbench(page);
  const c = new ComparePage(page);
  await w.open();
  await w.data.open(lastfm);
  await w.data.expectFunnel('As read', ['92,834', '1,892', '17,632']);
  await page.getByRole('button', { name: '5-core, as in most papers' }).click();
  await w.data.expectFunnel(/core/i, ['71,355', '1,859', '2,823']);
  await c.open('?tab=ablation&a.model=two-tower&a.seeds=1&a.epochs=1');
  await expect(page.getByText('Choose two or more')).toBeVisible();
  await c.button('Embed “name”').click();
  await expect(page.getByText('2 runs to train: 2 arms')).toBeVisible({ timeout: 120_000 });
  await c.button('Run').click();
  const names = page.getByRole('region', { name: 'Ablation: Two-tower (SparseNN), text' });
  await expect(names.getByText(/name is (better|worse) than no text|These figures support no sentence: in none of 3 tests/)).toBeVisible({ timeout: 120_000 });
  await expect(names.getByText(/With one seed an arm's own chance is hardly known/)).toBeVisible();
  await expect(names.getByRole('row').filter({ hasText: 'no text' })).toContainText('n = 1,859');

  // A choice is ticked, not typed; a model without chance in it runs once an arm.
  await c.open('?tab=ablation&a.model=item-knn&a.vary=weighting&a.values=none,bm25');
  await expect(page.getByText('2 runs to train: 2 arms, no chance in this model')).toBeVisible();
  await c.button('Run').click();
  const weighting = page.getByRole('region', { name: /^Ablation: ItemKNN/ });
  await expect(weighting.getByText(/is (better|worse) than Weighting none|support no sentence/)).toBeVisible({ timeout: 60_000 });
  const tex = await c.saved(async () => {
    await weighting.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitem', { name: 'LaTeX (booktabs)' }).click();
  });
  expect(tex).toMatch(/\\toprule[\s\S]*Weighting none & [\s\S]*Weighting BM25 & [\s\S]*\\bottomrule/);
  expect(tex).toContain('\\textbf{.');
});
