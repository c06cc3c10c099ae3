import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { expectClean } from './pages/axe';
import { LeaderboardPage } from './pages/leaderboard';
import { Workbench } from './pages/workbench';

const zip = path.resolve(import.meta.dirname, '../../shared/data/ml-100k.zip');

test('three models on the demo: stopped half-way, resumed after a reload, one table, LaTeX that says what it rests on', async ({ page }) => {
  test.setTimeout(300_000);
  const w = new Workbench(page);
  const board = new LeaderboardPage(page);
  await w.open();
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  await board.open('models=item-knn;ease;als@fast,epochs=25&seeds=1,2');
  await expect(board.models).toHaveCount(3);
  // Two of the models have no chance in them and train once; popularity is always there.
  await expect(page.getByText('5 runs to train')).toBeVisible();
  await board.button('Run').click();
  await expect(page.getByText(/^[1-4] of 5 runs/)).toBeVisible({ timeout: 60_000 });
  await board.button('Stop').click();
  await expect(page.getByText(/Stopped with [1-4] of 5 runs done/)).toBeVisible();

  await page.reload();
  await expect(page.getByText(/Stopped with [1-4] of 5 runs done/)).toBeVisible();
  const before = await page.getByText(/Stopped with/).innerText();
  await expect(w.status.getByText('0 bytes')).toBeVisible();
  await expect(board.button('Run')).toBeEnabled(); // the data are back
  await board.button('Resume').click();
  await board.end(120_000);
  expect(before).toMatch(/Stopped with [1-4] of 5/);

  await expect(board.table.getByRole('row')).toHaveCount(1 + 5); // three models, popularity, chance
  for (const name of ['ItemKNN', 'EASE', /Implicit ALS, fast, iterations 25/, 'Popularity', 'Random (expected)']) await expect(board.row(name)).toHaveCount(1);
  await expect(board.row(/Implicit ALS/)).toContainText('seeds 1, 2');
  await expect(board.row('EASE')).toContainText('no chance in it, one run');
  await expect(page.getByText(/Wilcoxon signed-rank, both at \.05 after Holm.s correction over 6 pairs/).last()).toBeVisible();
  await expect(page.getByText('5 runs of the same settings are there already')).toBeVisible();

  const latex = await board.export('LaTeX (booktabs)');
  for (const part of ['\\toprule', '\\textbf{', 'Model & NDCG@10 & HR@10 & Seconds', 'Coldwave demo (1,200 users, 900 items', 'n = 1,200 users', 'Popularity (baseline)', 'Implicit ALS, fast, iterations 25 & ']) expect(latex).toContain(part);
  const runs = JSON.parse(await board.export('Every run (JSON)')) as { plan?: { kind: string } }[];
  expect(runs).toHaveLength(5);
  expect(runs.every((r) => r.plan?.kind === 'leaderboard')).toBe(true);

  await page.getByRole('radiogroup', { name: 'Items measured' }).getByText('Cold').click();
  await expect(board.table).toHaveAccessibleName(/cold/i);
  await expect(page.getByText(/n = \d+ users of Coldwave demo/)).toBeVisible();
  for (const [scheme, width, height] of [['light', 1440, 900], ['dark', 1024, 768], ['light', 390, 844]] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    await expectClean(page, { place: `${scheme} ${width}` });
  }
});

test('a bad address is refused with what is allowed', async ({ page }) => {
  const board = new LeaderboardPage(page);
  await board.open('models=item-knn,k=0;ease,lambda=-1&seeds=1,x&k=7');
  const notice = page.getByText('Not everything in this link could be used.').locator('..');
  for (const part of ['k must be a whole number from 1 to', 'lambda must be a number from', '"x" is not a seed', 'k must be one of 1, 5, 10']) await expect(notice).toContainText(part);
});

test('ml-100k.zip: six models, three seeds, LaTeX', async ({ page }) => {
  test.skip(!existsSync(zip), `needs ${path.basename(zip)} in ../shared/data`);
  test.setTimeout(240_000);
  const w = new Workbench(page);
  const board = new LeaderboardPage(page);
  await w.open();
  await w.data.open(zip);
  await w.data.expectFunnel('As read', ['100,000', '943', '1,682']);
  await board.open('models=popularity;item-knn;user-knn;ease;pure-svd,factors=32;als@fast&seeds=1,2,3');
  await expect(board.models).toHaveCount(6);
  await board.button('Run').click();
  await board.end(200_000);
  await expect(board.table.getByRole('row')).toHaveCount(1 + 7);
  await expect(board.row(/Implicit ALS/)).toContainText('seeds 1, 2, 3');
  const latex = await board.export('LaTeX (booktabs)');
  expect(latex).toContain('MovieLens 100K (943 users, 1,682 items, 100,000 interactions)');
  expect(latex).toMatch(/EASE & .*\d/);
  expect(latex).toContain('over 15 pairs');
  // Popularity and random stand where the data say: chance is near K/I, and everything learned is above popularity.
  const rates = (await board.table.getByRole('row').allInnerTexts()).slice(1).map((t) => t.split('\t')[1] ?? '');
  expect(rates.at(-1)).toContain('Random (expected)');
  expect(rates.at(-2)).toContain('Popularity');
});
