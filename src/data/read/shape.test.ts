import { describe, expect, test } from 'vitest';
import { detectDelimiter } from './delimiter';
import { detectHeader } from './header';
import { windows1252 } from './encoding';
import { crc32 } from './crc32';

describe('the delimiter is the one that cuts every row alike', () => {
  test.each([
    ['1::Toy Story (1995)::Animation|Comedy\n2::Heat (1995)::Action\n', '::'],
    ['1|Toy Story, the film|01-Jan-1995\n2|Heat; a film|02-Jan-1995\n', '|'],
    ['a;1,5;x\nb;2,5;y\n', ';'],
    ['"x, y",1\nz,2\n', ','],
    ['2020-01-01 10:00:00\t5\n2020-01-02 11:00:00\t6\n', '\t'],
    ['1 2\n1 3\n', ' '],
    ['Heat\nToy Story\nSeven\n', ','],
  ])('%j: %j', (text, delimiter) => expect(detectDelimiter(text)).toBe(delimiter));
});

describe('header or not', () => {
  test.each<[string[][], boolean]>([
    [[['user', 'item'], ['1', '2']], true],
    [[['1', '2'], ['1', '3']], false],
    [[['a', 'x'], ['b', 'y'], ['a', 'y']], false],
    [[['who', 'what'], ['ann', 'tea'], ['bob', 'cake']], true],
    [[['name', 'year'], ['Heat', '1995']], true],
    [[['Heat', '1995'], ['Seven', '1995']], false],
    [[['', 'x', 'y', 'z', 'w'], ['u1', '0', '1', '0', '']], true],
    [[['user', '10', '20', '30', '40'], ['u1', '0', '1', '0', '0'], ['u2', '', '', '5', '']], true],
  ])('%j: %s', (rows, header) => expect(detectHeader(rows)).toBe(header));
});

test('windows-1252: 0x80 is the euro sign, 0x93 and 0x94 are quotes, 0xE9 is é', () => {
  expect(windows1252(Uint8Array.of(0x80, 0x93, 0xe9, 0x94))).toBe('€“é”');
});

test('CRC-32 of "123456789" is 0xCBF43926, also in two pieces', () => {
  const bytes = new TextEncoder().encode('123456789');
  expect(crc32(bytes)).toBe(0xcbf43926);
  expect(crc32(bytes.subarray(4), crc32(bytes.subarray(0, 4)))).toBe(0xcbf43926);
});
