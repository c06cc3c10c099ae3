// Bundles one TypeScript entry for Node with Vite (the same resolution as the page) and runs it.
//   node scripts/run-ts.mjs ENTRY [arguments…]
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
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
const { rmSync } = await import('node:fs');
process.on('exit', () => rmSync(outDir, { recursive: true, force: true }));
await import(pathToFileURL(path.join(outDir, 'main.mjs')).href);
