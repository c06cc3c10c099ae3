import { describe, expect, it } from 'vitest';
import { Problem } from '../core/problem';
import { runRecordSchema, type RunRecord } from '../core/run';
import { createRuns, type RunStorage } from './runs-list';
import { apartReason, orderRuns } from './runs-order';
import { epochCsv, readRuns, runFileName, runToJson } from './runs-transfer';
import { sampleEvaluation, sampleRun } from './train-sample';

const other = (id: string, patch: Partial<RunRecord> = {}): RunRecord => sampleRun({ id, ...patch });
const onSplit = (id: string, hash: string, all: number): RunRecord =>
  sampleRun({ id, split: { ...sampleRun().split, hash }, test: sampleEvaluation({ all, warm: all, cold: null }), createdAt: `2026-11-21T08:00:0${id.length}.000Z` });

describe('order of runs', () => {
  const reference = { split: 'split-a', data: 'data-a' };

  it('runs of the reference split are ranked by test value; a better one of another split stays below, unranked, with the reason', () => {
    const entries = orderRuns([onSplit('a', 'split-a', 0.1), onSplit('bb', 'split-a', 0.2), onSplit('ccc', 'split-b', 0.9)], reference, 'all', 'HR@10');
    expect(entries.map((e) => [e.run.id, e.rank, e.apart !== null])).toEqual([['bb', 1, false], ['a', 2, false], ['ccc', null, true]]);
    expect(entries[2]!.apart).toMatch(/Other split of the same data/);
  });

  it('without a reference the newest run gives it', () => {
    const entries = orderRuns([onSplit('a', 'split-a', 0.1), onSplit('bb', 'split-b', 0.05)], null, 'all', 'HR@10');
    expect(entries.map((e) => [e.run.id, e.rank])).toEqual([['bb', 1], ['a', null]]);
  });

  it('a run whose slice is empty is comparable but takes no rank', () => {
    const [first, second] = orderRuns([onSplit('a', 'split-a', 0.1), other('x')], reference, 'cold', 'HR@10');
    expect([first!.run.id, first!.rank]).toEqual(['x', 1]);
    expect([second!.run.id, second!.rank, second!.apart]).toEqual(['a', null, null]);
  });

  it('other data are named as such', () => {
    const run = sampleRun({ data: { ...sampleRun().data, name: 'Films', hash: 'data-b' }, split: { ...sampleRun().split, hash: 'split-c' } });
    expect(apartReason(run, reference)).toMatch(/^Other data \(Films\)/);
    expect(apartReason(sampleRun(), reference)).toBeNull();
  });
});

