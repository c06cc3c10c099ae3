import { expect, test } from '@playwright/test';
import { csv, small, Workbench } from './pages/workbench';

/** A reviewer's three files: 80 listeners, 60 songs, two tastes. */
function threeFiles() {
  const users = Array.from({ length: 80 }, (_, u) => `L${u},${u % 2 ? 'Peru' : 'Norway'}`);
  const songs = Array.from({ length: 60 }, (_, s) => `S${s},"Song ${s}, the ${s % 2 ? 'loud' : 'quiet'} one",Band ${s % 7}`);
  const plays: string[] = [];
  for (let u = 0; u < 80; u++) {
    for (let k = 0; k < 12; k++) {
      const s = ((u * 5 + k * 7) % 30) * 2 + (u % 2);
      plays.push(`L${u};S${s};2024-0${1 + (k % 9)}-1${k % 10};${1 + ((u + k) % 4)}`);
    }
  }
  return [
    csv('listeners.csv', `listener,country\n${users.join('\n')}\n`),
    csv('songs.csv', `song,title,band\r\n${songs.join('\r\n')}\r\n`),
    csv('plays.csv', `listener;song;played_on;times\n${plays.join('\n')}\n`),
  ];
}

test('three files of one\'s own: guessed, mapped, read, split and trained', async ({ page }) => {
  test.setTimeout(240_000);
  const w = new Workbench(page);
  await w.open();
  await w.data.open(threeFiles());
  await expect(page.getByRole('heading', { level: 1, name: 'Map columns' })).toBeVisible();
  await expect(page.getByLabel('What plays.csv holds', { exact: true }).first()).toHaveValue(/interactions/i);
  await expect(page.getByRole('button', { name: 'Read these files' })).toBeEnabled();

  // Change a meaning away and back: the sentence and the button follow.
  const listener = page.getByRole('combobox', { name: 'Meaning of column listener in plays.csv' });
  await listener.click();
  await page.getByRole('option', { name: /not used|ignore/i }).click();
  await expect(page.getByRole('button', { name: 'Read these files' })).toBeDisabled();
  await listener.click();
  await page.getByRole('option', { name: /^user/i }).first().click();
  await page.getByRole('button', { name: 'Read these files' }).click();

  await w.data.expectFunnel('As read', ['960', '80', '60']);
  // Cleaning can be taken back and done again.
  const core = page.getByRole('button', { name: '5-core, as in most papers' });
  await core.click();
  await w.data.expectFunnel('5-core', ['960', '80', '60']);
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(core).toBeVisible();
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Turn the 5-core off' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(core).toBeVisible();
  await w.go('Train');
  await page.goto(`./#/train?${small}&p.epochs=2&text=none`);
  await w.train.trainToEnd();
  expect(await w.train.testValue('All items')).toBeGreaterThanOrEqual(0);
  await expect(w.train.testTable).toContainText('80');
});

test('a wide user × item table is read as one', async ({ page }) => {
  const w = new Workbench(page);
  await w.open();
  const items = Array.from({ length: 12 }, (_, i) => `i${i}`);
  const lines = Array.from({ length: 15 }, (_, u) => `u${u},${items.map((_, i) => ((u + i) % 3 === 0 ? String(1 + ((u * i) % 5)) : '')).join(',')}`);
  await w.data.open([csv('matrix.csv', `user,${items.join(',')}\n${lines.join('\n')}\n`)]);
  await expect(page.getByLabel('What matrix.csv holds', { exact: true }).first()).toHaveValue(/matrix|table|×/i);
  await page.getByRole('button', { name: 'Read these files' }).click();
  await w.data.expectFunnel('As read', ['60', '15', '12']);
});
