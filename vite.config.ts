import react from '@vitejs/plugin-react';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { readFileSync } from 'node:fs';
import { translated } from './scripts/words/translate.mjs';

/** Headers that make the page cross-origin isolated, so threads work; everything also works without them. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** `COLDWAVE_WORDS=de npm run build` builds the page with words/de.json; `pseudo` marks every gathered word. English needs no step. */
const language = process.env['COLDWAVE_WORDS'];
const words = () => (language ? [translated(import.meta.dirname, language === 'pseudo' ? language : JSON.parse(readFileSync(`words/${language}.json`, 'utf8')))] : []);

export default defineConfig({
  base: './',
  appType: 'mpa', // a missing model or data file must be a 404, never the page (transformers.js would cache it as JSON)
  plugins: [...words(), react()],
  // Without this condition onnxruntime-web brings a second 27 MB .wasm into the build.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  worker: { format: 'es', plugins: words },
  // Named so that the development server does not re-optimise (and reload) when a worker first asks for them.
  optimizeDeps: { include: ['@xenova/transformers', 'dexie', 'papaparse', 'fflate', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-webgl', '@tensorflow/tfjs-backend-webgpu', 'react-dropzone', '@mantine/spotlight'] },
  server: { headers: isolation, port: 5173 },
  build: { target: 'es2023', chunkSizeWarningLimit: 2500 },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'workers/**/*.test.ts', 'tests/**/*.test.ts'],
    server: { deps: { inline: [/@tensorflow/] } },
    testTimeout: 30_000,
  },
});
