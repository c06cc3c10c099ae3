// Bundles one TypeScript entry for Node with Vite (the same resolution as the page) and runs it.
//   node scripts/run-ts.mjs ENTRY [arguments…]
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [entry, ...args] = process.argv.slice(2);
if (!entry) {
  console.error('usage: node scripts/run-ts.mjs ENTRY [arguments…]');
  process.exit(2);
}
// One folder per process: two runs at once must not overwrite each other's bundle.
const name = createHash('sha1').update(entry).digest('hex').slice(0, 8);
const outDir = path.join(root, '.cache', 'node', `${path.basename(entry, '.ts')}-${name}-${process.pid}`);
mkdirSync(outDir, { recursive: true });
sweep(path.dirname(outDir));
await build({
  root,
  configFile: false,
  logLevel: 'error',
  define: { __COLDWAVE_ROOT__: JSON.stringify(root) },
  ssr: { noExternal: true, external: ['@playwright/test', '@xenova/transformers', 'webgpu', 'onnxruntime-node', 'sharp'], target: 'node' },
  build: {
    ssr: path.resolve(root, entry),
    outDir,
    emptyOutDir: true,
    minify: false,
    target: 'node20',
    rollupOptions: { output: { entryFileNames: 'main.mjs', chunkFileNames: '[name]-[hash].mjs' } },
  },
});
process.argv = [process.argv[0], path.join(outDir, 'main.mjs'), ...args];
process.on('exit', () => rmSync(outDir, { recursive: true, force: true }));
await import(pathToFileURL(path.join(outDir, 'main.mjs')).href);

/** Takes away what processes that were killed a day ago or more have left behind. */
function sweep(folder) {
  for (const left of readdirSync(folder)) {
    const pid = Number(/-(\d+)$/.exec(left)?.[1] ?? 0);
    const at = path.join(folder, left);
    if (!pid || isAlive(pid) || Date.now() - (statSync(at, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < 86_400_000) continue;
    rmSync(at, { recursive: true, force: true });
  }
}
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
