/**
 * Getting data in: files → inspection → (mapping) → raw data set → cleaning → split.
 * The store holds light facts only; files, arrays and undo copies stay in the closure or in `held`.
 * Whatever goes wrong, what was loaded before stays loaded.
 */
import { createStore } from 'zustand/vanilla';
import { countsOf, type CleaningRule, type DataSet, type TextVectors } from '../core/dataset';
import { loneTable } from '../core/lone-table';
import { DEFAULT_SPLIT, type SplitProtocol } from '../core/split';
import type { DataCalls, DataProgress, Inspection, LoadedData, Mapping, ReadOptions } from '../../workers/protocol';
import type { Client } from '../../workers/rpc';
import { faultOf } from './data-fault';
import { idle, type DataFlow, type DataFlowActions, type OpenedFiles } from './data-flow-state';
import { latestOnly } from './data-latest';
import { mappingOf, nameFor, reviewMapping, withColumnRole, withFileRole, withReinspected } from './data-mapping';
import { rowOrderOf } from './data-order';
import { restoreSnapshot, takeSnapshot, type Snapshot } from './data-snapshot';
import { carriedVectors } from './data-vectors';
import { adoptData, closeData, held, setSplit, workspace } from './workspace';

/** Repeated pairs would put a test item into the training data, so the first of each is kept unless told otherwise. */
export const DEFAULT_RULES: readonly CleaningRule[] = [{ kind: 'duplicates', keep: 'first' }];

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

interface Read {
  files: File[];
  inspection: Inspection;
}

export type DataClient = Pick<Client<DataCalls>, 'call'>;

