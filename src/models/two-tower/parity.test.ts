import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadBackend } from '../../compute/load-backend';
import { memory } from '../../compute/tensors';
import type { TwoTowerFixture } from './fixture';
import { parityReport } from './parity';

const file = path.resolve('../shared/reference/neural/two_tower.json');

describe.skipIf(!existsSync(file))('PyTorch’s numbers for six tiny two-tower models (skipped without ../shared)', () => {
  it.each(['cpu', 'wasm'] as const)('%s: values and gradients within 1e-4, weights after 1, 2, 5 steps within 1e-5, ranks equal', async (backend) => {
    await loadBackend(backend);
    const before = memory().numTensors;
    const report = await parityReport(JSON.parse(readFileSync(file, 'utf8')) as TwoTowerFixture);
    expect(report.backend).toBe(backend);
    expect(report.cases).toHaveLength(6);
    for (const c of report.cases) for (const [what, x] of Object.entries(c)) if (typeof x === 'number') expect(x, `${c.name}: ${what}`).toBeLessThan(1);
    expect(report.ranksEqual).toBe(true);
    expect(memory().numTensors).toBe(before);
  });
});
