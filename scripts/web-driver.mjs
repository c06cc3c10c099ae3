// The part of the WebDriver protocol that a walk through the page needs, over plain HTTP: any browser with a driver can be walked, without a library.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

const freePort = () =>
  new Promise((done, failed) => {
    const server = net.createServer().once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** What each driver is asked for. @param {{ binary?: string, secret?: boolean, downloads: string }} wish secret: a private window */
const capabilities = {
  geckodriver: ({ binary, secret, downloads }) => ({
    'moz:firefoxOptions': {
      ...(binary ? { binary } : {}),
      args: ['-headless'],
      prefs: { 'browser.download.folderList': 2, 'browser.download.dir': downloads, 'browser.privatebrowsing.autostart': Boolean(secret) },
    },
  }),
  // Its automated windows are private ones.
  WebKitWebDriver: ({ binary }) => (binary ? { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } : {}),
  safaridriver: () => ({ browserName: 'safari' }),
};
export const knownDrivers = Object.keys(capabilities);

/** Starts a driver and a browser. @throws Error with the driver's own words */
export async function openBrowser(driver, wish) {
  const name = path.basename(driver).replace(/\.exe$/, '');
  if (!capabilities[name]) throw new Error(`--driver must be one of ${knownDrivers.join(', ')}, or a path to one; received ${driver}.`);
  const port = await freePort();
  const child = spawn(driver, name === 'safaridriver' || name === 'geckodriver' ? ['--port', String(port)] : [`--port=${port}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (d) => (said = (said + d).slice(-4000)));
  let lost = null;
  child.on('error', (error) => (lost = error));

  async function ask(method, address, body) {
    const response = await fetch(`http://127.0.0.1:${port}${address}`, { method, ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }
  for (let k = 0; ; k++) {
    if (lost) throw lost;
    if (await ask('GET', '/status').then(() => true, () => false)) break;
    if (k > 100) throw new Error(`${driver} does not answer. ${said}`);
    await sleep(100);
  }
  const session = await ask('POST', '/session', { capabilities: { alwaysMatch: capabilities[name](wish) } });
  const at = (rest) => `/session/${session.sessionId}${rest}`;
  await ask('POST', at('/timeouts'), { script: 300_000, pageLoad: 120_000 });

  /** Runs a function of its own in the page; what it returns, or resolves to, comes back. */
  const inPage = async (f, ...args) => {
    const script = `const done = arguments[arguments.length - 1]; Promise.resolve().then(() => (${f})(...[...arguments].slice(0, -1))).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const answer = await ask('POST', at('/execute/async'), { script, args });
    if (answer.error) throw new Error(answer.error);
    return answer.value;
  };
  const find = async (xpath) => (await ask('POST', at('/element'), { using: 'xpath', value: xpath }))[ELEMENT];
  /** Until `f` says something true in the page. A page that is just being replaced has nothing to say. */
  const until = async (what, f, ms, ...args) => {
    for (const end = Date.now() + ms; ; await sleep(250)) {
      const found = await inPage(f, ...args).catch(() => null);
      if (found) return found;
      if (Date.now() > end) throw new Error(`Waited ${ms / 1000} s for ${what}.`);
    }
  };
  return {
    version: `${session.capabilities.browserName} ${session.capabilities.browserVersion}`,
    inPage,
    until,
    go: (url) => ask('POST', at('/url'), { url }),
    reload: () => ask('POST', at('/refresh'), {}),
    size: (width, height) => ask('POST', at('/window/rect'), { width, height }),
    /** Clicks as a person does: the element must be there and not covered. */
    async click(xpath, ms = 20_000) {
      for (const end = Date.now() + ms; ; await sleep(200)) {
        try {
          return await ask('POST', at(`/element/${await find(xpath)}/click`), {});
        } catch (error) {
          if (Date.now() > end) throw error;
        }
      }
    },
    /** Text into a field, or a path into a file field. */
    type: async (xpath, text) => ask('POST', at(`/element/${await find(xpath)}/value`), { text }),
    /** Presses keys one after another; what is in an array is held together. */
    keys: (...list) =>
      ask('POST', at('/actions'), {
        actions: [{ type: 'key', id: 'keys', actions: list.flatMap((k) => { const held = [k].flat(); return [...held.map((value) => ({ type: 'keyDown', value })), ...held.toReversed().map((value) => ({ type: 'keyUp', value }))]; }) }],
      }),
    async picture(file) {
      writeFileSync(file, Buffer.from(await ask('GET', at('/screenshot')), 'base64'));
    },
    /** The page on paper, as PDF. */
    async print(file) {
      writeFileSync(file, Buffer.from(await ask('POST', at('/print'), { background: true }), 'base64'));
    },
    async close() {
      await ask('DELETE', at('')).catch(() => undefined);
      child.kill();
    },
  };
}
