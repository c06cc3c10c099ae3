/** What the page knows about files on their way in, and what can be done with them. */
import type { StoreApi } from 'zustand/vanilla';
import type { CleaningRule, CleaningStep } from '../core/dataset';
import type { SplitSpec, SplitSummary } from '../core/split';
import type { ColumnRole, FileRole, Inspection, Mapping, ReadOptions } from '../../workers/protocol';
import type { Fault } from './data-fault';

/** What was read in this visit, for the list of files. Gone after a reload; the data set's own sources stay. */
export interface OpenedFiles {
  dataHash: string;
  recipe: Inspection['recipe'];
  files: { key: string; name: string; bytes: number; encoding: string; encodingReason: string; delimiter: string; role: FileRole; roleReason: string }[];
  skipped: Inspection['skipped'];
  seconds: number;
  canMap: boolean;
  hasRejectedCsv: boolean;
}
export interface DataFlow {
  work: { kind: 'inspect' | 'load' | 'demo'; label: string; value: number | null; details: string[] } | null;
  error: Fault | null;
  /** Files waiting for the mapping step. */
  pending: { inspection: Inspection; mapping: Mapping; name: string; reinspecting: string | null } | null;
  opened: OpenedFiles | null;
  /** Rules just chosen; null once the data set in use was cleaned by them. */
  draft: { rules: CleaningRule[]; funnel: CleaningStep[] | null; fault: Fault | null } | null;
  splitting: boolean;
  splitFault: Fault | null;
  /** The last counts computed for this data set, kept on screen while new ones are on their way. */
  splitShown: SplitSummary | null;
  testFile: { name: string; bytes: number } | null;
  /** What undo brings back. */
  previous: { name: string; how: 'replaced' | 'closed' } | null;
}
export const idle: DataFlow = { work: null, error: null, pending: null, opened: null, draft: null, splitting: false, splitFault: null, splitShown: null, testFile: null, previous: null };

export interface DataFlowActions {
  store: StoreApi<DataFlow>;
  /** Reads at once when a recipe recognises the files, else opens the mapping step. True when a data set was loaded. */
  openFiles(files: readonly File[]): Promise<boolean>;
  openDemo(): Promise<boolean>;
  stopWork(): void;
  setName(name: string): void;
  setFileRole(key: string, role: FileRole): void;
  setColumnRole(key: string, column: number, role: ColumnRole): void;
  /** Reads a file's beginning again with another encoding, delimiter or header choice. */
  setReadOptions(key: string, options: ReadOptions): Promise<void>;
  applyMapping(): Promise<boolean>;
  /** Opens the mapping step for files that a recipe has read. */
  mapByHand(): void;
  cancelMapping(): void;
  setRules(rules: CleaningRule[]): void;
  setSplitSpec(change: Partial<SplitSpec>): void;
  setTestFile(file: File | null): void;
  /** Computes the split's counts where they are missing (after a reload, after a change). */
  ensureSplit(): void;
  closeDataSet(): void;
  /** `adopt` puts another data set in use (one that a workspace file holds): nothing of the files before is kept for it, and what was in use can be brought back. */
  replaceBy(adopt: () => void): void;
  undoReplace(): void;
  dismissError(): void;
  /** CSV text of the rows that could not be read, or null when it is no longer at hand. */
  rejectedRows(): string | null;
  /** For tests: waits for cleaning and splitting. */
  settled(): Promise<void>;
}
