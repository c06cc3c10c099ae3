import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../core/problem';
import { plainNumber } from './byte-numbers';
import type { ByteSource } from './byte-source';
import { createInteractions } from './interactions';
import { createRejected } from './rejected';
import { openTable } from './table';
import { parseNumber } from './values';

const bytesOf = (text: string, encoding: 'utf-8' | 'windows-1252' | 'utf-16le'): Uint8Array =>
  encoding === 'utf-8' ? new TextEncoder().encode(text) : encoding === 'windows-1252' ? Uint8Array.from(text, (c) => c.charCodeAt(0) & 255) : new Uint8Array(Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer);
/** The bytes in parts of a given size, as archives and disks hand them over. */
const sourceOf = (bytes: Uint8Array, part: number): ByteSource => ({
  key: 'plays.csv', name: 'plays.csv', size: bytes.length,
  async *open() {
    for (let at = 0; at < bytes.length; at += part) yield bytes.slice(at, at + part);
  },
});

interface Outcome { rows: number; read: unknown; summary: unknown; csv: string }
async function readBy(way: 'quick' | 'general', bytes: Uint8Array, options: { delimiter: string; header: boolean; encoding?: string; quotes?: 'off' }, part: number, piece?: number): Promise<Outcome | string | null> {
  try {
    const table = await openTable(sourceOf(bytes, part), options);
    if (table.shape.names.length < 4) return null;
    const into = createInteractions(true, true);
    const rejected = createRejected();
    const rows = await into.read(table, { user: [0], item: [1], time: 2, value: 3, about: [], looseItem: false }, rejected, piece ? { piece } : {}, way);
    return { rows, read: into.done(), summary: rejected.summary(), csv: rejected.csv() };
  } catch (error) {
    if (error instanceof Problem) return error.what;
    throw error;
  }
}

const plain = fc.oneof(fc.nat(30).map(String), fc.constantFrom('u1', 'u2', '7', '007', '9007199254740993', '1300000000', '4.5', '-3', '0'));
const awkward = fc.constantFrom(
  '', ' ', ' 7 ', '7\t', '+5', '-0', '.5', '5.', '1e3', '1.5.2', '--1', '1,5', '1,234', '0.30000000000000004', '12345678901234567890', 'NA', 'null', '-', 'é', '\u00a0u1\u00a0', '\ufeff7', "b'u1'", "b'\\xc3\\xa9'",
  '"u1"', '"a""b"', '"two\nlines"', 'x"y', '"open', '"u1"x', '2020-01-02', '2020-01-02T03:04:05.5Z', '01-Jan-1995', 'a\rb', '\r', 'a\u0000b', ':', '音',
);
const row = (cell: fc.Arbitrary<string>): fc.Arbitrary<string[]> => fc.oneof({ weight: 12, arbitrary: fc.array(cell, { minLength: 4, maxLength: 4 }) }, { weight: 1, arbitrary: fc.array(cell, { maxLength: 7 }) }, { weight: 1, arbitrary: fc.array(cell, { minLength: 4, maxLength: 4 }).map((r) => [...r, '', '']) });
const tables = fc.constantFrom(0, 1, 5).chain((share) => fc.record({
  rows: fc.array(row(fc.oneof({ weight: 10, arbitrary: plain }, { weight: share, arbitrary: awkward })), { minLength: 1, maxLength: 30 }),
  ends: fc.array(fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n', '\n\r\n'), { minLength: 1, maxLength: 4 }),
  delimiter: fc.constantFrom(',', ';', '\t', '|', '::', ' '), header: fc.boolean(), mark: fc.boolean(), ended: fc.boolean(),
  encoding: fc.constantFrom('utf-8' as const, 'utf-8' as const, 'windows-1252' as const, 'utf-16le' as const), quotes: fc.constantFrom(undefined, undefined, 'off' as const),
  part: fc.integer({ min: 1, max: 200 }), piece: fc.integer({ min: 1, max: 300 }),
}));

describe('rows read as bytes', () => {
  it('are those of the general path: ids, times, values, row numbers, rejected rows with line and reason, whatever cells, encoding, line ends and pieces', async () => {
    let quick = 0;
    await fc.assert(fc.asyncProperty(tables, async ({ rows, ends, delimiter, header, mark, ended, encoding, quotes, part, piece }) => {
      const lines = [...(header ? [['user', 'item', 'time', 'value']] : []), ...rows].map((r) => r.join(delimiter));
      const text = (mark && encoding === 'utf-8' ? '\ufeff' : '') + lines.map((l, k) => l + (k < lines.length - 1 || ended ? ends[k % ends.length]! : '')).join('');
      const bytes = bytesOf(text, encoding);
      const options = { delimiter, header, encoding, ...(quotes ? { quotes } : {}) };
      const general = await readBy('general', bytes, options, part);
      expect(await readBy('quick', bytes, options, part)).toEqual(general);
      // Where a quote is wrong, the splitter's own rows depend on how a text is cut.
      if (!/"(open|u1"x)|x"y/.test(text)) expect(await readBy('quick', bytes, options, part, piece)).toEqual(general);
      if (general !== null && typeof general !== 'string') quick++;
    }), { numRuns: 600 });
    expect(quick).toBeGreaterThan(200);
  });
});

it('a number spelled plainly is Number of the same text to the bit; anything else is left to parseNumber', () => {
  const spelled = fc.oneof(
    fc.tuple(fc.constantFrom('', '-', '+'), fc.stringMatching(/^\d{1,16}$/), fc.constantFrom('', '.'), fc.stringMatching(/^\d{0,12}$/)).map((p) => p.join('')),
    fc.double({ noNaN: true }).map(String), fc.string({ maxLength: 6 }), fc.stringMatching(/^[-+.\d,e ]{0,8}$/),
  );
  let plainly = 0;
  fc.assert(fc.property(spelled, (text) => {
    const bytes = new TextEncoder().encode(`,${text},`);
    const x = plainNumber(bytes, 1, bytes.length - 1);
    if (Number.isNaN(x)) return;
    plainly++;
    expect(Object.is(x, parseNumber(text))).toBe(true);
  }), { numRuns: 5000 });
  expect(plainly).toBeGreaterThan(1000);
});
