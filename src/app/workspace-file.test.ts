import { zipSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Learner } from '../../workers/protocol';
import type { DataSet } from '../core/dataset';
import { DEFAULT_SPLIT } from '../core/split';
import { checkDataSet } from './check-dataset';
import { readWorkspaceFile, writeWorkspaceFile, type WorkspaceContents } from './workspace-file';

const raw: DataSet = {
  name: 'Tiny',
  recipe: 'mapped',
  users: { ids: ['u1', 'u2'], columns: [{ kind: 'numeric', name: 'age', values: Float64Array.from([NaN, 30]) }], label: null },
  items: {
    ids: ['a', 'b', 'c'],
    columns: [
      { kind: 'text', name: 'title', values: ['Ångström', '', 'x,"y"'] },
      { kind: 'tags', name: 'genre', offsets: Int32Array.from([0, 1, 1, 3]), codes: Int32Array.from([0, 0, 1]), levels: ['pop', 'dub'] },
    ],
    label: 'title',
  },
  interactions: { user: Int32Array.from([0, 0, 1]), item: Int32Array.from([0, 2, 1]), time: Float64Array.from([1, 2, 3]), value: null, row: Int32Array.from([2, 0, 1]) },
  sources: [{ name: 'plays.csv', bytes: 12, role: 'interactions', rows: 3, rejected: 0 }],
  steps: [],
  hash: 'abc',
  truth: null,
};
const contents: WorkspaceContents = {
  data: {
    raw,
    facts: { rules: [{ kind: 'core', k: 5 }], rejected: { total: 0, reasons: [] }, notes: ['n'], split: DEFAULT_SPLIT, dataHash: 'abc' },
    vectors: [{ column: 'title', encoder: 'minilm', dim: 2, vectors: Float32Array.from([1, 0, 0, 0, 0, 1]), missing: 1 }],
  },
  runs: [],
  learners: [['lda, 8 topics', { id: 'lda', settings: { topics: 8 } } as unknown as Learner]],
  ratings: [],
};

describe('the workspace file', () => {
  it('gives back exactly what was saved', async () => {
    expect(await readWorkspaceFile(await writeWorkspaceFile(contents))).toEqual(contents);
  });
  it('may hold runs only', async () => {
    const runsOnly: WorkspaceContents = { data: null, runs: [], learners: [], ratings: [] };
    expect(await readWorkspaceFile(await writeWorkspaceFile(runsOnly))).toEqual(runsOnly);
  });
  it('cut in half is refused, and what to do is said', async () => {
    const whole = await writeWorkspaceFile(contents);
    await expect(readWorkspaceFile(whole.slice(0, Math.floor(whole.size / 2)))).rejects.toMatchObject({ name: 'Problem', remedy: expect.stringContaining('still loaded') });
  });
  it.each([
    ['text', new Blob(['hello'])],
    ['an empty file', new Blob([])],
    ['another zip', new Blob([zipSync({ 'plays.csv': strToU8('a,b') }) as Uint8Array<ArrayBuffer>])],
    ['a newer version', new Blob([zipSync({ 'workspace.json': strToU8('{"format":"coldwave-workspace","version":99,"blocks":0}') }) as Uint8Array<ArrayBuffer>])],
  ])('%s is refused as a Problem', async (_what, blob) => {
    await expect(readWorkspaceFile(blob)).rejects.toMatchObject({ name: 'Problem' });
  });
});

describe('a data set from a file', () => {
  it.each([
    ['an interaction of a user who is not there', { ...raw, interactions: { ...raw.interactions, user: Int32Array.from([0, 0, 2]) } }, 'user column holds 2'],
    ['columns of different length', { ...raw, interactions: { ...raw.interactions, row: Int32Array.from([0]) } }, 'differ in length'],
    ['a code without a level', { ...raw, users: { ...raw.users, columns: [{ kind: 'categorical', name: 'sex', codes: Int32Array.from([0, 1]), levels: ['f'] }] } }, 'column "sex" holds 1'],
    ['tags that run backwards', { ...raw, items: { ...raw.items, columns: [{ kind: 'tags', name: 'g', offsets: Int32Array.from([0, 2, 1, 1]), codes: Int32Array.from([0]), levels: ['x'] }] } }, 'broken offsets'],
    ['a plain array for a column', { ...raw, interactions: { ...raw.interactions, item: [0, 2, 1] } }, 'interactions.item'],
  ])('with %s is refused, and the fault is named', (_what, broken, message) => {
    expect(() => checkDataSet(broken)).toThrow(message);
  });
});
