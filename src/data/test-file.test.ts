import { expect, test } from 'vitest';
import { Problem } from '../core/problem';
import { readTestFile } from './test-file';

const file = (text: string): File => new File([text], 'test.csv');

test.each([
  ['names, in any order', 'rating,item_id,user_id\n5,x,a\n4,y,b\n'],
  ['no names: the first two columns', 'a\tx\t5\nb\ty\t4\n'],
])('%s', async (_, text) => {
  expect(await readTestFile(file(text))).toEqual({ user: ['a', 'b'], item: ['x', 'y'] });
});

test('one row per user is what a test file may have', async () => {
  const rows = Array.from({ length: 40 }, (_, k) => `${k},${k % 7}`).join('\n');
  expect((await readTestFile(file(`user,item\n${rows}\n`))).user.length).toBe(40);
});

test('a row without an item is a problem: leaving it out would change the result it checks', async () => {
  const error = await readTestFile(file('user,item\na,x\nb,\n')).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(Problem);
  expect((error as Problem).place).toMatchObject({ file: 'test.csv', line: 3 });
});

test('one column is a problem', async () => {
  await expect(readTestFile(file('user\na\nb\n'))).rejects.toThrow(/one column/);
});
