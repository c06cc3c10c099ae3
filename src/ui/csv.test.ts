import Papa from 'papaparse';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from './csv';

describe('CSV', () => {
  it('quotes commas, quotes and line breaks; leaves missing cells empty', () => {
    expect(toCsv(['a', 'b'], [['x,y', 'say "hi"'], ['two\nlines', null], [NaN, 1.5]])).toBe('a,b\r\n"x,y","say ""hi"""\r\n"two\nlines",\r\n,1.5\r\n');
  });
  it('does not let a spreadsheet run a cell as a formula', () => {
    expect(toCsv(['t'], [['=HYPERLINK("x")'], ['-3']])).toBe('t\r\n"\'=HYPERLINK(""x"")"\r\n-3\r\n');
  });
  it('is read back as it was written', () => {
    const text = fc.string().map((s) => s.replace(/^[=+@\t\r-]+/, '').replaceAll('\r', ''));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 8 }), (rows) => {
        expect(Papa.parse(toCsv(['a', 'b'], rows), { skipEmptyLines: false }).data.slice(1, rows.length + 1)).toEqual(rows);
      }),
      { numRuns: 100 },
    );
  });
});
