/** The built page in a real Chromium: from click to curve, seconds per epoch and memory by backend, MiniLM texts per second. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { csv, Workbench, type NamedFile } from '../e2e/pages/workbench';
import { PORT } from './page.config';
import { keepReading } from './page-readings';

const zip = path.resolve(import.meta.dirname, '../../shared/data/hetrec2011-lastfm-2k.zip');
const isolatedAt = `http://localhost:${PORT}/`;
const plainAt = `http://localhost:${PORT + 1}/`;
/** The compress scorer on plain JavaScript takes minutes an epoch: only when asked for. */
const SLOW = process.env['COLDWAVE_BENCH_SLOW'] === '1';
/** Software adapters: an emulator on the processor, so only a toy is trained on them. */
const EMULATED = ['webgl', 'webgpu'] as const;

test.use({ baseURL: isolatedAt });
test.beforeAll(({ browser }) => keepReading({ kind: 'browser', version: browser.version() }));

interface Stored { createdAt: string; backend: string; model: { id: string; params: Record<string, unknown> }; epochs: { seconds: number; evaluateSeconds: number; memory: number | null; notes?: Record<string, number> }[] }

/** Runs as the page has stored them, newest last. */
const storedRuns = (page: Page): Promise<Stored[]> => page.evaluate(() => new Promise<Stored[]>((resolve, reject) => {
  const asked = indexedDB.open('coldwave');
  asked.onerror = () => reject(new Error('The database does not open.'));
  asked.onblocked = () => reject(new Error('The database is blocked.'));
  asked.onsuccess = () => {
    const all = asked.result.transaction('runs').objectStore('runs').getAll();
    all.onerror = () => reject(new Error('The runs cannot be read.'));
    all.onsuccess = () => {
      asked.result.close();
      resolve((all.result as Stored[]).sort((a, b) => a.createdAt.localeCompare(b.createdAt)));
    };
  };
}));

/** Sets the backend and opens the page anew with the settings of `query`; the workspace comes back from the device. */
async function trainWith(w: Workbench, data: string, run: string, backend: string, query: string, toy = false): Promise<void> {
  const { page } = w;
  await page.evaluate((b) => localStorage.setItem('coldwave.settings', JSON.stringify({ theme: 'light', backend: b, savedToDisk: null })), backend);
  await page.goto(`./#/train?model=two-tower&${query}&patience=0`);
  await page.reload();
  await expect(w.train.button('Train')).toBeEnabled();
  const before = (await storedRuns(page)).length;
  await w.train.button('Train').click();
  await expect(w.train.button('Stop')).toBeVisible();
  await expect.poll(async () => (await storedRuns(page)).length, { timeout: SLOW ? 1_800_000 : 400_000, intervals: [1000] }).toBe(before + 1);
  await page.waitForTimeout(5000); // the status bar looks every 4 seconds
  const memory = await w.status.getByText(/^Memory/).first().innerText();
  const stored = (await storedRuns(page)).at(-1)!;
  const mean = (f: (e: Stored['epochs'][number]) => number): number => stored.epochs.reduce((s, e) => s + f(e), 0) / stored.epochs.length;
  const last = stored.epochs.at(-1)!;
  keepReading({
    kind: 'training', data, run, backend: stored.backend, epochs: stored.epochs.length, train: mean((e) => e.seconds), evaluate: mean((e) => e.evaluateSeconds),
    tensorBytes: last.memory, tensors: last.notes?.['tensors'] ?? null, status: memory.replace(/^Memory\s*/, ''), toy,
  });
}

async function embedNames(w: Workbench, what: string, isolated: boolean): Promise<void> {
  await w.go('Text');
  const began = Date.now();
  await w.text.embed('name');
  await expect(w.text.ready('name')).toBeVisible({ timeout: 300_000 });
  const seconds = (Date.now() - began) / 1000;
  const said = /([\d,]+) texts? embedded in .*\(([\d,.]+) a second\)/.exec(await w.page.getByText(/embedded in/).first().innerText());
  const number = (text: string | undefined): number => Number((text ?? '').replaceAll(',', ''));
  keepReading({ kind: 'text', what, isolated, texts: number(said?.[1]), perSecond: number(said?.[2]), seconds });
}

