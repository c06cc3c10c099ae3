import { describe, expect, it } from 'vitest';
import type { IndexCurve } from '../../../retrieval/curve';
import { faultOf, milliseconds, planOf, readForm, readingOf } from './settings';

const form = (query: string, n = 900) => readForm(new URLSearchParams(query), n);

describe('the index form', () => {
  it('starts with √n lists and keeps what an address says', () => {
    expect(planOf(form(''), 900)).toEqual({ kind: 'ivf', nlist: 30 });
    expect(planOf(form('kind=sign&bits=64'), 900)).toEqual({ kind: 'sign', bits: 64 });
    expect(planOf(form('kind=bucket&tables=4&width=.5'), 900)).toEqual({ kind: 'bucket', tables: 4, width: 0.5 });
    expect(form('kind=tree&depth=7')).toMatchObject({ kind: 'ivf', k: '10' });
  });
  it('refuses what is out of range, with the range; nothing is put right silently', () => {
    expect(faultOf(form('nlist=901'), 900)).toContain('nlist must be a whole number from 1 to 900, the number of vectors; received 901');
    expect(faultOf(form('nlist='), 900)).toContain('received NaN');
    expect(faultOf(form('kind=bucket&width=wide'), 900)).toContain('from 0.01 to 100');
    expect(faultOf(form('nlist=900'), 900)).toBeNull();
  });
});

describe('the reading', () => {
  const curve = (points: [setting: number, recall: number, ms: number][], exactMs = 1): IndexCurve => ({
    plan: { kind: 'ivf', nlist: 30 }, n: 900, dim: 8, k: 10, queries: 100, exactMs, buildSeconds: 1, bytes: 1,
    points: points.map(([setting, recall, ms]) => ({ setting, recall, ms, scanned: recall / 2, exact: false })),
  });
  it('names the fastest setting that is good enough, and how much it gains', () => {
    expect(readingOf(curve([[1, 0.5, 0.05], [4, 0.96, 0.25], [8, 0.99, 0.5]]))).toBe('nprobe 4 finds 96 % of the true 10 nearest in 0.25 ms a query, reading 48 % of 900 vectors; exact search takes 1.0 ms, so the index is 4.0 times as fast.');
  });
  it('says so where exact search is faster, and where nothing is good enough', () => {
    expect(readingOf(curve([[30, 1, 2]]))).toContain('does not pay');
    expect(readingOf(curve([[30, 1, 1]]))).toContain('no gain');
    expect(readingOf(curve([[1, 0.5, 0.05], [2, 0.7, 0.1]]))).toContain('reaches 70 % at nprobe 2');
  });
  it('writes milliseconds with as many digits as they need', () => {
    expect([12.3, 1.25, 0.125, 0.0123].map(milliseconds)).toEqual(['12 ms', '1.3 ms', '0.13 ms', '0.0123 ms']);
  });
});
