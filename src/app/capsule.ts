/** Repro capsules that were brought in: each becomes a plan of one run, and is judged when that run is done. */
import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import { newId } from '../core/new-id';
import { parseCapsule, type Capsule } from '../analysis/capsule';
import { Problem } from '../core/problem';
import { startPlan } from './queue';
import { held, vectorKey } from './workspace';

export interface ImportedCapsule {
  /** Of the plan that runs it. */
  planId: string;
  capsule: Capsule;
}
const KEY = 'coldwave-capsules';
const KEPT = 20;

/** Small enough for the browser's own key store; the runs themselves are kept with the others. */
function stored(): ImportedCapsule[] {
  try {
    const list = JSON.parse(localStorage.getItem(KEY) ?? '[]') as { planId?: unknown; capsule?: unknown }[];
    return list.flatMap(({ planId, capsule }) => {
      try {
        return typeof planId === 'string' ? [{ planId, capsule: parseCapsule(JSON.stringify(capsule), KEY) }] : [];
      } catch {
        return []; // written by another version: its run is still in the list
      }
    });
  } catch {
    return []; // blocked or damaged: nothing to bring back
  }
}
const capsules = createStore<{ list: ImportedCapsule[] }>(() => ({ list: stored() }));
export const useCapsules = (): ImportedCapsule[] => useStore(capsules, (s) => s.list);

function keep(list: ImportedCapsule[]): void {
  capsules.setState({ list: list.slice(0, KEPT) });
  try {
    localStorage.setItem(KEY, JSON.stringify(list.slice(0, KEPT)));
  } catch {
    // Full or blocked: the verdict lasts as long as this visit.
  }
}
export const forgetCapsule = (planId: string): void => keep(capsules.getState().list.filter((c) => c.planId !== planId));

/**
 * Reads a capsule and trains it again with its own settings, on the data in use.
 * @throws Problem when it cannot be read, or when data, text vectors or the test file it needs are not here, saying which
 */
export async function importCapsule(file: File): Promise<void> {
  const capsule = parseCapsule(await file.text(), file.name);
  const { data } = held;
  const { name, hash, counts, steps } = capsule.data;
  const wanted = `"${name}" with ${counts.interactions.toLocaleString('en-US')} interactions of ${counts.users.toLocaleString('en-US')} users and ${counts.items.toLocaleString('en-US')} items${steps.length ? ` after ${steps.length === 1 ? 'one step' : `${steps.length} steps`} of cleaning` : ''} (hash ${hash.slice(0, 12)})`;
  if (!data) throw new Problem(`This capsule needs the data set ${wanted}, and no data are open.`, { file: file.name }, 'Open those data on the Data screen, clean them alike, then import the capsule again.');
  if (data.hash !== hash) throw new Problem(`This capsule needs the data set ${wanted}; open now is "${data.name}" (hash ${data.hash.slice(0, 12)}).`, { file: file.name }, 'Open those data on the Data screen, clean them alike, then import the capsule again.');
  const textKey = capsule.text ? vectorKey(capsule.text) : null;
  if (textKey !== null && !held.vectors.has(textKey)) throw new Problem(`This capsule reads the text vectors "${textKey}", and they are not in the workspace.`, { file: file.name }, 'Embed that column with that encoder on the Text screen, then import it again.');
  if (capsule.split.spec.protocol === 'file' && !held.testFile) throw new Problem('This capsule was measured on a test file of its own.', { file: file.name }, 'Choose that file as the split on the Data screen, then import it again.');
  const planId = newId();
  startPlan({
    id: planId, kind: 'reproduce', title: `Capsule: ${capsule.name}`, dataHash: hash, createdAt: new Date().toISOString(),
    runs: [{
      id: 'again', name: `${capsule.name}, again`, model: capsule.model.id, params: capsule.model.params, textKey, seed: capsule.seed, split: capsule.split.spec,
      selection: capsule.selection === 'test' ? 'test' : 'validation', maskValidation: capsule.maskValidation, patience: capsule.patience,
    }],
  });
  keep([{ planId, capsule }, ...capsules.getState().list]);
}
