import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileAt } from './read-input';
import { deliver, resultFile } from './result-file';

const folder = mkdtempSync(path.join(tmpdir(), 'coldwave-result-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('where the result goes', () => {
  it('a folder, or a file in a folder that is not there, is refused before anything is computed', () => {
    expect(() => resultFile(folder)).toThrow(/that is a folder.*Name a file in it: .*run\.json/);
    expect(() => resultFile(path.join(folder, 'none', 'run.json'))).toThrow('Choose a folder that exists');
    expect([resultFile('-'), resultFile(null)]).toEqual([null, null]);
  });
  it('the whole document, nothing beside it', () => {
    const at = path.join(folder, 'run.json');
    const said: string[] = [];
    deliver('run.json', resultFile(at), { a: 1 }, 'table', (line) => said.push(line));
    expect(JSON.parse(readFileSync(at, 'utf8'))).toEqual({ a: 1 });
    expect([readdirSync(folder), said]).toEqual([['run.json'], ['Written to run.json.']]);
  });
});

describe('a file that is named', () => {
  it('a folder is told from a file that is not there', async () => {
    await expect(fileAt(folder)).rejects.toThrow('That is a folder, not a file.');
    await expect(fileAt(path.join(folder, 'none'))).rejects.toThrow('There is no such file.');
  });
});
