import { defineConfig } from '@playwright/test';
import { chromiumFlags } from '../scripts/find-chromium.mjs';

const port = Number(process.env['COLDWAVE_E2E_PORT'] ?? 4310);

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: false,
  workers: 2, // training takes one thread, so two browsers fill two cores; the tests of one file run in turn
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: !!process.env['CI'],
  retries: process.env['CI'] ? 1 : 0,
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['list'], ['json']] : [['list']],
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(process.env['COLDWAVE_CHROMIUM'] ? { executablePath: process.env['COLDWAVE_CHROMIUM'] } : {}),
      args: chromiumFlags,
    },
    trace: 'retain-on-failure',
  },
  webServer: {
    command: `node scripts/serve.mjs --no-build --port ${port}`,
    cwd: '..',
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
});
