/** For tests: runs an entry in a Node process that finds a graphics driver. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { findChromium } from '../../../scripts/find-chromium.mjs';
import { vulkanEnvironment } from './node-gpu';

const environment = vulkanEnvironment(await findChromium({ install: false }).then((b) => [b], () => []));

/** Why WebGPU cannot run under Node here, or null. */
export function missingForWebgpu(): string | null {
  try {
    createRequire(import.meta.url).resolve('webgpu');
  } catch {
    return 'the npm package webgpu is not installed';
  }
  return environment ? null : 'there is no Vulkan driver: install Chromium, or set VK_ICD_FILENAMES';
}

/** @returns what the entry wrote as its last line, read as JSON  @throws Error with its complaints when it fails */
export function runOnNodeGpu(entry: string): unknown {
  const run = spawnSync(process.execPath, ['scripts/run-ts.mjs', entry], { env: { ...process.env, ...environment }, encoding: 'utf8' });
  const last = run.stdout.trim().split('\n').at(-1)!;
  // The line is the last thing an entry does. What comes after it, Dawn's own end, has been seen to crash under load and says nothing about results.
  if (!last.startsWith('{')) throw new Error(`${entry} ended with ${run.status ?? run.signal}: ${run.stderr}`);
  return JSON.parse(last);
}
