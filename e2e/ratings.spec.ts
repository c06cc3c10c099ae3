import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { expectClean } from './pages/axe';
import { ComparePage } from './pages/compare';
import { parseRatingRun } from '../src/core/rating-run';
import { RatingsPage } from './pages/ratings';
import { SearchPage } from './pages/search';
import { csv, Workbench } from './pages/workbench';

const zip = path.resolve(import.meta.dirname, '../../shared/data/ml-100k.zip');

/** Stars of a made-up shop: some people are generous, some things are good, and each half of the people prefers one half of the things. */
function stars() {
  const rows: string[] = [];
  for (let u = 0; u < 40; u++) {
    for (let i = 0; i < 25; i++) {
      if ((u * 7 + i * 3) % 4 === 0) continue;
      rows.push(`p${u},t${i},${Math.max(1, Math.min(5, Math.round(3 + ((u % 3) - 1) * 0.7 + ((i % 5) - 2) * 0.5 + (u % 2 === i % 2 ? 0.8 : -0.8))))}`);
    }
  }
  return csv('stars.csv', `user,item,rating\n${rows.join('\n')}\n`);
}

test('a reviewer’s own stars: folds, two models compared, kept over a reload, exported, deleted and brought back', async ({ page }) => {
  test.setTimeout(240_000);
  const w = new Workbench(page);
  const r = new RatingsPage(page);
  const s = new SearchPage(page);
  await w.open();
  await w.data.open([stars()]);
  await page.getByRole('button', { name: 'Read these files' }).click();
  await w.data.expectFunnel('As read', ['750', '40', '25']);
  await w.go('Train');
  await r.choose();

  // A number of folds that cannot be is refused with what is allowed.
  await page.getByLabel('Number of folds').fill('1');
  await expect(page.getByText('Folds must be a whole number from 2 to 20; received 1.')).toBeVisible();
  await expect(r.run).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel('Number of folds').fill('4');
  await r.runToEnd();
  expect(page.url()).toContain('folds=4');
  await expect(r.folds.getByRole('row')).toHaveCount(9); // head, four folds, mean, warm, cold, new
  const svd = await r.rmse('Mean ± sd');
  expect(svd).toBeGreaterThan(0.2);
  expect(svd).toBeLessThan(1.2);
  await expect(page.getByRole('figure', { name: 'RMSE by epoch' })).toBeVisible();

  await page.getByRole('combobox', { name: 'Model', exact: true }).click();
  await page.getByRole('option', { name: 'Chance' }).click();
  await r.runToEnd();
  await expect(r.row('Chance')).toContainText('p < .001');
  expect(await r.rmse('Mean ± sd')).toBeGreaterThan(svd);

  await page.reload();
  await expect(r.row('SVD')).toContainText('best here');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'More for SVD' }).click();
  await page.getByRole('menuitem', { name: 'Export run (JSON)' }).click();
  expect(parseRatingRun(JSON.parse(readFileSync(await (await saved).path(), 'utf8'))).folds).toHaveLength(4);
  await page.getByRole('button', { name: 'More for SVD' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(r.row('SVD')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(r.row('SVD')).toContainText('best here');

  // A search goes through the same form as for ranking: least RMSE on validation folds, then the winner on the folds chosen.
  await page.goto('./#/train?task=predict&model=svd&folds=4&mode=search&trials=5&range.factors=0..8');
  await expect(page.getByText('The least factors to try must be a whole number from 1 to', { exact: false })).toBeVisible();
  await expect(s.start).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel('Factors: least').fill('2');
  await s.start.click();
  await s.expectDone(5);
  await expect(s.winner).toContainText('validation RMSE');
  await expect(s.studies).toContainText('5 of 5');
  await page.reload();
  await expect(s.winner).toContainText('of 5 trials, Random, seed 42');
  await expectClean(page, { place: 'search' });
  await s.winner.getByRole('button', { name: 'Train the winner' }).click();
  await expect(r.row('SVD, best of 5 trials')).toHaveCount(1);
  await expect(page.getByText('only the ratings that fold 1 tests took no part in the choice', { exact: false })).toBeVisible();

  // On Compare the runs can be picked: errors over folds, settings, errors by group; a run that ranks is left out, and why.
  await page.goto('./#/train?model=popularity');
  await w.train.trainToEnd();
  await page.goto('./#/compare?tab=runs');
  const c = new ComparePage(page);
  await c.tick('Compare SVD', true).check();
  await c.tick('Compare Chance', true).check();
  await c.tick(/^Compare Popularity/).check();
  await expect(page.getByText(/^“Popularity.*” is left out of the comparison: predicting ratings is another task/)).toBeVisible();
  const together = page.getByRole('region', { name: 'Rating runs side by side' });
  await expect(together.getByText(/RMSE against SVD: Chance errs more by .*better in 0 of 4 folds\).*Holm over 2 tests/)).toBeVisible();
  await expect(together.getByRole('table', { name: /Settings that differ/ })).toContainText('Chance (ratings)');
  const groups = c.chart('Error by group');
  await expect(groups.getByRole('slider')).toHaveAttribute('aria-valuetext', /n = \d+\): Chance .*, from/);
  await groups.getByRole('combobox', { name: 'Ratings by' }).click();
  await page.getByRole('option', { name: 'User’s train ratings (tenths)' }).click();
  await groups.getByText('Difference', { exact: true }).click();
  await expect(groups.getByText(/SVD errs less at/)).toBeVisible();
  expect(page.url()).toMatch(/runs=[\w-]+(%2C|,)[\w-]+/);
  await c.menu('SVD', 'Name, notes and tags');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('');
  await expect(page.getByText('A run needs a name.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Our SVD');
  await c.button('Keep').click();
  const tex = await c.saved(async () => {
    await page.getByRole('button', { name: /^Export the table of stars/ }).click();
    await page.getByRole('menuitem', { name: 'LaTeX (booktabs)' }).click();
  });
  expect(tex).toMatch(/4 random folds, seed 42: mean \$\\pm\$ sd over 4 folds[\s\S]*best of 5 trials & \\textbf\{\.\d{4}\}[\s\S]*Our SVD & \.\d{4} /);
  await c.menu('Our SVD', 'Delete');
  await expect(page.getByText('Deleted “Our SVD”.')).toBeVisible();
  await c.button('Undo').click();
  await expect(c.tick('Compare Our SVD', true)).toBeVisible();

  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]] as const) {
      await page.setViewportSize({ width, height });
      await page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished.catch(() => undefined))));
      await expectClean(page);
    }
  }
});