describe('runs as files', () => {
  it('an exported run is read back unchanged, alone or in a list', () => {
    const run = sampleRun();
    expect(runRecordSchema.parse(JSON.parse(runToJson(run)))).toEqual(run);
    expect(readRuns(runToJson(run), 'r.json')).toEqual([run]);
    expect(readRuns(JSON.stringify([run, other('r2')]), 'r.json')).toHaveLength(2);
  });

  it.each([
    ['', /empty/],
    ['user,item\n1,2', /not JSON/],
    ['[]', /empty list/],
    ['{"format":"something"}', /not a Coldwave run/],
    [JSON.stringify({ ...sampleRun(), version: 99 }), /newer Coldwave \(version 99/],
    [JSON.stringify({ ...sampleRun(), epochs: 'many' }), /damaged at epochs/],
    [JSON.stringify([sampleRun(), { ...sampleRun(), seed: 'x' }]), /Run 2 of 2: .*damaged at seed/],
  ])('%.30s is refused with what is wrong, the file and what to do', (text, says) => {
    try {
      readRuns(text, 'mine.json');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(Problem);
      expect((error as Problem).what).toMatch(says);
      expect((error as Problem).place.file).toBe('mine.json');
      expect((error as Problem).remedy).not.toBe('');
    }
  });

  it('the epoch table has a row per epoch, every metric with its interval, and the best marked', () => {
    const lines = epochCsv(sampleRun()).trimEnd().split('\r\n').map((l) => l.split(','));
    expect(lines).toHaveLength(4);
    expect(new Set(lines.map((l) => l.length)).size).toBe(1);
    expect(lines[0]!.slice(0, 8)).toEqual(['epoch', 'best', 'loss', 'seconds', 'evaluate_seconds', 'all n', 'all HR@10', 'all HR@10 low']);
    expect(lines[2]!.slice(0, 7)).toEqual(['2', 'yes', '0.5', '2', '0.5', '100', '0.12']);
  });

  it('file names are safe whatever the run is called', () => {
    expect(runFileName(sampleRun({ name: '../Ünder / "x"' }), 'json')).toBe('coldwave-under-x-2026-11-21.json');
    expect(runFileName(sampleRun({ name: '///', createdAt: '' }), 'csv')).toBe('coldwave-run.csv');
  });
});

describe('the run list', () => {
  const memory = (stored: RunRecord[] = [], refuse = false): RunStorage & { kept: Map<string, RunRecord> } => {
    const kept = new Map(stored.map((r) => [r.id, r]));
    return {
      kept,
      listRuns: () => Promise.resolve([...kept.values()]),
      saveRun: (r) => (refuse ? Promise.reject(new Error('the disk is full')) : Promise.resolve(void kept.set(r.id, r))),
      deleteRun: (id) => Promise.resolve(void kept.delete(id)),
    };
  };
  const file = (text: string, name = 'r.json'): File => new File([text], name);

  it('delete takes a run out of list, selection and storage; undo brings it back everywhere', async () => {
    const storage = memory([sampleRun()]);
    const list = createRuns(storage, () => 'new');
    await list.refreshRuns();
    list.toggleRun('r1');
    await list.removeRun('r1');
    expect(list.store.getState()).toMatchObject({ runs: [], selected: [], removed: { id: 'r1' } });
    expect(storage.kept.size).toBe(0);
    await list.undoRemove();
    expect(list.store.getState().runs.map((r) => r.id)).toEqual(['r1']);
    expect(storage.kept.size).toBe(1);
  });

  it('selecting a run of another split replaces the selection instead of joining it', async () => {
    const list = createRuns(memory([sampleRun(), other('r2'), onSplit('x', 'split-b', 0.3)]), () => 'new');
    await list.refreshRuns();
    list.toggleRun('r1');
    list.toggleRun('r2');
    expect(list.store.getState().selected).toEqual(['r1', 'r2']);
    list.toggleRun('x');
    expect(list.store.getState().selected).toEqual(['x']);
  });

  it('a rename is stored; an empty name changes nothing', async () => {
    const storage = memory([sampleRun()]);
    const list = createRuns(storage, () => 'new');
    await list.refreshRuns();
    await list.renameRun('r1', '  Lyrics  ');
    await list.renameRun('r1', '   ');
    expect(storage.kept.get('r1')!.name).toBe('Lyrics');
  });

  it('an import into an empty list draws what it brought, and leaves a choice alone', async () => {
    const list = createRuns(memory(), () => 'new-id');
    await list.importRuns([file(runToJson(sampleRun()))]);
    expect(list.store.getState().selected).toEqual([sampleRun().id]);
    await list.importRuns([file(runToJson(other('r2')))]);
    expect(list.store.getState().selected).toEqual([sampleRun().id]);
  });
  it('an import adds what is new, knows what is there, and keeps a differing twin under an id of its own', async () => {
    const list = createRuns(memory([sampleRun()]), () => 'fresh');
    await list.refreshRuns();
    await list.importRuns([file(runToJson(sampleRun())), file(runToJson(sampleRun({ seed: 7 }))), file(runToJson(other('r2')))]);
    expect(list.store.getState().runs.map((r) => r.id).sort()).toEqual(['fresh', 'r1', 'r2']);
    expect(list.store.getState().notice).toBe('2 runs imported. 1 was here already.');
  });

  it('a bad file is named and does not undo the good one beside it', async () => {
    const list = createRuns(memory(), () => 'fresh');
    await list.importRuns([file('nonsense', 'bad.json'), file(runToJson(sampleRun()), 'good.json')]);
    expect(list.store.getState().runs).toHaveLength(1);
    expect(list.store.getState().problem).toMatchObject({ what: expect.stringMatching(/not JSON/), place: { file: 'bad.json' } });
  });

  it('a run that cannot be stored is still shown, with what to do', async () => {
    const list = createRuns(memory([], true), () => 'fresh');
    await list.keepRun(sampleRun());
    expect(list.store.getState()).toMatchObject({ selected: ['r1'], problem: { what: expect.stringMatching(/disk is full/), remedy: expect.stringMatching(/Export/) } });
  });
});
