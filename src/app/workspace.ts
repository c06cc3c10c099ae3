/**
 * What is loaded. Light facts live in the store; the arrays themselves live in `held`, outside it,
 * because a store must hold no tensor, worker, promise or 20 MB array.
 */
import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import { countsOf, type CleaningRule, type CleaningStep, type Column, type Counts, type DataSet, type TextVectors } from '../core/dataset';
import { DEFAULT_SPLIT, type SplitSpec, type SplitSummary } from '../core/split';
import type { RejectedSummary } from '../../workers/protocol';

export interface ColumnFact {
  name: string;
  kind: Column['kind'];
  /** Distinct levels of a categorical or tags column; null for others. */
  levels: number | null;
}
export interface DataFacts {
  name: string;
  recipe: string;
  hash: string;
  counts: Counts;
  rawCounts: Counts;
  hasTime: boolean;
  hasValue: boolean;
  hasTruth: boolean;
  /** The files brought test items with listed negatives. */
  hasListed: boolean;
  users: ColumnFact[];
  items: ColumnFact[];
  itemLabel: string | null;
  rules: CleaningRule[];
  steps: CleaningStep[];
  rejected: RejectedSummary;
  notes: string[];
}
export interface VectorFacts {
  /** `${column} · ${encoder}` */
  key: string;
  column: string;
  encoder: string;
  dim: number;
  missing: number;
}
export interface WorkspaceState {
  data: DataFacts | null;
  vectors: VectorFacts[];
  split: SplitSpec;
  splitSummary: (SplitSummary & { hash: string }) | null;
}

const empty: WorkspaceState = { data: null, vectors: [], split: DEFAULT_SPLIT, splitSummary: null };
export const workspace = createStore<WorkspaceState>(() => empty);
export const useWorkspace = <T>(select: (s: WorkspaceState) => T): T => useStore(workspace, select);

/** The heavy things behind the facts. Never put these in a store or in React state. */
export const held: { raw: DataSet | null; data: DataSet | null; vectors: Map<string, TextVectors>; testFile: File | null } = {
  raw: null,
  data: null,
  vectors: new Map(),
  testFile: null,
};

const columnFacts = (columns: readonly Column[]): ColumnFact[] =>
  columns.map((c) => ({ name: c.name, kind: c.kind, levels: c.kind === 'categorical' || c.kind === 'tags' ? c.levels.length : null }));

/** Makes `data` (cleaned from `raw` by `rules`) the data set in use. Vectors of another data set are dropped. */
export function adoptData(raw: DataSet, data: DataSet, info: { rules: CleaningRule[]; rejected: RejectedSummary; notes: string[] }, vectors: TextVectors[] = []): void {
  held.raw = raw;
  held.data = data;
  held.vectors = new Map(vectors.map((v) => [vectorKey(v), v]));
  workspace.setState({
    data: {
      name: data.name,
      recipe: data.recipe,
      hash: data.hash,
      counts: countsOf(data),
      rawCounts: countsOf(raw),
      hasTime: data.interactions.time !== null,
      hasValue: data.interactions.value !== null,
      hasTruth: data.truth !== null,
      hasListed: data.listed !== undefined,
      users: columnFacts(data.users.columns),
      items: columnFacts(data.items.columns),
      itemLabel: data.items.label,
      rules: info.rules,
      steps: data.steps,
      rejected: info.rejected,
      notes: info.notes,
    },
    vectors: vectors.map(vectorFacts),
    splitSummary: null,
  });
}

export function setSplit(split: SplitSpec, summary: WorkspaceState['splitSummary']): void {
  workspace.setState({ split, splitSummary: summary });
}

export const vectorKey = (v: Pick<TextVectors, 'column' | 'encoder'>): string => `${v.column} · ${v.encoder}`;
const vectorFacts = (v: TextVectors): VectorFacts => ({ key: vectorKey(v), column: v.column, encoder: v.encoder, dim: v.dim, missing: v.missing });

export function addVectors(v: TextVectors): void {
  held.vectors.set(vectorKey(v), v);
  workspace.setState({ vectors: [...held.vectors.values()].map(vectorFacts) });
}
export function removeVectors(key: string): void {
  held.vectors.delete(key);
  workspace.setState({ vectors: [...held.vectors.values()].map(vectorFacts) });
}

export function closeData(): void {
  held.raw = null;
  held.data = null;
  held.vectors = new Map();
  held.testFile = null;
  workspace.setState(empty);
}