test('without values the task of predicting ratings says why it cannot be had', async ({ page }) => {
  const w = new Workbench(page);
  await w.open();
  await w.data.open([csv('plays.csv', `user,item\n${Array.from({ length: 60 }, (_, k) => `u${k % 10},i${(k * 7) % 12}`).join('\n')}\n`)]);
  await page.getByRole('button', { name: 'Read these files' }).click();
  await expect(page.getByRole('table', { name: /Counts before and after/ })).toBeVisible();
  await w.go('Train');
  await expect(page.getByRole('radio', { name: 'Predict ratings' })).toBeDisabled();
  await expect(page.getByText('these interactions have none')).toBeVisible();
});

test('MovieLens 100K as downloaded: SVD on its published folds, stopped once, with the numbers of the literature in sight', async ({ page }) => {
  test.skip(!existsSync(zip), `needs ${path.basename(zip)} in ../shared/data`);
  test.setTimeout(120_000);
  const w = new Workbench(page);
  const r = new RatingsPage(page);
  await w.open();
  await w.data.open(zip);
  await w.data.expectFunnel('As read', ['100,000', '943', '1,682']);
  await page.goto('./#/train?task=predict&model=baseline');
  await expect(page.getByText('u1 to u5.')).toBeVisible();
  await r.runToEnd();
  expect(await r.rmse('Mean ± sd')).toBeCloseTo(0.9457, 4);

  await page.goto('./#/train?task=predict&model=svd&p.epochs=200');
  await r.run.click();
  await expect(page.getByRole('figure', { name: 'RMSE by epoch' })).toBeVisible();
  await r.stop.click();
  await expect(r.run).toBeVisible();
  // A thousand epochs were asked for: what is there now was cut short, and says so.
  await expect(page.getByText(/Stopped before the first fold was done|stopped after [1-4] of 5/).first()).toBeVisible();
  await page.goto('./#/train?task=predict&model=svd&p.epochs=3&p.factors=20');
  await r.runToEnd();
  const rmse = await r.rmse('Mean ± sd');
  expect(rmse).toBeGreaterThan(0.93);
  expect(rmse).toBeLessThan(1);
});
