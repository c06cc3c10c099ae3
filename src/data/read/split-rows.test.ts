import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRowSplitter, type RowBatch } from './split-rows';

const DELIMITERS = [',', ';', '\t', '|', '::', ' '];

function readAll(text: string, delimiter: string, cuts: number[] = [], quotes: 'auto' | 'off' = 'auto'): RowBatch {
  const splitter = createRowSplitter({ delimiter, quotes });
  const all: RowBatch = { rows: [], lines: [], broken: new Map() };
  const at = [...new Set(cuts.map((c) => c % (text.length + 1)))].sort((a, b) => a - b);
  const pieces = [...at, text.length].map((end, k) => text.slice(k ? at[k - 1] : 0, end));
  pieces.forEach((piece, k) => {
    const batch = splitter.push(piece, k === pieces.length - 1);
    for (const [row, reason] of batch.broken) all.broken.set(all.rows.length + row, reason);
    all.rows.push(...batch.rows);
    all.lines.push(...batch.lines);
  });
  return all;
}

const cell = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 6 }) },
  fc.array(fc.constantFrom('"', '\n', '\r\n', '\r', ',', ';', '\t', '|', '::', ':', ' ', 'a', 'é', '音'), { maxLength: 5 }).map((p) => p.join('')),
);
const table = fc.integer({ min: 2, max: 4 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));

/** A careful writer: quotes what needs it (a delimiter of ':' parts included), and a whole cell in one go. */
const written = (text: string, delimiter: string, always: boolean): string =>
  always || /["\r\n]/.test(text) || text.includes(delimiter) || text.startsWith(':') || text.endsWith(':') ? `"${text.replaceAll('"', '""')}"` : text;

test('any table written as CSV reads back cell for cell, with the right line numbers, however the text is cut into pieces', () => {
  fc.assert(
    fc.property(table, fc.constantFrom(...DELIMITERS), fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.boolean(), fc.array(fc.nat(400), { maxLength: 6 }), (rows, delimiter, end, always, trailing, cuts) => {
      const records = rows.map((r) => r.map((c) => written(c, delimiter, always)).join(delimiter));
      const text = records.join(end) + (trailing ? end : '');
      const result = readAll(text, delimiter, cuts);
      expect(result.rows).toEqual(rows);
      let line = 1;
      const lines = records.map((r) => {
        const here = line;
        line += r.split('\n').length;
        return here;
      });
      expect(result.lines).toEqual(lines);
      expect(result.broken.size).toBe(0);
    }),
    { numRuns: 600 },
  );
});

test('a table without quotes, line ends or delimiters in its cells reads the same with quotes off', () => {
  const simple = fc.array(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '"', '1', 'é'), minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(simple, fc.constantFrom(...DELIMITERS), fc.constantFrom('\n', '\r\n', '\r'), fc.array(fc.nat(60)), (rows, delimiter, end, cuts) => {
      expect(readAll(rows.map((r) => r.join(delimiter) + end).join(''), delimiter, cuts, 'off').rows).toEqual(rows);
    }),
  );
});

describe('lines', () => {
  test('blank lines are no rows but count as lines', () => {
    expect(readAll('a,b\n\n\n"c",d\n\n1,2', ',')).toMatchObject({ rows: [['a', 'b'], ['c', 'd'], ['1', '2']], lines: [1, 4, 6] });
  });
  test('both kinds of line ends in one file leave no stray carriage return', () => {
    expect(readAll('a,"b"\r\nc,d\ne,"f"\r\n', ',').rows).toEqual([['a', 'b'], ['c', 'd'], ['e', 'f']]);
  });
  test('a quoted cell over three lines moves the next row down by two', () => {
    expect(readAll('"x\ny\nz",1\nn,2', ',').lines).toEqual([1, 4]);
  });
});

describe('quotes', () => {
  test('a name in quotes in a raw tab-separated file stays as it is', () => {
    expect(readAll('1\t"Weird Al" Yankovic\tx\n2\tABBA\ty\n', '\t').rows).toEqual([['1', '"Weird Al" Yankovic', 'x'], ['2', 'ABBA', 'y']]);
  });
  test('a quote that is never closed marks its row as broken', () => {
    expect([...readAll('a,b\n"c,d\ne,f\n', ',').broken.values()]).toEqual(['a quote is opened and never closed']);
  });
  test('a quote that is never closed costs its own line, not the rest of the file', () => {
    const read = readAll('"x\ny",1\n"c,d\ne,f\n"g",h\ni,j', ',');
    // The open quote of line 3 ends at the quote of line 5: one broken row over three lines.
    expect(read.rows.at(-1)).toEqual(['i', 'j']);
    const last = readAll('"x\ny",1\na,"c,d\ne,f\ng,h', ',');
    expect(last).toMatchObject({ rows: [['x\ny', '1'], ['a', '"c', 'd'], ['e', 'f'], ['g', 'h']], lines: [1, 3, 4, 5] });
    expect([...last.broken]).toEqual([[1, 'a quote is opened and never closed']]);
  });
});
