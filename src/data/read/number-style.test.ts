import { describe, expect, test } from 'vitest';
import { dayMonthParts, dayOrderOf } from './day-month';
import { numberStyleOf } from './number-style';
import { parseNumber, parseTime, timeUnitOf } from './values';

describe('how a column writes its numbers', () => {
  test.each([
    [['3,5', '1,125', '4'], 'comma', [3.5, 1.125, 4]],
    [['1.234,50', '12'], 'comma', [1234.5, 12]],
    [['1,234.5', '1,125', '7'], 'thousands', [1234.5, 1125, 7]],
    [['1,234,567', '1,125'], 'thousands', [1234567, 1125]],
    [['1,125', '7', '950'], 'thousands', [1125, 7, 950]],
    [['1,125', '2,350'], 'mixed', [Number.NaN, Number.NaN]],
    [['1,125', '1200'], 'mixed', [Number.NaN, 1200]],
    [['3,5', '2.5'], 'mixed', [3.5, 2.5]],
  ] as const)('%j is %s', (cells, style, numbers) => {
    expect(numberStyleOf(cells)).toBe(style);
    expect(cells.map((c) => parseNumber(c, style))).toEqual(numbers);
  });
  test('1e999 is no number to work with', () => expect(parseNumber('1e999')).toBeNaN());
});

describe('days and months as numbers', () => {
  test.each([
    [['03/04/2015', '12/31/2015'], 'mdy', '12/31/2015'],
    [['03/04/2015', '31/12/2015'], 'dmy', '31/12/2015'],
    [['3.4.2015'], 'dmy', null],
    [['3/4/2015'], 'mdy', null],
  ] as const)('%j are %s', (cells, order, because) => {
    expect(dayOrderOf(cells)).toEqual({ order, because });
    expect(timeUnitOf(cells)).toBe(order);
  });
  test('are read to the second, with AM and PM, and impossible ones are not', () => {
    expect(parseTime('12/31/2015', 'mdy')).toBe(Date.UTC(2015, 11, 31) / 1000);
    expect(parseTime('31.12.2015 14:05', 'dmy')).toBe(Date.UTC(2015, 11, 31, 14, 5) / 1000);
    expect(parseTime('1/2/2015 12:30 am', 'mdy')).toBe(Date.UTC(2015, 0, 2, 0, 30) / 1000);
    expect(parseTime('1/2/2015 3:04:05 PM', 'mdy')).toBe(Date.UTC(2015, 0, 2, 15, 4, 5) / 1000);
    expect(parseTime('13/13/2015', 'mdy')).toBeNaN();
    expect(parseTime('2/30/2015', 'mdy')).toBeNaN();
    expect(dayMonthParts('5-6-99', 'dmy')).toMatchObject({ year: 1999, month: 6, day: 5 });
  });
  test('months in words, before the day and after it', () => {
    expect(parseTime('Jan 5, 2019', 'seconds')).toBe(Date.UTC(2019, 0, 5) / 1000);
    expect(parseTime('2019-01-05 3:04 PM', 'seconds')).toBe(Date.UTC(2019, 0, 5, 15, 4) / 1000);
  });
});
