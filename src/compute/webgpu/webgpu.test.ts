import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { findChromium } from '../../../scripts/find-chromium.mjs';
import { vulkanEnvironment } from './node-gpu';
import { sortByRow } from './segments';
import type { Comparison } from './twins';

const environment = vulkanEnvironment(await findChromium({ install: false }).then((b) => [b], () => []));

/** Why this cannot run here, or null. */
function missing(): string | null {
  try {
    createRequire(import.meta.url).resolve('webgpu');
  } catch {
    return 'the npm package webgpu is not installed';
  }
  return environment ? null : 'there is no Vulkan driver: install Chromium, or set VK_ICD_FILENAMES';
}
const why = missing();

describe.skipIf(why !== null)(`WGSL programs under Node${why ? ` (skipped: ${why})` : ''}`, () => {
  it('give the values and gradients of their slow twins, from no row to thousands; switched off, none is launched', () => {
    const run = spawnSync(process.execPath, ['scripts/run-ts.mjs', 'src/compute/webgpu/in-node.ts'], { env: { ...process.env, ...environment }, encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
    const report = JSON.parse(run.stdout.trim().split('\n').at(-1)!) as { adapter: string; comparisons: Comparison[]; whenOff: string[]; complaints: string[] };
    expect(report.adapter).not.toBe('');
    expect(report.comparisons.length).toBeGreaterThan(50);
    for (const c of report.comparisons) expect(c.gap, c.name).toBeLessThan(c.allowed);
    expect(report.whenOff).toEqual([]);
    expect(report.complaints).toEqual([]);
  }, 180_000);
});

describe('sorting positions by the row they point to', () => {
  it('keeps positions of one row in order and leaves out what points outside', () => {
    const { start, order } = sortByRow(Int32Array.of(2, 0, 2, -1, 5, 0), 3);
    expect([...start]).toEqual([0, 2, 2, 4]);
    expect([...order]).toEqual([1, 5, 0, 2]);
  });
});