for (const visit of [1, 2, 3]) {
  test(`from click to curve, visit ${visit}`, async ({ page }) => {
    const w = new Workbench(page);
    await page.addInitScript(() => addEventListener('click', () => ((globalThis as { clicked?: number }).clicked ??= performance.now()), true));
    await w.open();
    await expect(page.getByRole('button', { name: 'Try the demo' })).toBeEnabled();
    await page.waitForTimeout(2000); // a person reads before clicking
    const since = (): Promise<number> => page.evaluate(() => (performance.now() - (globalThis as { clicked?: number }).clicked!) / 1000);
    await page.getByRole('button', { name: 'Try the demo' }).click();
    await page.locator('figure[aria-label="Loss"] input[aria-valuetext*="loss" i]').waitFor({ state: 'attached' });
    const loss = await since();
    await w.train.epochTable.getByRole('row').nth(1).waitFor({ state: 'attached' });
    const epoch = await since();
    await w.train.end(600_000);
    await expect.poll(async () => (await storedRuns(page)).length).toBe(1);
    const run = (await storedRuns(page))[0]!;
    keepReading({ kind: 'click', loss, epoch, backend: run.backend, model: `${run.model.id}, ${String(run.model.params['scorer'])}` });
  });
}

test('the demo by backend', async ({ page }) => {
  test.setTimeout(3_000_000);
  const w = new Workbench(page);
  await w.open();
  await page.getByRole('button', { name: 'Just open the demo data' }).click();
  await w.data.expectFunnel('As read', ['60,000', '1,200', '900']);
  await settled(w);
  const data = 'demo, lyrics';
  await trainWith(w, data, 'fast', 'wasm', 'preset=fast&p.epochs=5&text=lyrics');
  await trainWith(w, data, 'fast, compress', 'wasm', 'preset=fast&p.scorer=dotCompress&p.epochs=3&text=lyrics');
  await trainWith(w, data, 'careful', 'wasm', 'preset=careful&p.epochs=1&text=lyrics');
  await trainWith(w, data, 'fast', 'cpu', 'preset=fast&p.epochs=1&text=lyrics');
  if (SLOW) await trainWith(w, data, 'fast, compress', 'cpu', 'preset=fast&p.scorer=dotCompress&p.epochs=1&text=lyrics');
});

test('HetRec Last.fm, 5-core, by backend, and MiniLM with threads allowed', async ({ page }) => {
  test.skip(!existsSync(zip), `needs ${path.basename(zip)} in ../shared/data`);
  test.setTimeout(3_000_000);
  const w = new Workbench(page);
  await w.open();
  await openHetRec(w);
  await embedNames(w, 'HetRec artist names', await page.evaluate(() => crossOriginIsolated));
  await settled(w);
  const data = 'HetRec 5-core, names';
  await trainWith(w, data, 'fast', 'wasm', 'preset=fast&p.epochs=3&text=name');
  await trainWith(w, data, 'fast, compress', 'wasm', 'preset=fast&p.scorer=dotCompress&p.epochs=1&text=name');
  await trainWith(w, data, 'fast', 'cpu', 'preset=fast&p.epochs=1&text=name');
  if (SLOW) await trainWith(w, data, 'fast, compress', 'cpu', 'preset=fast&p.scorer=dotCompress&p.epochs=1&text=name');
});

test('MiniLM without isolation', async ({ browser }) => {
  test.skip(!existsSync(zip), `needs ${path.basename(zip)} in ../shared/data`);
  const context = await browser.newContext({ baseURL: plainAt, viewport: { width: 1440, height: 900 } });
  const w = new Workbench(await context.newPage());
  await w.open();
  await openHetRec(w);
  await embedNames(w, 'HetRec artist names', await w.page.evaluate(() => crossOriginIsolated));
  await context.close();
});

test('a toy on the emulated graphics backends', async ({ page }) => {
  test.setTimeout(1_800_000);
  const w = new Workbench(page);
  await w.open();
  await w.data.open(toy());
  await page.getByRole('button', { name: 'Read these files' }).click();
  await w.data.expectFunnel('As read', ['480', '40', '30']);
  await settled(w);
  const query = 'preset=fast&p.scorer=dotCompress&p.embedding=4&p.output=4&p.negatives=1&p.batch=512&p.epochs=2&text=none';
  for (const backend of ['wasm', ...EMULATED]) await trainWith(w, 'toy: 40 users, 30 items, 480 plays', 'compress, d 4, out 4, 1 + 1 negatives', backend, query, true);
});

/** The workspace is written to the device a moment after it changed; a reload before that would lose it. */
async function settled(w: Workbench): Promise<void> {
  await expect(w.status).toContainText('Stored on this device');
  await w.page.waitForTimeout(4000);
}

async function openHetRec(w: Workbench): Promise<void> {
  await w.data.open(zip);
  await w.data.expectFunnel('As read', ['92,834', '1,892', '17,632']);
  await w.page.getByRole('button', { name: '5-core, as in most papers' }).click();
  await w.data.expectFunnel(/core/i, ['71,355', '1,859', '2,823']);
}

function toy(): NamedFile[] {
  const plays = Array.from({ length: 40 }, (_, u) => Array.from({ length: 12 }, (__, k) => `L${u},S${(u * 5 + k * 7) % 30},2024-0${1 + (k % 9)}-1${k % 10}`)).flat();
  return [csv('plays.csv', `user,item,time\n${plays.join('\n')}\n`)];
}
