/**
 * The map at 100,000 points: frames a second while it is dragged and zoomed, in the built page in a headless Chromium, on a machine
 * without a graphics card in two ways: the browser knows that there is none, or one is imitated for it (SwiftShader), as in the stories.
 * `node scripts/run-ts.mjs bench/map.ts [points]` after `npm run build`; COLDWAVE_DIST names another build. Writes its part of docs/measured.md.
 */
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { Workbench, csv } from '../e2e/pages/workbench';
import { chromiumFlags, findChromium } from '../scripts/find-chromium.mjs';
import { createStaticServer, listen } from '../scripts/static-server.mjs';
import { createRandom } from '../src/core/random';
import { figure, machine, table, writeParts } from './document';

declare const __COLDWAVE_ROOT__: string;
const root = __COLDWAVE_ROOT__;
const points = Number(process.argv[2] ?? 100_000);
if (!Number.isInteger(points) || points < 1000 || points > 500_000) {
  console.error('The number of points must be a whole number from 1,000 to 500,000.');
  process.exit(2);
}
const SECONDS = 4;

/** A world whose items lie in twelve clouds of different size, each item met by two of 2,000 users. */
function world(): { interactions: string; items: string; vectors: string } {
  const random = createRandom(1, 'map bench');
  const centres = Array.from({ length: 12 }, () => Array.from({ length: 8 }, () => random.normal()));
  const [rows, items, vectors] = [['user,item'], ['item,title,cloud'], [`id,${Array.from({ length: 8 }, (_, d) => `v${d}`).join(',')}`]];
  for (let i = 0; i < points; i++) {
    const c = random.int(12);
    rows.push(`u${i % 2000},i${i}`, `u${(i * 7 + 3) % 2000},i${i}`);
    items.push(`i${i},title ${i},cloud ${c}`);
    vectors.push(`i${i},${centres[c]!.map((x) => (x + (0.2 + 0.05 * c) * random.normal()).toFixed(4)).join(',')}`);
  }
  return { interactions: rows.join('\n'), items: items.join('\n'), vectors: vectors.join('\n') };
}

interface Reading { what: string; frames: number; seconds: number; gaps: number[]; script: number }

