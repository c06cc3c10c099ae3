import { expect, test } from '@playwright/test';
import { FIRST_LOAD_BUDGET, gzipBytes, watchScripts } from './pages/scripts-fetched';
import { Workbench } from './pages/workbench';

test('a first visit takes less than 350 kB of gzipped script, and no tensor library, encoder or other screen', async ({ page }) => {
  const fetched = watchScripts(page);
  const w = new Workbench(page);
  await w.open();
  await expect(page.getByRole('button', { name: 'Try the demo' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  const scripts = await fetched();
  expect(gzipBytes(scripts)).toBeGreaterThan(50_000); // something was counted
  expect(gzipBytes(scripts), scripts.map((s) => `${s.name} ${s.gzip}`).join('\n')).toBeLessThan(FIRST_LOAD_BUDGET);
  expect(scripts.map((s) => s.name).filter((name) => /\.worker|tfjs|onnx|transformers|^(train|explore|compare|recommend|text|LineChart|catalogue)-/.test(name))).toEqual([]);

  // The compute check comes by itself as soon as somebody is there.
  await page.mouse.move(200, 200);
  await expect(w.status.getByText(/^(WASM|WebGPU|WebGL|Plain JS)/).first()).toBeVisible({ timeout: 60_000 });
});