export function makeDataFlow(client: DataClient, base: () => string, delayMs = 180): DataFlowActions {
  const store = createStore<DataFlow>(() => idle);
  const set = (change: Partial<DataFlow>): void => store.setState(change);

  let files: File[] = [];
  let lastRead: Read | null = null;
  let overrides: Record<string, ReadOptions> = {};
  let controller: AbortController | null = null;
  let rawVectors: TextVectors[] = [];
  let rejectedCsv: string | null = null;
  /** The hash split was taken without being asked for, so the next data set may do without it. */
  let hashByItself = false;
  let undo: { snapshot: Snapshot; opened: OpenedFiles | null; rawVectors: TextVectors[]; rejectedCsv: string | null; lastRead: Read | null; testFile: DataFlow['testFile'] } | null = null;

  /** Starts work that Stop can end; a newer start ends the older one. */
  function begin(kind: NonNullable<DataFlow['work']>['kind'], label: string): { signal: AbortSignal; onProgress(p: DataProgress): void } {
    controller?.abort(new DOMException('Replaced by newer files.', 'AbortError'));
    const mine = new AbortController();
    controller = mine;
    let phase = { label, startedAt: performance.now() };
    set({ work: { kind, label, value: null, details: [] }, error: null });
    return {
      signal: mine.signal,
      onProgress: (p) => {
        if (controller !== mine) return;
        const value = p.total > 0 ? Math.min(1, p.done / p.total) : null;
        // What is left is told per phase, because each file is counted by itself.
        if (p.label !== phase.label) phase = { label: p.label, startedAt: performance.now() };
        const elapsed = (performance.now() - phase.startedAt) / 1000;
        const details = value === null ? [] : [`${Math.round(value * 100)} %`];
        if (value !== null && value > 0.05 && elapsed > 2) details.push(`about ${Math.max(1, Math.round((elapsed / value) * (1 - value)))} s left`);
        set({ work: { kind, label: p.label, value, details } });
      },
    };
  }
  function ended(signal: AbortSignal): boolean {
    if (controller?.signal !== signal) return true;
    controller = null;
    set({ work: null });
    return signal.aborted;
  }
  async function attempt<T>(kind: NonNullable<DataFlow['work']>['kind'], label: string, run: (options: ReturnType<typeof begin>) => Promise<T>): Promise<T | null> {
    const options = begin(kind, label);
    try {
      const result = await run(options);
      return ended(options.signal) ? null : result;
    } catch (error) {
      if (!ended(options.signal) && !isAbort(error)) set({ error: faultOf(error) });
      return null;
    }
  }

  function rememberForUndo(how: 'replaced' | 'closed'): void {
    const snapshot = takeSnapshot();
    const { opened, testFile } = store.getState();
    undo = snapshot && { snapshot, opened, rawVectors, rejectedCsv, lastRead, testFile };
    set({ previous: snapshot ? { name: snapshot.state.data?.name ?? 'the data set', how } : null });
  }

  /** Makes what was read the data set in use, cleaned by the default rules. */
  async function take(loaded: LoadedData & { vectors?: TextVectors[] }, inspection: Inspection | null, options: ReturnType<typeof begin>): Promise<() => void> {
    // A table alone has no pairs to clean.
    const rules = loneTable(countsOf(loaded.raw)) ? [] : [...DEFAULT_RULES];
    options.onProgress({ label: 'Removing repeated pairs', done: 0, total: 0 });
    const { data } = await client.call('clean', { raw: loaded.raw, rules }, options);
    const csv = loaded.rejected.total > 0 ? await client.call('rejectedCsv', {}) : null;
    const vectors = loaded.vectors ?? [];
    return () => {
      rememberForUndo('replaced');
      rawVectors = vectors;
      rejectedCsv = csv;
      lastRead = inspection && { files, inspection };
      held.testFile = null;
      adoptData(loaded.raw, data, { rules, rejected: loaded.rejected, notes: loaded.notes }, carriedVectors([{ ids: loaded.raw.items.ids, vectors }], data.items.ids));
      const spec = workspace.getState().split;
      setSplit({ ...spec, protocol: protocolFor(spec.protocol, data) }, null);
      set({
        pending: null,
        draft: null,
        testFile: null,
        splitFault: null,
        splitShown: null,
        opened: {
          dataHash: loaded.raw.hash,
          recipe: inspection?.recipe ?? null,
          files: (inspection?.files ?? []).map(({ key, name, bytes, encoding, encodingReason, delimiter, role, roleReason }) => ({ key, name, bytes, encoding, encodingReason, delimiter, role, roleReason })),
          skipped: inspection?.skipped ?? [],
          seconds: loaded.seconds,
          canMap: Boolean(inspection?.recipe && inspection.files.length > 0),
          hasRejectedCsv: csv !== null,
        },
      });
      ensureSplit();
    };
  }

  /** The data's own test where it brought one; else the chosen protocol where it fits the new data; where the rows are sorted, so that "last" means nothing, the portable hash. */
  function protocolFor(chosen: SplitProtocol, data: DataSet): SplitProtocol {
    // A test that came with the data is why people take that data.
    if (data.listed) {
      hashByItself = false;
      return 'listed';
    }
    const wanted = hashByItself || chosen === 'file' || chosen === 'listed' || (chosen === 'temporal' && data.interactions.time === null) ? DEFAULT_SPLIT.protocol : chosen;
    hashByItself = wanted === 'last' && rowOrderOf(data) !== null;
    return hashByItself ? 'hash' : wanted;
  }

  // ------------------------------------------------------------ cleaning and split

  const cleaning = latestOnly<CleaningRule[]>(async (rules) => {
    const { raw, data: before } = held;
    const facts = workspace.getState().data;
    if (!raw || !before || !facts) return;
    try {
      const { data, funnel } = await client.call('clean', { raw, rules });
      if (held.raw !== raw || cleaning.waiting()) return;
      if (countsOf(data).interactions === 0) {
        set({ draft: { rules, funnel, fault: { what: 'These rules leave nothing.', place: {}, remedy: 'Lower the k-core or the minimum value. Until then the data set stays as it was.' } } });
        return;
      }
      const vectors = carriedVectors(
        [
          { ids: raw.items.ids, vectors: rawVectors },
          { ids: before.items.ids, vectors: [...held.vectors.values()] },
        ],
        data.items.ids,
      );
      adoptData(raw, data, { rules, rejected: facts.rejected, notes: facts.notes }, vectors);
      set({ draft: null });
      ensureSplit();
    } catch (error) {
      if (held.raw === raw && !cleaning.waiting()) set({ draft: { rules, funnel: null, fault: faultOf(error) } });
    }
  }, delayMs);

  const splitting = latestOnly<null>(async () => {
    const { data, testFile } = held;
    const spec = workspace.getState().split;
    if (!data) return;
    if (spec.protocol === 'file' && !testFile) {
      set({ splitting: false, splitFault: null });
      return;
    }
    set({ splitting: true });
    try {
      const summary = await client.call('split', { data, spec, ...(testFile && spec.protocol === 'file' ? { testFile } : {}) });
      if (held.data === data && workspace.getState().split === spec) {
        setSplit(spec, summary);
        set({ splitFault: null, splitShown: summary });
      }
    } catch (error) {
      if (held.data === data && workspace.getState().split === spec) set({ splitFault: faultOf(error) });
    } finally {
      if (!splitting.waiting()) set({ splitting: false });
    }
  }, delayMs);

  function ensureSplit(): void {
    if (held.data && !loneTable(countsOf(held.data)) && !workspace.getState().splitSummary) splitting.ask(null);
  }

  // ------------------------------------------------------------ reading

  async function load(kind: 'load' | 'demo', label: string, inspection: Inspection | null, read: (options: ReturnType<typeof begin>) => Promise<LoadedData & { vectors?: TextVectors[] }>): Promise<boolean> {
    const adopt = await attempt(kind, label, async (options) => take(await read(options), inspection, options));
    adopt?.();
    return adopt !== null;
  }

  async function openFiles(dropped: readonly File[]): Promise<boolean> {
    if (dropped.length === 0) return false;
    const chosen = [...dropped];
    const inspection = await attempt('inspect', 'Looking at the files', (options) => client.call('inspect', { files: chosen }, options));
    if (!inspection) return false;
    if (inspection.files.length === 0) {
      const first = inspection.skipped[0];
      set({
        error: {
          what: first ? `Nothing to read: ${first.name} ${inspection.skipped.length > 1 ? `and ${inspection.skipped.length - 1} more were` : 'was'} left out. ${first.reason}` : 'These files hold no table.',
          place: {},
          remedy: 'Choose CSV, TSV or text files, or a zip or gz with such files inside.',
        },
      });
      return false;
    }
    files = chosen;
    overrides = {};
    const { recipe } = inspection;
    if (recipe) {
      set({ pending: null });
      return load('load', `Reading ${recipe.name}`, inspection, (options) => client.call('load', { files: chosen, recipe: recipe.id }, options));
    }
    const mapping = mappingOf(inspection);
    set({ pending: { inspection, mapping, name: nameFor(chosen, mapping), reinspecting: null } });
    return false;
  }

  function setTestFile(file: File | null): void {
    held.testFile = file;
    set({ testFile: file && { name: file.name, bytes: file.size }, splitFault: null });
    setSplit({ ...workspace.getState().split, protocol: file ? 'file' : DEFAULT_SPLIT.protocol }, null);
    ensureSplit();
  }

  const changeMapping = (change: (mapping: Mapping, inspection: Inspection) => Mapping): void => {
    const { pending } = store.getState();
    if (pending) set({ pending: { ...pending, mapping: change(pending.mapping, pending.inspection) } });
  };

  return {
    store,
    openFiles,
    openDemo: () => {
      files = [];
      return load('demo', 'Opening the demo', null, (options) => client.call('demo', { base: base() }, options));
    },
    stopWork: () => controller?.abort(new DOMException('Stopped.', 'AbortError')),
    setName: (name) => {
      const { pending } = store.getState();
      if (pending) set({ pending: { ...pending, name } });
    },
    setFileRole: (key, role) => changeMapping((mapping, inspection) => {
      const file = inspection.files.find((f) => f.key === key);
      return file ? withFileRole(mapping, file, role) : mapping;
    }),
    setColumnRole: (key, column, role) => changeMapping((mapping) => withColumnRole(mapping, key, column, role)),
    async setReadOptions(key, options) {
      const { pending } = store.getState();
      if (!pending) return;
      const before = { files, overrides };
      overrides = { ...overrides, [key]: options };
      set({ pending: { ...pending, reinspecting: key }, error: null });
      try {
        const inspection = await client.call('inspect', { files, overrides });
        const now = store.getState().pending;
        // Other files may have been dropped meanwhile.
        if (now && files === before.files) set({ pending: { ...now, inspection, mapping: withReinspected(now.mapping, key, inspection, options), reinspecting: null } });
      } catch (error) {
        const now = store.getState().pending;
        if (files !== before.files) return;
        ({ overrides } = before); // or these options would spoil every later look at these files
        if (now) set({ pending: { ...now, reinspecting: null } });
        if (!isAbort(error)) set({ error: faultOf(error) });
      }
    },
    applyMapping() {
      const { pending } = store.getState();
      if (!pending || !reviewMapping(pending.inspection, pending.mapping).ready) return Promise.resolve(false);
      const { inspection, mapping } = pending;
      const name = pending.name.trim() || nameFor(files, mapping);
      const test = mapping.files.find((f) => f.role === 'test');
      const testFile = files.find((f) => f.name === test?.key);
      return load('load', `Reading ${name}`, { ...inspection, recipe: null }, (options) => client.call('load', { files, name, mapping }, options)).then((done) => {
        if (done && testFile) setTestFile(testFile);
        return done;
      });
    },
    mapByHand: () => {
      if (!lastRead) return;
      ({ files } = lastRead);
      overrides = {};
      const { inspection } = lastRead;
      const mapping = mappingOf(inspection);
      set({ pending: { inspection, mapping, name: nameFor(files, mapping), reinspecting: null }, error: null });
    },
    cancelMapping: () => {
      controller?.abort(new DOMException('Cancelled.', 'AbortError')); // these files may be on their way in already
      set({ pending: null, error: null });
    },
    setRules: (rules) => {
      if (!held.raw) return;
      set({ draft: { rules, funnel: store.getState().draft?.funnel ?? null, fault: null } });
      cleaning.ask(rules);
    },
    setSplitSpec: (change) => {
      if (change.protocol) hashByItself = false;
      setSplit({ ...workspace.getState().split, ...change }, null);
      set({ splitFault: null });
      ensureSplit();
    },
    setTestFile,
    ensureSplit,
    closeDataSet: () => {
      rememberForUndo('closed');
      rawVectors = [];
      rejectedCsv = null;
      lastRead = null;
      closeData();
      // Files that are being read go on: they were asked for, and their Stop must stay in reach.
      set({ ...idle, previous: store.getState().previous, work: store.getState().work });
    },
    replaceBy: (adopt) => {
      rememberForUndo('replaced');
      rawVectors = [];
      rejectedCsv = null;
      lastRead = null;
      adopt();
      set({ ...idle, previous: store.getState().previous, work: store.getState().work });
    },
    undoReplace: () => {
      if (!undo) return;
      const back = undo;
      undo = null;
      ({ rawVectors, rejectedCsv, lastRead } = back);
      restoreSnapshot(back.snapshot);
      set({ ...idle, opened: back.opened, testFile: back.testFile, work: store.getState().work, pending: store.getState().pending });
      ensureSplit();
    },
    dismissError: () => set({ error: null }),
    rejectedRows: () => rejectedCsv,
    settled: async () => {
      await cleaning.settled();
      await splitting.settled();
    },
  };
}
