import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { findTestFile } from './test-file';

const rows = '1\t20\t4\t887431883\n';
const wanted = { name: 'ua.test', bytes: rows.length };
const zip = (files: Record<string, string>): File => new File([zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))) as Uint8Array<ArrayBuffer>], 'ml.zip');

describe('the file that says what is test', () => {
  it('is taken from inside the zip, whatever its folder', async () => {
    const found = await findTestFile([zip({ 'ml-100k/u.data': 'x', 'ml-100k/ua.test': rows })], wanted);
    expect([found?.name, await found?.text()]).toEqual(['ua.test', rows]);
  });
  it('or as it is, beside other files', async () => expect(await (await findTestFile([new File(['x'], 'u.data'), new File([rows], 'ua.test')], wanted))?.text()).toBe(rows));
  it.each([['another size', zip({ 'ua.test': `${rows}${rows}` })], ['another name', zip({ 'ub.test': rows })], ['no zip at all', new File(['PK'], 'broken.zip')], ['a file that is gone', Object.assign(new File([], 'gone.zip'), { arrayBuffer: () => Promise.reject(new DOMException('It was moved.', 'NotReadableError')) })]])('not with %s', async (_, file) => expect(await findTestFile([file], wanted)).toBeNull());
});
