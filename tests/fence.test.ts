import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
let world = '';

beforeAll(() => {
  world = mkdtempSync(path.join(tmpdir(), 'coldwave-fence-'));
  copyFileSync(path.join(root, '.oxlintrc.json'), path.join(world, '.oxlintrc.json'));
  symlinkSync(path.join(root, 'node_modules'), path.join(world, 'node_modules'), 'dir');
});
afterAll(() => rmSync(world, { recursive: true, force: true }));

/** Lints one file that holds one import; returns what lint printed and whether it failed. */
function lint(file: string, specifier: string): { failed: boolean; output: string } {
  const at = path.join(world, file);
  mkdirSync(path.dirname(at), { recursive: true });
  writeFileSync(at, `import { x } from '${specifier}';\nexport const y = x;\n`);
  const { status, stdout } = spawnSync(path.join(root, 'node_modules/.bin/oxlint'), ['--deny-warnings', file], { cwd: world, encoding: 'utf8' });
  rmSync(at);
  return { failed: status !== 0, output: stdout };
}

describe('the one-way imports', () => {
  const forbidden: [file: string, specifier: string, says: RegExp][] = [
    ['src/core/a.ts', '../math/top-k', /core is the vocabulary/],
    ['src/core/a.ts', '@tensorflow/tfjs-core', /core is plain TypeScript/],
    ['src/math/a.ts', '../data/assemble', /math is pure numerics/],
    ['src/compute/a.ts', '../models/popularity/fit', /stand on core and math/],
    ['src/data/split/a.ts', '../../experiment/experiment', /stand on core and math/],
    ['src/metrics/a.ts', 'react', /No page code here/],
    ['src/models/two-tower/fit.ts', '../popularity/fit', /never imports a sibling/],
    ['src/models/two-tower/fit.ts', '@tensorflow/tfjs-core', /through src\/compute/],
    ['src/models/two-tower/fit.ts', '../../experiment/experiment', /A model sees core, math, compute/],
    ['src/text/minilm/a.ts', '../../app/text', /A model or encoder sees/],
    ['src/experiment/a.ts', '../../workers/trainer', /runs unchanged in a worker and in Node/],
    ['src/experiment/a.ts', '../app/train', /runs unchanged in a worker and in Node/],
    ['src/analysis/a.ts', '../experiment/experiment', /analysis reads finished runs/],
    ['src/app/a.ts', '../features/train', /screens import it/],
    ['src/app/a.ts', '../models/two-tower/fit', /Heavy work happens in a worker/],
    ['src/features/train/a.tsx', '@tensorflow/tfjs-core', /never import tensors/],
    ['src/features/train/a.tsx', 'papaparse', /never import tensors, parsers/],
    ['src/features/data/a.tsx', '../../data/load', /Features see core/],
    ['src/features/train/a.tsx', '../../models/two-tower/fit', /Features see core/],
    ['src/ui/a.tsx', '../core/dataset', /ui knows no recommender words/],
    ['src/ui/charts/a.tsx', '../../app/train', /ui knows no recommender words/],
  ];
  it.each(forbidden)('%s may not import %s, and lint says where to go', (file, specifier, says) => {
    const { failed, output } = lint(file, specifier);
    expect(failed).toBe(true);
    expect(output.replace(/\s+/g, ' ').replaceAll('│', '')).toMatch(says);
  });

  const allowed: [file: string, specifier: string][] = [
    ['src/math/a.ts', '../core/ids'],
    ['src/core/a.ts', './ids'],
    ['src/models/two-tower/fit.ts', '../../compute/backend'],
    ['src/models/two-tower/fit.ts', './towers'],
    ['src/experiment/a.ts', '../models/catalogue'],
    ['src/analysis/a.ts', '../core/run'],
    ['src/features/compare/a.tsx', '../../analysis/lint'],
    ['src/app/a.ts', '../../workers/rpc'],
    ['src/features/train/a.tsx', '../../app/train'],
    ['src/features/train/a.tsx', '../../models/catalogue'],
    ['src/ui/a.tsx', './format'],
  ];
  it.each(allowed)('%s may import %s', (file, specifier) => {
    expect(lint(file, specifier).output).not.toMatch(/no-restricted-imports/);
  });
});
