/** The headless runner as people start it: another process, files, exit codes. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseRunRecord } from '../core/run';

const folder = mkdtempSync(path.join(tmpdir(), 'coldwave-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => path.join(folder, name);

const run = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, ['scripts/run-ts.mjs', 'src/experiment/cli.ts', ...args], (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });

/** 8 users with 5 of 10 items each. */
const rows = Array.from({ length: 40 }, (_, k) => `u${k % 8};i${(k + Math.floor(k / 8)) % 10};${k}`);
writeFileSync(at('plays.csv'), `who;what;when\n${rows.join('\n')}\n`);

describe('npm run experiment', () => {
  it('own table -> one JSON document with all that the issue names, nothing else on standard output', async () => {
    const { code, out, err } = await run('--interactions', at('plays.csv'), '--columns', 'user=who,item=what,time=when', '--model', 'popularity', '--json', '-');
    expect(err).toContain('Reading the test set');
    expect(code).toBe(0);
    const record = parseRunRecord(JSON.parse(out));
    expect(record.data.counts).toEqual({ users: 8, items: 10, interactions: 40 });
    expect(record.split).toMatchObject({ protocol: 'last', train: 24, validation: 8, test: 8 });
    expect(record.model).toMatchObject({ id: 'popularity', params: { count: 'users' } });
    expect(record.test.all.n).toBe(8);
    expect(Object.keys(record.test.all.metrics)).toHaveLength(36);
    expect(Object.keys(record.seconds)).toEqual(['load', 'prepare', 'fit', 'evaluate']);
  }, 120_000);

  it('bad data -> exit 2, the place and the remedy, and no file where the result would be', async () => {
    const { code, out, err } = await run('--interactions', at('plays.csv'), '--columns', 'user=who,item=song', '--model', 'popularity', '--json', at('out.json'));
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('There is no column "song"');
    expect(err).toContain('"what"');
    expect(readdirSync(folder)).toEqual(['plays.csv']);
  }, 120_000);

  it('--json FILE writes the whole document and leaves no part file', async () => {
    const { code, out } = await run('--interactions', at('plays.csv'), '--columns', 'user=who,item=what', '--split', 'hash', '--validation', 'no', '--model', 'random', '--json', at('out.json'));
    expect([code, out]).toEqual([0, '']);
    expect(readdirSync(folder).sort()).toEqual(['out.json', 'plays.csv']);
    expect(parseRunRecord(JSON.parse(readFileSync(at('out.json'), 'utf8'))).split.test).toBe(8);
  }, 120_000);
});
