/** The page's IndexedDB: workspace parts, runs, checkpoints. Everything in it is plain data or typed arrays. */
import Dexie, { type Table } from 'dexie';
import type { CleaningRule, DataSet, TextVectors } from '../core/dataset';
import type { RunRecord } from '../core/run';
import type { SplitSpec } from '../core/split';
import type { RejectedSummary, TrainCheckpoint, TrainInput } from '../../workers/protocol';

/** What it takes to derive the data set in use again from the raw one. */
export interface WorkspaceFacts {
  rules: CleaningRule[];
  rejected: RejectedSummary;
  notes: string[];
  split: SplitSpec;
  /** Hash of the cleaned data set the vectors belong to. */
  dataHash: string;
}
export type WorkspacePart =
  | { key: 'raw'; raw: DataSet }
  | { key: 'facts'; facts: WorkspaceFacts }
  | { key: 'testFile'; file: File }
  | { key: `vectors ${string}`; vectors: TextVectors };

/** A run that was cut off, without the data and text vectors it needs: those are found again by hash and key. */
export type StoredInput = Omit<TrainInput, 'data' | 'text' | 'resume'> & { dataHash: string; textKey: string | null };
export interface StoredCheckpoint {
  runId: string;
  input: StoredInput;
  checkpoint: TrainCheckpoint;
}

export const DATABASE = 'coldwave';

class Database extends Dexie {
  declare workspace: Table<WorkspacePart, string>;
  declare runs: Table<RunRecord, string>;
  declare checkpoints: Table<StoredCheckpoint, string>;

  constructor() {
    super(DATABASE);
    this.version(1).stores({ workspace: 'key', runs: 'id, createdAt', checkpoints: 'runId' });
  }
}

export const db = new Database();

/** Opens the database or fails within `ms`: a browser that blocks storage may never answer at all. */
export async function opened(ms = 5000): Promise<Database> {
  if (db.isOpen()) return db;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DOMException('The browser did not open its database in time.', 'TimeoutError')), ms);
  });
  try {
    await Promise.race([db.open(), late]);
    return db;
  } finally {
    clearTimeout(timer);
  }
}
