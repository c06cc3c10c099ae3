import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { RecommendPage } from './pages/recommend';
import { Workbench } from './pages/workbench';

test('encoders learned from the demo lyrics: neighbours with reasons, topics that can be read, a set beside the others', async ({ page }) => {
  const w = new Workbench(page);
  await w.open();
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  await w.go('Text');

  await page.getByRole('radio', { name: 'TF-IDF' }).check();
  await w.text.embed('lyrics');
  await expect(page.getByRole('cell', { name: 'TF-IDF', exact: true })).toBeVisible({ timeout: 60_000 });
  const nearest = page.getByRole('list', { name: /^Nearest to / });
  await expect(nearest.getByText(/^because of \p{L}+ \.\d\d/u).first()).toBeVisible({ timeout: 30_000 });

  // A setting that cannot be is refused with its range, and one that can is taken.
  await page.getByRole('radio', { name: 'LDA topics' }).check();
  const topics = page.getByRole('textbox', { name: 'Topics' });
  await topics.fill('1');
  await expect(page.getByRole('button', { name: 'Embed lyrics' })).toBeDisabled();
  await expect(page.getByText(/topics must be a whole number from 2 to 100; received 1/).first()).toBeVisible();
  await topics.fill('6');
  await page.getByRole('textbox', { name: 'Passes' }).fill('5');
  await w.text.embed('lyrics');
  const table = page.getByRole('table', { name: 'Topics of lyrics by share of words' });
  await expect(table.getByRole('row')).toHaveCount(7, { timeout: 60_000 });
  await expect(page.getByRole('region', { name: /^Nearest by lyrics, LDA topics/ })).toContainText('on lyrics');

  // What was learned can be taken away and brought back.
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export the vectors of lyrics, TF-IDF' }).click()]);
  expect(file.suggestedFilename()).toBe('vectors lyrics TF-IDF.zip');
  const bytes = readFileSync(await file.path());
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Bring your own' }).click()]);
  await chooser.setFiles({ name: 'mine.zip', mimeType: 'application/zip', buffer: bytes });
  await expect(page.getByRole('rowheader', { name: 'mine', exact: true })).toBeVisible();

  // A model trained on what TF-IDF learned takes an item nobody has had by its words; of vectors from a file it says why it cannot.
  const r = new RecommendPage(page);
  for (const [encoder, title] of [['TF-IDF', 'Storm'], ['mine', 'Calm']] as const) {
    await page.goto('./#/train?model=content-knn');
    await page.getByRole('combobox', { name: /^Text/ }).click();
    await page.getByRole('option', { name: encoder === 'mine' ? /^mine/ : /^lyrics · TF-IDF/ }).click();
    await w.train.trainToEnd();
    await r.open('tab=new-song');
    if (encoder === 'mine') {
      await expect(page.getByText(/brought from a file: whatever made them is not here/)).toBeVisible({ timeout: 30_000 });
      await expect(page.getByRole('button', { name: 'Who would like it?' })).toBeDisabled();
    } else {
      await page.getByLabel('title').fill(title);
      await page.getByLabel('lyrics').fill('The rain is tapping on the kitchen roof and my cat is dancing tango with the broom');
      await page.getByRole('button', { name: 'Who would like it?' }).click();
      await expect(page.getByRole('list', { name: 'Users who would like it most' }).getByRole('listitem').first()).toBeVisible({ timeout: 60_000 });
      await expect(page.getByRole('list', { name: 'Items it is most like' }).getByRole('listitem')).toHaveCount(10);
    }
  }
  await w.go('Text');

  // Vectors that fit nothing are refused, and nothing that was there is lost.
  const [again] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Bring your own' }).click()]);
  await again.setFiles({ name: 'other.csv', mimeType: 'text/csv', buffer: Buffer.from('id,x\nnobody,1\n') });
  await expect(page.getByRole('alert').filter({ hasText: 'None of the 1 ids is an item of this data set' })).toBeVisible();
  await expect(page.getByRole('rowheader', { name: 'mine', exact: true })).toBeVisible();
});
