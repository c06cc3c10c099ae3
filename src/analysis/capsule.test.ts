import { describe, expect, it } from 'vitest';
import { capsuleOf, judgeCapsule, parseCapsule } from './capsule';
import { rankedRun } from './ranked-run';

const run = rankedRun([1, 3, 12, 5], { name: '<img src=x onerror=alert(1)>' }, 'wwcn');

describe('capsule', () => {
  it('survives being written and read, hostile name and all', () => {
    const capsule = capsuleOf(run, 1e-6);
    expect(parseCapsule(JSON.stringify(capsule), 'a.json')).toEqual(capsule);
    expect(capsule.expected.map((e) => `${e.metric} ${e.slice} ${e.n}`)).toContain('NDCG@10 cold 2');
  });
  it('the same run again is reproduced', () => {
    expect(judgeCapsule(capsuleOf(run, 0), run)).toMatchObject({ reproduced: true, words: 'Reproduced within tolerance: all 8 figures agree to ±0.' });
  });
  it('a target at rank 1 instead of 5 diverges, and it says at which figure and by how much', () => {
    const verdict = judgeCapsule(capsuleOf(run, 0.01), rankedRun([1, 3, 12, 1], {}, 'wwcn'));
    expect(verdict.reproduced).toBe(false);
    expect(verdict.words).toBe('It diverges at NDCG@10, new: expected 0.386853, got 1, difference 0.613147; 3 of 8 figures are off.');
  });
  it('is within tolerance up to it and not past it', () => {
    const other = rankedRun([1, 3, 12, 1], {}, 'wwcn');
    expect(judgeCapsule(capsuleOf(run, 0.62), other).reproduced).toBe(true);
    expect(judgeCapsule(capsuleOf(run, 0.6), other).reproduced).toBe(false);
  });
  it('another split never counts as reproduced', () => {
    const verdict = judgeCapsule(capsuleOf(run, 1), { ...run, split: { ...run.split, hash: 'split-b' } });
    expect(verdict).toMatchObject({ reproduced: false, rows: [{ figure: 'split', expected: 'split-a', got: 'split-b' }, ...Array.from({ length: 8 }, () => ({ within: true }))] });
  });
  it('refuses what is no capsule, and says where', () => {
    expect(() => parseCapsule('{', 'x.json')).toThrow(/not JSON.*x\.json/);
    expect(() => parseCapsule(JSON.stringify({ ...capsuleOf(run, 0), tolerance: -1 }), 'x.json')).toThrow(/tolerance/);
    expect(() => parseCapsule('{"format":"coldwave-run"}', 'x.json')).toThrow(/format.*Export capsule/);
  });
});