/** Counts the pictures shown while a hand moves, and the processor time the page's script took for them. */
async function watch(page: Page, what: string, hand: (until: number) => Promise<void>): Promise<Reading> {
  const cdp = await page.context().newCDPSession(page);
  // Processor time of the page's thread: what else the machine does is not in it.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async (): Promise<number> => (await cdp.send('Performance.getMetrics')).metrics.find((m) => m.name === 'ScriptDuration')!.value;
  await page.evaluate(() => {
    const w = window as unknown as { shown: number[]; watching: boolean };
    w.shown = [];
    w.watching = true;
    const tick = (t: number): void => {
      w.shown.push(t);
      if (w.watching) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const before = await spent();
  await hand(Date.now() + SECONDS * 1000);
  const shown = await page.evaluate(() => {
    const w = window as unknown as { shown: number[]; watching: boolean };
    w.watching = false;
    return w.shown;
  });
  const script = (await spent()) - before;
  await cdp.detach();
  // A frame may call back more than once; it is one picture all the same.
  const gaps = shown.slice(1).map((t, k) => t - shown[k]!).filter((gap) => gap > 0.5).sort((a, b) => a - b);
  return { what, frames: gaps.length, seconds: (shown.at(-1)! - shown[0]!) / 1000, gaps, script };
}

const server = createStaticServer(path.resolve(root, process.env['COLDWAVE_DIST'] ?? 'dist'));
const port = await listen(server, Number(process.env['COLDWAVE_E2E_PORT'] ?? 4341), 'localhost');
const executablePath = await findChromium({ install: false });
let version = '';

/** Pictures in a browser started with these flags. @param fine device pixels to a CSS pixel */
async function look(args: string[], fine: number): Promise<{ readings: Reading[]; painter: string; size: string }> {
  const browser = await chromium.launch({ executablePath, args });
  try {
    version = browser.version();
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: fine, baseURL: `http://localhost:${port}/` })).newPage();
    page.setDefaultTimeout(180_000);
    const w = new Workbench(page);
    const made = world();
    await w.open();
    await w.data.open([csv('plays.csv', made.interactions), csv('items.csv', made.items)]);
    await page.getByRole('button', { name: 'Read these files' }).click();
    await page.getByText(/Fit to train on|Too thin/).first().waitFor();
    await w.go('Text');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Bring your own' }).click()]);
    await chooser.setFiles(csv('clouds.csv', made.vectors));
    const map = page.getByRole('application', { name: new RegExp(`^Map of ${points.toLocaleString('en-US')} texts`) });
    await map.waitFor();
    await map.scrollIntoViewIfNeeded();
    await page.waitForTimeout(1500);
    const box = (await map.boundingBox())!;
    const [x, y] = [box.x + box.width / 2, Math.max(box.y, 0) + 150];
    const painter = await map.locator('canvas').evaluate((c: HTMLCanvasElement) => (c.getContext('2d') ? 'pixels written by the page' : 'WebGL'));
    const drag = async (until: number): Promise<void> => {
      await page.mouse.move(x, y);
      await page.mouse.down();
      for (let k = 0; Date.now() < until; k++) await page.mouse.move(x + 120 * Math.sin(k / 9), y + 80 * Math.cos(k / 13));
      await page.mouse.up();
    };
    const zoom = async (until: number): Promise<void> => {
      await page.mouse.move(x, y);
      for (let k = 0; Date.now() < until; k++) await page.mouse.wheel(0, k % 60 < 30 ? -60 : 60);
    };
    const still = (until: number): Promise<void> => page.waitForTimeout(until - Date.now());
    const readings = [await watch(page, 'at rest', still), await watch(page, 'dragged', drag), await watch(page, 'zoomed by wheel', zoom)];
    await page.mouse.click(x, y);
    readings.push(await watch(page, 'dragged, with a point chosen and named', drag));
    return { readings, painter, size: `${Math.round(box.width)} × ${Math.round(box.height)}` };
  } finally {
    await browser.close();
  }
}

try {
  const NO_CARD = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  const ways = [
    { way: 'no card', ...(await look(NO_CARD, 1)) },
    { way: 'no card, a screen of two pixels to one', ...(await look(NO_CARD, 2)) },
    { way: 'a card imitated', ...(await look(chromiumFlags, 1)) },
  ];
  const at = (r: Reading, share: number): string => `${figure(r.gaps[Math.min(r.gaps.length - 1, Math.floor(share * r.gaps.length))] ?? Number.NaN)} ms`;
  const rows = ways.flatMap(({ way, readings }) => readings.map((r) => [way, r.what, (r.frames / r.seconds).toFixed(0), at(r, 0.5), at(r, 0.95), `${figure((1000 * r.script) / r.frames)} ms`]));
  writeParts(root, [
    {
      id: 'map',
      title: `The map at ${points.toLocaleString('en-US')} points`,
      command: 'npm run build && node scripts/run-ts.mjs bench/map.ts',
      body: [
        `${machine([`Chromium ${version.split('.')[0]}`])}. **No graphics card took part**, so these figures say nothing about one, where the same move is three numbers and one draw call. "No card" is a browser that knows it has none and puts its pictures together by processor; "a card imitated" is one that is given SwiftShader, as the stories are: there most of the time goes into imitating the card for the whole window. The page's painter: ${ways.map((v) => `"${v.painter}" (${v.way})`).join(', ')}. ${ways[0]!.size} pixels, every point drawn, ${SECONDS} seconds each, moves sent as fast as the page takes them. Where the load average is above 2 other work held the processor too: then the last column says more than pictures a second.`,
        '',
        table(['browser', 'the map is', 'pictures a second', 'between two, middle', 'between two, 95 of 100', 'script per picture (processor time)'], rows),
      ].join('\n'),
    },
  ]);
  console.log(rows.map((r) => r.join(' · ')).join('\n'));
} finally {
  server.close();
}
