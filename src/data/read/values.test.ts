import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listFormOf, splitList } from './lists';
import { parseNumber, parseTime, timeUnitOf, unwrapBytes } from './values';

describe('numbers', () => {
  test.each([['4', 4], [' 4.50 ', 4.5], ['-1e3', -1000], ['2,5', 2.5], ['0,125', 0.125], ['.5', 0.5]])('%j is %d', (cell, n) => expect(parseNumber(cell)).toBe(n));
  test.each(['', 'NA', 'five', '1,234', '1,234,567', '0x10', 'Infinity', '1 2', '--1'])('%j is none', (cell) => expect(parseNumber(cell)).toBeNaN());
  test('any finite number written by the platform reads back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(parseNumber(String(x))).toBe(Number(String(x)));
      }),
    );
  });
});

describe('times', () => {
  test('any second of 1900-2100 written as an ISO time reads back, in any zone', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_208_988_800, max: 4_102_444_800 }), fc.integer({ min: -12, max: 14 }), (seconds, zone) => {
        const local = new Date((seconds + zone * 3600) * 1000).toISOString().slice(0, 19);
        const offset = `${zone < 0 ? '-' : '+'}${String(Math.abs(zone)).padStart(2, '0')}:00`;
        expect(parseTime(local + offset, 'seconds')).toBe(seconds);
        expect(parseTime(`${local.replace('T', ' ')}Z`, 'seconds')).toBe(seconds + zone * 3600);
      }),
    );
  });
  test.each(['2001-13-01', '2001-02-30', 'yesterday', '', '12:30', '2001-01-01T25:00'])('%j is no time', (cell) => expect(parseTime(cell, 'seconds')).toBeNaN());
  test.each([
    [['1999', '2003'], 'years'],
    [['20200131', '19991231'], 'yyyymmdd'],
    [['978300760', '978302109'], 'seconds'],
    [['1500000000000'], 'milliseconds'],
    [['1500000000000000'], 'microseconds'],
    [['0', '1', '2'], 'seconds'],
  ] as const)('%j are %s', (cells, unit) => expect(timeUnitOf(cells)).toBe(unit));
});

test("Python's bytes are unwrapped and other text is left alone", () => {
  expect(["b'abc'", 'b"it\'s"', "b'\\xe9\\x9f\\xb3'", 'banana', "b'", "x b'y'"].map(unwrapBytes)).toEqual(['abc', "it's", '音', 'banana', "b'", "x b'y'"]);
});

describe('lists', () => {
  test.each([
    [['a|b', 'c', 'b|a|c'], '|'],
    [["['x', 'y']", "[]"], 'python'],
    [['rock, pop', 'pop, jazz', 'rock, jazz', 'pop, rock'], ','],
    [['One fine day, she said, we went', 'Nothing, really, but the rain came down'], null],
    [['plain', 'words'], null],
  ])('%j: %s', (cells, form) => expect(listFormOf(cells)).toBe(form));
  test('labels are trimmed, empty ones and repeats go', () => expect(splitList('a| b ||a', '|')).toEqual(['a', 'b']));
  test('of Python dicts the names are taken', () => {
    expect(splitList("[{'id': '1', 'track_name': 'Don\\'t'}, {'id': '2', 'track_name': \"It's\"}]", 'python')).toEqual(["Don't", "It's"]);
  });
  test('a tuple of bare numbers is a list too', () => expect(splitList('[1, 2, 2]', 'python')).toEqual(['1', '2']));
});
