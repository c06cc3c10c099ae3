/** npm run bench:page: the built page, timed in a real Chromium. Two servers: with and without the headers that allow threads. */
import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { chromiumFlags, findChromium } from '../scripts/find-chromium.mjs';

export const PORT = 4330;
const folder = import.meta.dirname;
const served = (port: number, flag: string) => ({ command: `node bench/page-server.mjs ${port} ${flag}`, cwd: path.resolve(folder, '..'), url: `http://localhost:${port}/`, reuseExistingServer: false });

export default defineConfig({
  testDir: folder,
  testMatch: 'page.ts',
  outputDir: path.resolve(folder, '..', '.cache', 'bench-page'),
  workers: 1,
  timeout: 900_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  globalTeardown: './page-report.ts',
  use: {
    screenshot: 'only-on-failure',
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: await findChromium({ install: false }), args: [...chromiumFlags, '--enable-precise-memory-info'] },
  },
  webServer: [served(PORT, ''), served(PORT + 1, '--plain')],
});
