/**
 * What a first visit fetches, written to docs/measured.md. `node scripts/run-ts.mjs bench/first-load.ts` after `npm run build`;
 * COLDWAVE_DIST names another build. e2e/first-load.spec.ts holds the same count to the budget.
 */
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { FIRST_LOAD_BUDGET, gzipBytes, watchScripts, type FetchedScript } from '../e2e/pages/scripts-fetched';
import { chromiumFlags, findChromium } from '../scripts/find-chromium.mjs';
import { createStaticServer, listen } from '../scripts/static-server.mjs';
import { table, writeParts } from './document';

declare const __COLDWAVE_ROOT__: string;
const root = __COLDWAVE_ROOT__;

const server = createStaticServer(path.resolve(root, process.env['COLDWAVE_DIST'] ?? 'dist'));
const port = await listen(server, Number(process.env['COLDWAVE_E2E_PORT'] ?? 4340), 'localhost');
const browser = await chromium.launch({ executablePath: await findChromium({ install: false }), args: chromiumFlags });

async function visit(hash: string, after: (page: Page, scripts: () => Promise<FetchedScript[]>) => Promise<void> = async () => undefined): Promise<FetchedScript[]> {
  const page = await (await browser.newContext()).newPage();
  const scripts = watchScripts(page);
  await page.goto(`http://localhost:${port}/${hash}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  const first = await scripts();
  await after(page, scripts);
  await page.context().close();
  return first;
}

const screens: [name: string, scripts: FetchedScript[]][] = [];
let checked: FetchedScript[] = [];
try {
  const data = await visit('', async (page, scripts) => {
    await page.mouse.move(200, 200);
    await page.getByRole('contentinfo', { name: 'Status' }).getByText(/^(WASM|WebGPU|WebGL|Plain JS)/).first().waitFor({ timeout: 120_000 });
    checked = await scripts();
  });
  screens.push(['Data', data]);
  for (const name of ['Explore', 'Text', 'Compare', 'Recommend']) screens.push([name, await visit(`#/${name.toLowerCase()}`)]);
} finally {
  await browser.close();
  server.close();
}

const kb = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`;
const first = screens[0]![1];
const largest = first.toSorted((a, b) => b.gzip - a.gzip).slice(0, 6);
writeParts(root, [
  {
    id: 'first-load',
    title: 'First load',
    command: 'npm run build && node scripts/run-ts.mjs bench/first-load.ts',
    body: [
      `Script of the built page, gzipped, that a first visit fetches until nothing more comes. The budget is ${kb(FIRST_LOAD_BUDGET)}. Bytes, so the same on every machine.`,
      '',
      table(['opened on', 'files', 'script'], screens.map(([name, scripts]) => [name, String(scripts.length), kb(gzipBytes(scripts))])),
      '',
      `The largest on Data: ${largest.map((s) => `${s.name.replace(/-[\w-]{8}\.js$/, '')} ${kb(s.gzip)}`).join(', ')}. The compute check, with the tensor library in a worker, adds ${kb(gzipBytes(checked) - gzipBytes(first))}; it begins when somebody first moves or touches something, when data are opened, or after eight still seconds. Models, encoders and the charts of Train come when asked for.`,
    ].join('\n'),
  },
]);

console.log(screens.map(([name, scripts]) => `${name}: ${scripts.length} files, ${kb(gzipBytes(scripts))}`).join('\n'));
