// Walks through the built workbench in any browser that has a WebDriver, and says what it saw: for browsers that the stories in e2e/ cannot drive.
//   node scripts/walk.mjs --driver geckodriver|WebKitWebDriver|safaridriver [--browser PATH] [--private] [--no-isolation]
//                         [--pictures FOLDER] [--zip hetrec2011-lastfm-2k.zip] [--only NAME,…] [--patience 3]
// It ends with "N passed, N failed". docs/browsers.md has what was seen, and when.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createStaticServer, listen } from './static-server.mjs';
import { knownDrivers, openBrowser } from './web-driver.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const usage = (why) => {
  console.error(`${why}\nusage: node scripts/walk.mjs --driver ${knownDrivers.join('|')} [--browser PATH] [--private] [--no-isolation] [--pictures FOLDER] [--zip FILE] [--only NAME,…] [--patience N]`);
  process.exit(2);
};
let options;
try {
  options = parseArgs({
    options: { driver: { type: 'string' }, browser: { type: 'string' }, private: { type: 'boolean', default: false }, isolation: { type: 'boolean', default: true }, pictures: { type: 'string' }, zip: { type: 'string' }, only: { type: 'string' }, patience: { type: 'string', default: '1' } },
    allowNegative: true,
  }).values;
} catch (error) {
  usage(error.message);
}
/** On a busy machine everything is waited for longer. */
const patience = Number(options.patience);
if (!options.driver) usage('--driver is missing.');
if (!(patience >= 1 && patience <= 20)) usage(`--patience must be a number from 1 to 20; received ${options.patience}.`);
const dist = path.resolve(root, process.env.COLDWAVE_DIST ?? 'dist');
if (!existsSync(path.join(dist, 'index.html'))) {
  console.error('There is no build yet: run "npm run build".');
  process.exit(2);
}
const files = mkdtempSync(path.join(os.tmpdir(), 'coldwave-walk-'));
const pictures = path.resolve(options.pictures ?? path.join(files, 'pictures'));
const downloads = path.join(files, 'downloads');
for (const folder of [pictures, downloads]) mkdirSync(folder, { recursive: true });
const server = createStaticServer(dist, { isolated: options.isolation });
/** Address of the page, and the browser: there once the walk begins. */
let home = '';
let b;

// ---------------------------------------------------------------- places of the page

const seconds = (n) => n * 1000 * patience;
const named = (tag, name) => `//${tag}[normalize-space(.)="${name}" or @aria-label="${name}"]`;
const button = (name) => named('button', name);
const tab = (name) => `//*[@role="tab"][normalize-space(.)="${name}"]`;
const screen = (name) => `//nav//a[starts-with(normalize-space(.), "${name}")]`;
const fileField = '//main//input[@type="file"]';
const text = () => b.inPage(() => document.body.innerText);
const says = (words, ms = 30) => b.until(`"${words}"`, (w) => document.body.innerText.includes(w), seconds(ms), words);
const shows = (selector, ms = 30) => b.until(selector, (s) => document.querySelector(s) !== null, seconds(ms), selector);
const hasButton = (name, ms) => b.until(`the button ${name}`, (n) => [...document.querySelectorAll('button')].some((e) => e.textContent.trim() === n && !e.disabled), seconds(ms), name);
const heading = (name) => b.until(`the screen ${name}`, (n) => document.querySelector('h1')?.textContent === n, seconds(30), name);
const address = (hash) => b.inPage((h) => void (location.hash = h), hash);
/** How many runs there are, as the rail says. */
const runs = () => b.inPage(() => Number(/(\d+) runs?/.exec(document.querySelector('nav').innerText)?.[1] ?? 0));
const oneMoreThan = async (before, ms) => {
  await b.until(`run ${before + 1}`, (n) => Number(/(\d+) runs?/.exec(document.querySelector('nav').innerText)?.[1] ?? 0) > n, seconds(ms), before);
  await b.until('a test table', () => [...document.querySelectorAll('table')].some((t) => (t.getAttribute('aria-label') ?? t.caption?.textContent ?? '').startsWith('Test results of')), seconds(20));
};
/** The form for an address, filled. */
const form = async (hash, model) => {
  await address(`/train?${hash}`);
  await b.until(`${model} in the form`, (name) => [...document.querySelectorAll('main input')].some((field) => field.value.startsWith(name)), seconds(20), model);
};
const train = async (ms) => {
  const before = await runs();
  await b.click(button('Train'));
  await oneMoreThan(before, ms);
};
const line = async () => (await b.inPage(() => document.querySelector('[role=contentinfo], footer')?.innerText ?? '')).replace(/\s*\n\s*/g, ' ');
/**
 * Faults from now on, and every file the page hands out. Kept in attributes of the page: what one script of a driver puts into the globals is not there
 * for the next one everywhere.
 */
