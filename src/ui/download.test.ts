import { expect, it } from 'vitest';
import { fileName } from './download';

it.each([
  ['a/b\\c:d*e?.csv', 'a-b-c-d-e-.csv'],
  ['lists for \u202Egnp.exe.csv', 'lists for -gnp.exe.csv'],
  ['  two \n lines.json', 'two - lines.json'],
  ['', 'coldwave'],
  ['.csv', 'coldwave.csv'],
])('%j is saved as %j', (name, saved) => expect(fileName(name)).toBe(saved));

it('a name of 10,000 characters is cut before its ending, and no character is cut in two', () => {
  expect(fileName(`${'x'.repeat(10_000)}.csv`)).toMatch(/^x{116}\.csv$/);
  expect(fileName(`${'🎵'.repeat(200)}.png`)).toBe(`${'🎵'.repeat(116)}.png`);
});
