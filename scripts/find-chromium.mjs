// Finds a Chromium for the browser tests, or installs one, or says in one line what to do.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

async function playwrightOwn() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : null;
}

/** @returns {Promise<string>} path of a Chromium; throws an Error whose message says what to do. */
export async function findChromium({ install = true } = {}) {
  const named = process.env.COLDWAVE_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`COLDWAVE_CHROMIUM names ${named}, which does not exist.`);
  }
  const found = (await playwrightOwn()) ?? usual.find((p) => existsSync(p));
  if (found) return found;
  if (install) {
    console.error('No Chromium found: installing one.');
    const cli = spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: ['ignore', 'ignore', 'ignore'], timeout: 300_000 });
    if (cli.status === 0) {
      const own = await playwrightOwn();
      if (own) return own;
    }
    if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
      try {
        execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'] });
        execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
      } catch {
        // fall through to the message below
      }
      if (existsSync('/usr/bin/chromium')) return '/usr/bin/chromium';
    }
  }
  throw new Error('No Chromium for the browser tests: run "npx playwright install chromium", or install your system\'s package "chromium", or set COLDWAVE_CHROMIUM to its path.');
}

/** Flags that give a software WebGPU adapter and WebGL in workers on a machine without a GPU. */
export const chromiumFlags = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-unsafe-swiftshader',
  '--use-angle=swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];
