/** What a save has to write, and how a failed one is told. Pure, so that it is tested without a database. */
import type { DataSet, TextVectors } from '../core/dataset';
import { messageOf, Problem } from '../core/problem';

/** The heavy parts as they stand, by identity: these objects are never changed in place. */
export interface Heavy {
  raw: DataSet | null;
  vectors: ReadonlyMap<string, TextVectors>;
  testFile: File | null;
}
export const nothing: Heavy = { raw: null, vectors: new Map(), testFile: null };

export interface SavePlan {
  /** Nothing is loaded: whatever is stored goes. */
  clear: boolean;
  raw: boolean;
  testFile: 'put' | 'delete' | 'keep';
  putVectors: string[];
  deleteVectors: string[];
}

/** Only what differs from the last save is written again: a raw data set may weigh 20 MB, a changed split a few bytes. */
export function planSave(saved: Heavy, now: Heavy): SavePlan {
  const clear = now.raw === null;
  return {
    clear,
    raw: !clear && now.raw !== saved.raw,
    testFile: clear || now.testFile === saved.testFile ? 'keep' : now.testFile ? 'put' : 'delete',
    putVectors: clear ? [] : [...now.vectors].filter(([key, v]) => saved.vectors.get(key) !== v).map(([key]) => key),
    deleteVectors: clear ? [] : [...saved.vectors.keys()].filter((key) => !now.vectors.has(key)),
  };
}

const nameOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return '';
  const inner = 'inner' in error ? nameOf(error.inner) : '';
  return `${'name' in error ? String(error.name) : ''} ${inner}`;
};

/** Why something could not be stored, in words and with a way out. `subject`: 'This data set', 'The run "…"'. */
export function storageProblem(subject: string, error: unknown): Problem {
  const name = nameOf(error);
  const way = 'Save the workspace to a file (in the status bar, under "Stored on this device") to keep it.';
  if (/Quota/.test(name)) return new Problem(`${subject} could not be stored: this browser gives the page no more room.`, {}, `${way} Deleting old runs or other sites' data makes room.`);
  if (/MissingAPI|InvalidState|Security|OpenFailed|DatabaseClosed|Timeout/.test(name)) {
    return new Problem(`${subject} could not be stored: this browser does not let the page store anything (a private window, or storage is blocked for this site).`, {}, `It stays until the tab is closed. ${way}`);
  }
  if (/DataClone/.test(name)) return new Problem(`${subject} could not be stored: it holds something a browser cannot keep.`, {}, way);
  const message = messageOf(error);
  return new Problem(`${subject} could not be stored: ${message.replace(/\.?$/, '.')}`, {}, way);
}
