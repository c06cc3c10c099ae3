/** What bench/page.ts has read so far, kept in a file: a test that fails must not lose what the others measured. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export type Reading =
  | { kind: 'browser'; version: string }
  | { kind: 'click'; loss: number; epoch: number; backend: string; model: string }
  | { kind: 'training'; data: string; run: string; backend: string; epochs: number; train: number; evaluate: number; tensorBytes: number | null; tensors: number | null; status: string; toy: boolean }
  | { kind: 'text'; what: string; isolated: boolean; texts: number; perSecond: number; seconds: number };

const file = path.resolve(import.meta.dirname, '..', '.cache', 'bench-page.jsonl');

/** Beside every reading: how busy the machine was. */
export type Kept = Reading & { load: number };

export function keepReading(r: Reading): void {
  mkdirSync(path.dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify({ ...r, load: os.loadavg()[0] })}\n`);
}
export function takeReadings(): Kept[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Kept);
  rmSync(file);
  return lines;
}
