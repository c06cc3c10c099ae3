import { existsSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { build, defaultClientConditions } from 'vite';
import { createStaticServer, listen } from '../scripts/static-server.mjs';
import type { Harness } from './harness/main';

const root = path.resolve(import.meta.dirname, '..');
const reference = path.resolve(root, '../shared/reference');
const outDir = path.join(root, '.cache/harness');

let server: Server;
let bare: Server;
let address = '';
let bareAddress = '';

test.beforeAll(async () => {
  test.setTimeout(180_000);
  await build({
    root: path.join(root, 'e2e/harness'),
    configFile: false,
    base: './',
    publicDir: path.join(root, 'public'),
    logLevel: 'error',
    resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2023' },
  });
  server = createStaticServer(outDir);
  address = `http://localhost:${await listen(server, 4330)}/`;
  bare = createStaticServer(outDir, { isolated: false });
  bareAddress = `http://localhost:${await listen(bare, 4350)}/`;
});
test.afterAll(() => {
  for (const s of [server, bare]) {
    s?.closeAllConnections();
    s?.close();
  }
});

async function open(page: Page, url = address): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => 'harness' in globalThis);
}
type WithHarness = { harness: Harness };

test('the software GPU is seen, named, and never chosen over WASM', async ({ page }) => {
  await open(page);
  const choice = await page.evaluate(() => (globalThis as unknown as WithHarness).harness.backend('auto'));
  const gpu = choice.reports.find((r) => r.id === 'webgpu');
  expect(gpu?.available, `no WebGPU adapter was found: ${gpu?.reason}`).toBe(true);
  expect(choice.chosen).toBe('wasm');
  expect(choice.reports.find((r) => r.id === 'wasm')?.correct).toBe(true);
  expect(choice.reason).not.toBe('');
});

test('on the software GPU every WGSL program gives the values and gradients of its slow twin; switched off, none is launched', async ({ page }) => {
  test.setTimeout(240_000);
  await open(page);
  const choice = await page.evaluate(() => (globalThis as unknown as WithHarness).harness.backend('webgpu'));
  expect(choice.chosen, `no WebGPU adapter was found: ${choice.reason}`).toBe('webgpu');
  expect(choice.kernels?.names).toEqual(expect.arrayContaining(['ColdwaveAdam', 'ColdwavePairHeadDot', 'ColdwavePairHeadGrad', 'ColdwaveAddRows', 'ColdwaveCausalAttentionGrad', 'ColdwaveSoftmaxCrossEntropy', 'ColdwaveMultinomialLoss', 'TopK']));
  const report = await page.evaluate(() => (globalThis as unknown as WithHarness).harness.twins());
  expect(report.comparisons.length).toBeGreaterThan(100);
  for (const c of report.comparisons) expect(c.gap, c.name).toBeLessThan(c.allowed);
  expect(report.whenOff).toEqual([]);
  expect(report.complaints).toEqual([]);
});

for (const backend of ['cpu', 'wasm', 'webgl', 'webgpu'] as const) {
  test(`two-tower equals PyTorch's float64 numbers within float32 tolerance on ${backend}`, async ({ page }) => {
    const file = path.join(reference, 'neural/two_tower.json');
    test.skip(!existsSync(file), 'needs ../shared/reference/neural/two_tower.json');
    test.setTimeout(240_000);
    await open(page);
    const fixture: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const report = await page.evaluate(([b, f]) => (globalThis as unknown as WithHarness).harness.parity(b, f), [backend, fixture] as const);
    expect(report.backend).toBe(backend);
    expect(report.cases).toHaveLength(6);
    expect(report.cases.filter((c) => !c.ranksEqual).map((c) => c.name)).toEqual([]);
    expect(report.worst, JSON.stringify(report.cases)).toBeLessThan(1);
  });
}

const cosine = (a: number[], b: number[]): number => {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let k = 0; k < a.length; k++) {
    dot += a[k]! * b[k]!;
    aa += a[k]! ** 2;
    bb += b[k]! ** 2;
  }
  return dot / Math.sqrt(aa * bb);
};

for (const isolated of [true, false]) {
  test(`MiniLM in the browser gives the reference vectors, ${isolated ? 'cross-origin isolated' : 'without isolation'}`, async ({ page }) => {
    const file = path.join(reference, 'minilm-vectors.json');
    test.skip(!existsSync(file), 'needs ../shared/reference/minilm-vectors.json');
    test.setTimeout(180_000);
    await open(page, isolated ? address : bareAddress);
    expect(await page.evaluate(() => (globalThis as unknown as WithHarness).harness.isolated)).toBe(isolated);
    const { texts, vectors, ...flat } = JSON.parse(readFileSync(file, 'utf8')) as { texts: string[]; vectors?: Record<string, number[][]> } & Record<string, unknown>;
    const expected = (name: string): number[][] => (vectors?.[name] ?? flat[name]) as number[][];
    const got = await page.evaluate((t) => (globalThis as unknown as WithHarness).harness.embed(t), texts);
    expect(got).toHaveLength(texts.length);
    got.forEach((v, k) => {
      expect(Math.hypot(...v)).toBeCloseTo(1, 4);
      expect(cosine(v, expected('int8_browser')[k]!), texts[k]).toBeGreaterThanOrEqual(0.999);
      expect(cosine(v, expected('fp32')[k]!), texts[k]).toBeGreaterThanOrEqual(0.997);
    });
  });
}
