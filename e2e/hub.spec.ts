import { unzipSync } from 'fflate';
import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { csv, Workbench } from './pages/workbench';

const MODEL = path.resolve(import.meta.dirname, '../public/models/all-MiniLM-L6-v2');
const WEIGHTS = 'onnx/model_quantized.onnx';
const TITLES = ['Rain on the harbour', 'A wet evening by the docks', 'Dancing tango with the broom', 'The cat sweeps and turns', 'Slow train to the north', 'Night bus, empty seats', 'My robot is in love', 'Machines have no heart', 'Bread and butter', 'The baker sings at five', 'Snow on the antenna', 'Static'];

/** Twelve songs that five people had. */
const plays = csv('plays.csv', `listener,song,title,artist\n${TITLES.flatMap((title, s) => Array.from({ length: 5 }, (_, u) => `L${u},S${s},"${title}","The ${title.split(" ").at(-1)!} Players"`)).join('\n')}\n`);

/** Rows of vectors.npy in an exported zip: float32, after a header whose length stands at byte 8. */
async function exported(page: Page, name: string): Promise<Float32Array> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  const npy = unzipSync(readFileSync(await file.path()))['vectors.npy']!;
  return new Float32Array(npy.slice(10 + new DataView(npy.buffer, npy.byteOffset).getUint16(8, true)).buffer);
}

test('MiniLM from the model hub: asked for first, stopped, refused in words, then kept, with the vectors of the file itself', async ({ page }) => {
  // The hub is played here, by the files that otherwise come with the page: what is under test is everything on this side of the network.
  const asked: string[] = [];
  let hub: 'silent' | 'missing' | 'half' | 'whole' | 'gone' = 'silent';
  await page.route(/\/models\//, (route) => route.fulfill({ status: 404 }));
  await page.route('https://huggingface.co/**', async (route) => {
    const name = route.request().url().split('/resolve/main/')[1]!;
    asked.push(name);
    if (hub === 'gone') return route.abort();
    if (name === WEIGHTS && hub === 'silent') return; // no answer, ever
    if (hub === 'missing') return route.fulfill({ status: 404, headers: { 'access-control-allow-origin': '*' } });
    const body = readFileSync(path.join(MODEL, name));
    return route.fulfill({ body: name === WEIGHTS && hub === 'half' ? body.subarray(0, body.length / 2) : body, headers: { 'access-control-allow-origin': '*' } });
  });

  const w = new Workbench(page);
  await w.open();
  await w.data.open([plays]);
  await page.getByRole('button', { name: 'Read these files' }).click();
  await w.data.expectFunnel('As read', ['60', '5', '12']);
  await w.go('Text');
  const embed = page.getByRole('button', { name: 'Embed title' });
  await expect(page.getByText(/It can be fetched from the model hub, huggingface\.co: about 23 MB/)).toBeVisible();
  await expect(embed).toBeDisabled();
  await page.getByRole('button', { name: 'Allow the model hub' }).click();
  expect(asked).toEqual([]);

  await w.text.embed('title');
  await expect.poll(() => asked).toContain(WEIGHTS);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(embed).toBeEnabled();
  await expect(page.getByRole('alert')).toHaveCount(0);

  const refused = page.getByRole('alert').filter({ hasText: 'The texts were not embedded' });
  for (const [how, words] of [['missing', /status 404/], ['half', /only a part of the model/], ['gone', /could not be reached/]] as const) {
    hub = how;
    await embed.click();
    await expect(refused).toContainText(words);
    await expect(embed).toBeEnabled();
  }

  hub = 'whole';
  await embed.click();
  await expect(w.text.ready('title')).toBeVisible({ timeout: 30_000 });
  const fromHub = await exported(page, 'Export the vectors of title, MiniLM');
  expect(fromHub).toHaveLength(12 * 384);

  // Another visit, without a network: nobody is asked again, neither the hub nor the person.
  hub = 'gone';
  asked.length = 0;
  await expect(w.status).toContainText('Stored on this device');
  await page.reload();
  await expect(page.getByText(/22\.9 MB, kept in this browser/)).toBeVisible();
  await w.text.embed('artist');
  await expect(w.text.ready('artist')).toBeVisible({ timeout: 30_000 });
  expect(asked).toEqual([]);

  // The same weights served with the page run through other code, and give the same vectors within rounding.
  await page.unroute(/\/models\//);
  await page.reload();
  await expect(page.getByText(/22\.9 MB, served with this page/)).toBeVisible();
  await page.getByRole('button', { name: 'Remove the vectors of title, MiniLM' }).click();
  await w.text.embed('title');
  await expect(w.text.ready('title')).toBeVisible({ timeout: 30_000 });
  const served = await exported(page, 'Export the vectors of title, MiniLM');
  for (let item = 0; item < 12; item++) {
    let dot = 0;
    for (let d = 384 * item; d < 384 * (item + 1); d++) dot += fromHub[d]! * served[d]!;
    expect(dot).toBeGreaterThan(0.9995);
    expect(dot).toBeLessThan(1.0005);
  }
});
