/** Builds the bench's page as the application is built. */
import path from 'node:path';
import { defaultClientConditions, defineConfig } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: path.join(root, 'public'),
  logLevel: 'error',
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  worker: { format: 'es' },
  build: { outDir: path.join(root, '.cache/minilm-bench'), emptyOutDir: true, target: 'es2023' },
});
