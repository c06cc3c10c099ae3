import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { csv, Workbench, type NamedFile } from './pages/workbench';

const png: NamedFile = { name: 'plays.csv', mimeType: 'text/csv', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 1, 0, 0, 0, 0, 0, 0xff, 0xd8]) };
const brokenZip: NamedFile = { name: 'plays.zip', mimeType: 'application/zip', buffer: Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(60, 7)]) };

test('a broken file says what is wrong and what to do, and leaves the loaded data in place', async ({ page }) => {
  const w = new Workbench(page);
  await w.open();
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);

  for (const [file, says] of [
    [brokenZip, /zip/i],
    [png, /plays\.csv/],
    [csv('empty.csv', ''), /empty/i],
  ] as const) {
    await w.data.open([file]);
    const alert = page.getByRole('alert').filter({ hasText: /still loaded/ });
    await expect(alert).toContainText(says);
    await expect(alert).toContainText(file.name);
    await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
    await alert.getByRole('button').first().click();
    await expect(alert).toBeHidden();
  }

  // The same file, mended or not, can be chosen again.
  const again = test.info().outputPath('again.csv');
  await writeFile(again, 'user_id,item_id\n');
  for (let round = 0; round < 2; round++) {
    await w.data.open(again);
    const alert = page.getByRole('alert').filter({ hasText: /a header and no rows/ });
    await alert.getByRole('button').first().click();
    await expect(alert).toBeHidden();
  }
});

test('rows that cannot be read are counted by reason, with their lines, and can be downloaded', async ({ page }) => {
  const w = new Workbench(page);
  await w.open();
  const rows = Array.from({ length: 60 }, (_, k) => `u${k % 6},i${(k * 7) % 10},${1_600_000_000 + k},${(k % 5) + 1}`);
  rows[9] = 'u1,i3,1600000009,lots';
  rows[20] = ',i3,1600000020,2';
  await w.data.open([csv('plays.csv', `user_id,item_id,timestamp,plays\n${rows.join('\n')}\n`)]);
  await page.getByRole('button', { name: 'Read these files' }).click();
  await expect(page.getByText('2 rows could not be read')).toBeVisible();
  await expect(page.getByText(/first in line 11\b/)).toBeVisible();
  await expect(page.getByText(/first in line 22\b/)).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download rejected rows' }).click();
  const stream = await (await download).createReadStream();
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  expect(text).toContain('lots');
  expect(text).toMatch(/\b11\b/);
});

test('files dropped anywhere on the page are read; dragging shows where they go', async ({ page }) => {
  const w = new Workbench(page);
  await w.open();
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  const rows = Array.from({ length: 90 }, (_, k) => `u${k % 9},i${(k * 7) % 20},${1_600_000_000 + k}`);
  await w.data.drop([csv('plays.csv', `user_id,item_id,timestamp\n${rows.join('\n')}\n`)]);
  await expect(page.getByRole('heading', { level: 1, name: 'Map columns' })).toBeVisible();
  await page.getByRole('button', { name: 'Read these files' }).click();
  await w.data.expectFunnel('As read', ['90', '9', '20']);
  // What was replaced can be brought back.
  await page.getByRole('button', { name: /undo/i }).first().click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
});
