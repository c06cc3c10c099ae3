import { describe, expect, it } from 'vitest';
import type { SearchReport } from '../../../retrieval/serve';
import { checkSearch, formOf, readSearch, searchLine, usualForm, writeSearch } from './search-choice';

describe('what lists are searched by', () => {
  it('is exact unless the address says otherwise, and goes to the address and back', () => {
    expect(readSearch(null, 900).way).toBe('exact');
    expect(readSearch('tree:3', 900).way).toBe('exact');
    expect(writeSearch(readSearch(null, 900))).toBeNull();
    for (const raw of ['ivf:16:4', 'sign:64:100', 'bucket:8:0.5:4']) expect(writeSearch(readSearch(raw, 900))).toBe(raw);
    const { choice } = checkSearch(readSearch('bucket:8:0.5:4', 900), 900);
    expect(choice).toEqual({ plan: { kind: 'bucket', tables: 8, width: 0.5 }, setting: 4 });
    expect(writeSearch(formOf(choice!))).toBe('bucket:8:0.5:4');
  });
  it('starts every way with settings that can be, for any number of items', () => {
    for (const n of [1, 2, 10, 900, 1_000_000]) for (const way of ['ivf', 'sign', 'bucket'] as const) expect(checkSearch(usualForm(way, n), n)).toMatchObject({ fault: null });
  });
  it('refuses what is out of range, at its field, with the range', () => {
    expect(checkSearch(readSearch('ivf:901:4', 900), 900).fault).toMatchObject({ field: 'plan', what: expect.stringContaining('nlist must be a whole number from 1 to 900') as string });
    expect(checkSearch(readSearch('ivf:16:17', 900), 900).fault).toMatchObject({ field: 'dial', what: expect.stringContaining('nprobe must be a whole number from 1 to 16, the number of lists; received 17') as string });
    expect(checkSearch(readSearch('ivf:16:', 900), 900).fault?.what).toContain('received NaN');
    expect(checkSearch(readSearch('bucket:8:wide:4', 900), 900).fault?.what).toContain('from 0.01 to 100');
  });
});

describe('the line under a list', () => {
  const report: SearchReport = { plan: { kind: 'ivf', nlist: 16 }, setting: 4, used: 4, completed: false, recall: 0.9, ms: 0.03, exactMs: 0.2, scanned: 198, n: 900 };
  it('says what share of the exact list was found, in what time, and what exact search takes', () => {
    expect(searchLine(report)).toBe('Through IVF, 16 lists, nprobe 4: 90 % of the exact list found in 0.0300 ms, reading 22 % of 900 items; exact search takes 0.20 ms.');
  });
  it('says when it had to go further, and why a list is exact', () => {
    expect(searchLine({ ...report, used: 16 })).toContain('nprobe went up to 16, everything');
    expect(searchLine({ ...report, completed: true })).toContain('exact search filled the list');
    expect(searchLine({ exact: 'newcomer' })).toContain('no vector for somebody');
  });
});