const watch = () =>
  b.inPage(() => {
    const { dataset } = document.documentElement;
    if (dataset.walked) return;
    dataset.walked = 'yes';
    const keep = (list, entry) => (dataset[list] = JSON.stringify([...JSON.parse(dataset[list] ?? '[]'), entry]));
    addEventListener('error', (e) => keep('faults', e.message));
    addEventListener('unhandledrejection', (e) => keep('faults', String(e.reason)));
    addEventListener('securitypolicyviolation', (e) => keep('faults', `${e.violatedDirective} ${e.blockedURI}`));
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () {
      if (!this.download) return click.call(this);
      const name = this.download;
      void fetch(this.href)
        .then((answer) => answer.arrayBuffer())
        .then((bytes) => keep('files', { name, text: btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('')) }));
    };
  });
const kept = (list) =>
  b.inPage((name) => {
    const { dataset } = document.documentElement;
    const entries = JSON.parse(dataset[name] ?? '[]');
    delete dataset[name];
    return entries;
  }, list);
/** Takes in what the page has handed out; a driver whose scripts live apart from the page's cannot listen there, and its files lie in the folder of downloads. */
const handedOut = async (n) => {
  const names = [];
  for (const end = Date.now() + seconds(30); names.length < n; await new Promise((done) => setTimeout(done, 250))) {
    for (const { name, text } of await kept('files')) writeFileSync(path.join(downloads, name), Buffer.from(text, 'base64'));
    for (const name of readdirSync(downloads)) {
      if (name.endsWith('.part') || statSync(path.join(downloads, name)).size === 0) continue;
      names.push(`${name} ${statSync(path.join(downloads, name)).size} bytes`);
      copyFileSync(path.join(downloads, name), path.join(pictures, name)); // not moved: they may lie on two disks
      rmSync(path.join(downloads, name));
    }
    if (Date.now() > end) throw new Error(`${n} files should have been handed out, there are ${names.length}: ${names.join(', ')}`);
  }
  return names.join(', ');
};

// ---------------------------------------------------------------- the walk

