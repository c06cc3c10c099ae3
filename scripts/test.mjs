// npm test: types, lint, unit, build, browser, in this order; ends with one line of counts.
//   npm test [-- --only unit,e2e]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './find-chromium.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const reports = path.join(root, '.cache', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1]?.split(',') : null;

const bin = (name) => path.join(root, 'node_modules', '.bin', name + (process.platform === 'win32' ? '.cmd' : ''));
const totals = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const timings = [];

function step(name, command, args, env = {}) {
  if (only && !only.includes(name)) return;
  console.log(`\n── ${name} ──`);
  const start = Date.now();
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env }, shell: process.platform === 'win32' });
  timings.push(`${name} ${((Date.now() - start) / 1000).toFixed(0)} s`);
  if (status !== 0) failures.push(name);
  return status === 0;
}
function read(name) {
  const file = path.join(reports, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

step('types', bin('tsc'), ['--noEmit']);
step('lint', bin('oxlint'), ['--deny-warnings']);
step('unit', bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${path.join(reports, 'unit.json')}`]);
const unit = read('unit.json');
if (unit) {
  totals.passed += unit.numPassedTests;
  totals.failed += unit.numFailedTests;
  totals.skipped += unit.numPendingTests + unit.numTodoTests;
}

if (!only || only.includes('e2e')) {
  if (only) only.push('build');
  let chromium = null;
  try {
    chromium = await findChromium();
  } catch (error) {
    console.error(error.message);
    failures.push('e2e');
  }
  if (chromium) {
    console.log(`\nBrowser: ${chromium}`);
    if (step('build', bin('vite'), ['build', '--logLevel', 'warn']) !== false) {
      step('e2e', bin('playwright'), ['test', '--config', 'e2e/playwright.config.ts'], { COLDWAVE_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: path.join(reports, 'e2e.json') });
      const e2e = read('e2e.json');
      if (e2e) {
        totals.passed += e2e.stats.expected + e2e.stats.flaky;
        totals.failed += e2e.stats.unexpected;
        totals.skipped += e2e.stats.skipped;
      }
    }
  }
}

console.log(`\n${timings.join(' · ')}`);
if (failures.length) {
  console.log(`Failed: ${failures.join(', ')}`);
  if (totals.failed === 0) totals.failed = failures.length; // types, lint or a crash: not a test, yet a failure
}
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(failures.length ? 1 : 0);
