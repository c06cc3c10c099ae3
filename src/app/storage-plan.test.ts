import { describe, expect, it } from 'vitest';
import type { DataSet, TextVectors } from '../core/dataset';
import { nothing, planSave, storageProblem } from './storage-plan';

const raw = { name: 'a' } as DataSet;
const other = { name: 'b' } as DataSet;
const title = { column: 'title' } as TextVectors;
const lyrics = { column: 'lyrics' } as TextVectors;
const state = (data: DataSet | null, ...vectors: [string, TextVectors][]) => ({ raw: data, vectors: new Map(vectors), testFile: null });

describe('what a save writes', () => {
  it('everything, the first time', () => {
    expect(planSave(nothing, state(raw, ['title', title]))).toEqual({ clear: false, raw: true, testFile: 'keep', putVectors: ['title'], deleteVectors: [] });
  });
  it('not the raw data again when only the split changed', () => {
    const s = state(raw, ['title', title]);
    expect(planSave(s, s)).toEqual({ clear: false, raw: false, testFile: 'keep', putVectors: [], deleteVectors: [] });
  });
  it('new and changed vectors, and away with those that went', () => {
    const plan = planSave(state(raw, ['title', title], ['old', lyrics]), state(raw, ['title', { ...title }], ['lyrics', lyrics]));
    expect([plan.putVectors, plan.deleteVectors, plan.raw]).toEqual([['title', 'lyrics'], ['old'], false]);
  });
  it('another data set anew', () => {
    expect(planSave(state(raw), state(other)).raw).toBe(true);
  });
  it('nothing but an end when the data is closed', () => {
    expect(planSave(state(raw, ['title', title]), state(null))).toEqual({ clear: true, raw: false, testFile: 'keep', putVectors: [], deleteVectors: [] });
  });
});

describe('a save that failed is told', () => {
  const named = (name: string) => Object.assign(new Error('x'), { name });
  it('as a full disk, also when the database wraps it', () => {
    expect(storageProblem('This data set', Object.assign(named('AbortError'), { inner: named('QuotaExceededError') })).what).toBe('This data set could not be stored: this browser gives the page no more room.');
  });
  it('as blocked storage in a private window', () => {
    for (const name of ['InvalidStateError', 'SecurityError', 'MissingAPIError', 'TimeoutError']) expect(storageProblem('The run', named(name)).what).toContain('private window');
  });
  it('always with a way to keep the work', () => {
    for (const e of [named('QuotaExceededError'), named('SecurityError'), new Error('odd'), 'odd']) expect(storageProblem('The run', e).remedy).toContain('Save the workspace to a file');
  });
});
