import { expect, test } from 'vitest';
import { createRejected } from './rejected';

test('the list for download stops at a limit, says so, and the counts go on', () => {
  const rejected = createRejected();
  for (let k = 0; k < 200_010; k++) rejected.add('a.csv', k + 2, 'bad', ['x']);
  expect(rejected.summary()).toMatchObject({ total: 200_010, reasons: [{ count: 200_010, firstLine: 2 }] });
  const lines = rejected.csv().trimEnd().split('\r\n');
  expect(lines.length).toBe(1 + 200_000 + 1);
  expect(lines.at(-1)).toMatch(/10 more rejected rows are not listed/);
});

test('rows are listed by line, whatever the order in which they were found', () => {
  const rejected = createRejected();
  rejected.add('a.csv', 9, 'late', ['x']);
  rejected.add('a.csv', 3, 'early', ['y, "z"']);
  expect(rejected.csv()).toBe('file,line,reason,row\r\na.csv,3,early,"y, ""z"""\r\na.csv,9,late,x\r\n');
});