const small = 'model=two-tower&preset=fast&p.embedding=8&p.output=16&p.negatives=2&p.batch=2048';
const steps = {
  async 'first load'() {
    await b.size(1440, 980);
    await b.go(home);
    await hasButton('Try the demo', 60);
    await watch();
    return b.inPage(() =>
      Object.entries({ isolated: globalThis.crossOriginIsolated, SharedArrayBuffer: 'SharedArrayBuffer' in globalThis, WebGPU: 'gpu' in navigator, 'WebGL 2': Boolean(document.createElement('canvas').getContext('webgl2')), estimate: Boolean(navigator.storage?.estimate), locks: 'locks' in navigator, caches: 'caches' in globalThis, cores: navigator.hardwareConcurrency })
        .map(([k, v]) => `${k} ${v}`)
        .join(', '),
    );
  },
  async 'the demo trains'() {
    const from = Date.now();
    await b.click(button('Try the demo'));
    await shows('svg path.recharts-curve', 120);
    const curve = ((Date.now() - from) / 1000).toFixed(0);
    await b.click(button('Stop'));
    await oneMoreThan(0, 120);
    return `a curve after ${curve} s; ${await line()}`;
  },
  async 'a reload in mid-training'() {
    await form(`${small}&p.epochs=6&text=lyrics`, 'Two-tower');
    await b.click(button('Train'));
    await says('Epoch 3 of 6', 120);
    await b.reload();
    await says('This run was cut off at epoch', 60);
    await watch();
    const before = await runs();
    await b.click(button('Resume'));
    await oneMoreThan(before, 180);
  },
  async 'curves as picture and numbers'() {
    await b.click(button('HR@10 by epoch: table and export'));
    await b.click(named('*[@role="menuitem"]', 'Save picture (PNG)'));
    await b.click(button('HR@10 by epoch: table and export'));
    await b.click(named('*[@role="menuitem"]', 'Save numbers (CSV)'));
    return handedOut(2);
  },
  async 'ALS'() {
    await form('model=als&seed=7&p.factors=64&p.epochs=3&p.solver=cg', 'Implicit ALS');
    await train(120);
  },
  async 'every screen'() {
    for (const name of ['Data', 'Explore', 'Text', 'Train', 'Compare', 'Recommend']) {
      await b.click(screen(name));
      await heading(name);
      await b.until('quiet', () => !/Counting|Loading/.test(document.querySelector('main').innerText), seconds(30)).catch(() => undefined);
      await picture(name);
    }
  },
  async 'MiniLM'() {
    await b.click(screen('Text'));
    await b.click(button('Embed artist'), seconds(30));
    await b.until('vectors of artist', () => [...document.querySelectorAll('th[scope=row]')].some((e) => e.textContent === 'artist'), seconds(180));
    return (await text()).match(/artist: [^\n]*/)?.[0];
  },
  async 'a leaderboard'() {
    await address('/compare?tab=leaderboard&models=item-knn;ease&seeds=1');
    await hasButton('Run', 30);
    await b.click(button('Run'));
    await b.until('the board', () => [...document.querySelectorAll('table')].some((t) => (t.getAttribute('aria-label') ?? t.caption?.textContent ?? '').startsWith('Models by')) && ![...document.querySelectorAll('button')].some((e) => e.textContent === 'Stop'), seconds(180));
    return (await text()).match(/Wilcoxon[^\n]*/)?.[0];
  },
  async 'a person and the map'() {
    await address('/recommend?user=7');
    await shows('ol[aria-label^="List by"] li, ul[aria-label^="List by"] li', 120);
    await b.click(tab('New user'));
    await b.click('(//*[@aria-label="Items to click"]//button)[1]');
    await shows('ol[aria-label^="List by"] li, ul[aria-label^="List by"] li', 60);
    await b.click(tab('Map'));
    await shows('[role=application][aria-label^="Map of"]', 60);
    return b.inPage(() => document.querySelector('[role=application]').getAttribute('aria-label'));
  },
  async 'keys and the palette'() {
    await b.keys('g', 'e');
    await heading('Explore');
    await b.keys(['\uE009', 'k']);
    await b.until('the palette', () => document.activeElement?.matches('input'), seconds(10));
    await b.keys(...'leaderboard', '\uE007');
    await heading('Compare');
    await b.until('the palette gone', () => !document.querySelector('[aria-modal="true"]'), seconds(10)); // until then no key is heard
    await b.keys('?');
    await says('Go to', 10);
    await b.keys('\uE00C');
  },
  async 'a broken file'() {
    const file = path.join(files, 'empty.csv');
    writeFileSync(file, '');
    await b.click(screen('Data'));
    await b.type(fileField, file);
    await says('still loaded');
    return (await text()).match(/[^\n]*still loaded[^\n]*/)?.[0];
  },
  async 'rows that cannot be read'() {
    const file = path.join(files, 'plays.csv');
    const rows = Array.from({ length: 60 }, (_, k) => `u${k % 6},i${(k * 7) % 10},${1_600_000_000 + k},${k === 9 ? 'lots' : (k % 5) + 1}`);
    writeFileSync(file, `user_id,item_id,timestamp,plays\n${rows.join('\n')}\n`);
    await b.click(screen('Data'));
    await b.type(fileField, file);
    await heading('Map columns');
    await b.click(button('Read these files'));
    await says('could not be read');
    await b.click(button('Download rejected rows'));
    return handedOut(1);
  },
  async 'Last.fm as downloaded'() {
    if (!options.zip) return 'left out: no --zip';
    await b.type(fileField, path.resolve(options.zip));
    await says('92,834', 120);
    await b.click(button('5-core, as in most papers'));
    await says('71,355', 120);
    await form('model=item-knn&text=none', 'ItemKNN');
    await train(180);
  },
  async 'dark and narrow'() {
    await b.click('//button[@aria-label="Switch to dark"]');
    await picture('dark');
    await b.size(390, 844);
    const wide = [];
    for (const name of ['data', 'explore', 'text', 'train', 'compare', 'recommend']) {
      await address(`/${name}`);
      await heading(name[0].toUpperCase() + name.slice(1));
      await new Promise((done) => setTimeout(done, 1500));
      await picture(`narrow ${name}`);
      const [page, window] = await b.inPage(() => [document.documentElement.scrollWidth, innerWidth]);
      if (page > window) wide.push(`${name} ${page} px in ${window}`);
    }
    if (wide.length) throw new Error(`wider than the window: ${wide.join(', ')}`);
    return `${await b.inPage(() => innerWidth)} px`;
  },
  async 'on paper'() {
    await b.size(1440, 980);
    await address('/data');
    await heading('Data');
    return b.print(path.join(pictures, 'paper.pdf')).catch((error) => {
      if (!/unknown command/i.test(error.message)) throw error;
      return 'left out: this driver does not print';
    });
  },
};

const picture = (name) => b.picture(path.join(pictures, `${name.replace(/\W+/g, '-')}.png`));
const only = options.only?.split(',');
const strange = only?.filter((name) => !(name in steps)) ?? [];
if (strange.length) usage(`--only takes ${Object.keys(steps).join(', ')}; received ${strange.join(', ')}.`);
home = `http://localhost:${await listen(server, 4500)}/`;
b = await openBrowser(options.driver, { binary: options.browser, secret: options.private, downloads }).catch((error) => usage(error.message));
console.log(`${b.version}${options.private ? ', private window' : ''}`);
let [passed, failed] = [0, 0];
for (const [name, step] of Object.entries(steps)) {
  if (only && name !== 'first load' && !only.includes(name)) continue;
  const from = Date.now();
  const after = () => `${((Date.now() - from) / 1000).toFixed(0)} s`;
  try {
    const seen = await step();
    const faults = await kept('faults');
    if (faults.length) throw new Error(faults.join('; '));
    passed++;
    console.log(`ok    ${name} (${after()})${seen ? `: ${seen}` : ''}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name} (${after()}): ${error.message}`);
  }
  await picture(name).catch(() => undefined);
}
await b.close();
server.close();
server.closeAllConnections();
if (options.pictures) rmSync(files, { recursive: true, force: true });
console.log(`Pictures: ${pictures}\n${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
