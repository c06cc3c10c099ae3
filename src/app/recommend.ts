/** Which models the Recommend screen has open, and how far those being opened or fitted again are. Handles lie outside the store. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { describePlace, messageOf, Problem } from '../core/problem';
import type { ParamValue } from '../core/params';
import { defaultsOf, type ParamSpecs } from '../core/params';
import { cardOf } from '../models/catalogue';
import type { TrainProgress } from '../../workers/protocol';
import { embedNewTexts, type TextSource } from './new-text';
import { fitAgain, MissingWeights, openModel, type Served } from './serve';
import { startRun } from './train';
import { held, workspace } from './workspace';

export type OpenState =
  | { status: 'opening' }
  | { status: 'open' }
  /** No weights are stored: it can be fitted again. */
  | { status: 'missing' }
  | { status: 'fitting'; label: string; fraction: number | null }
  | { status: 'failed'; what: string; place: string; remedy: string };

interface RecommendState {
  models: Record<string, OpenState>;
}
const recommendStore = createStore<RecommendState>(() => ({ models: {} }));
export const useRecommend = <T>(select: (s: RecommendState) => T): T => useStore(recommendStore, select);

const handles = new Map<string, Served>();
const fits = new Map<string, AbortController>();
let dataHash = workspace.getState().data?.hash ?? null;

const set = (runId: string, state: OpenState): void => recommendStore.setState((s) => ({ models: { ...s.models, [runId]: state } }));

/** Other data: nothing that was open means anything now. */
workspace.subscribe(({ data }) => {
  if ((data?.hash ?? null) === dataHash) return;
  dataHash = data?.hash ?? null;
  for (const fit of fits.values()) fit.abort(new DOMException('The data changed.', 'AbortError'));
  fits.clear();
  handles.clear();
  recommendStore.setState({ models: {} });
});

/** The open model of a run, null while there is none. */
export const servedModel = (runId: string): Served | null => handles.get(runId) ?? null;

function failed(error: unknown): OpenState {
  if (error instanceof Problem) return { status: 'failed', what: error.what, place: describePlace(error.place), remedy: error.remedy };
  return { status: 'failed', what: messageOf(error), place: '', remedy: 'Try again. If it fails again, fit the model again on the Train screen.' };
}

/** Opens a run's model unless it is open or on its way. Never rejects. `again` also tries after a failure. */
export async function ensureModel(runId: string, again = false): Promise<void> {
  const now = recommendStore.getState().models[runId]?.status;
  if (now !== undefined && !(again && (now === 'failed' || now === 'missing'))) return;
  const hash = held.data?.hash;
  set(runId, { status: 'opening' });
  try {
    const model = await openModel(runId);
    if (held.data?.hash !== hash) return;
    handles.set(runId, model);
    set(runId, { status: 'open' });
  } catch (error) {
    if (held.data?.hash === hash) set(runId, error instanceof MissingWeights ? { status: 'missing' } : failed(error));
  }
}

/** Fits a run with its own settings once more, because its weights are gone, and opens it. Never rejects. */
export async function fitModelAgain(runId: string): Promise<void> {
  if (fits.has(runId)) return;
  const stop = new AbortController();
  fits.set(runId, stop);
  set(runId, { status: 'fitting', label: 'Starting', fraction: null });
  let shown = 0;
  try {
    const model = await fitAgain(runId, {
      signal: stop.signal,
      onProgress: (p) => {
        const now = performance.now();
        if (now - shown < 150) return;
        shown = now;
        set(runId, { status: 'fitting', ...progressOf(p) });
      },
    });
    handles.set(runId, model);
    set(runId, { status: 'open' });
  } catch (error) {
    set(runId, stop.signal.aborted ? { status: 'missing' } : failed(error));
  } finally {
    fits.delete(runId);
  }
}
export const stopFitting = (runId: string): void => fits.get(runId)?.abort(new DOMException('Stopped.', 'AbortError'));

function progressOf(p: TrainProgress): { label: string; fraction: number | null } {
  if (p.kind === 'phase') return { label: p.label, fraction: p.total > 0 ? p.done / p.total : null };
  if (p.kind === 'batch') return { label: `Epoch ${p.epoch} of ${p.epochs}`, fraction: (p.epoch - 1 + p.done / p.total) / p.epochs };
  if (p.kind === 'epoch') return { label: `Epoch ${p.record.epoch}`, fraction: null };
  return { label: 'Fitting', fraction: null };
}

/** The model a person without any run gets: fitted in seconds on most data, can say why, and folds new users in. */
export const QUICK_MODEL = 'item-knn';

/** @returns the id of the new run; null where it did not work (the Train screen's store says why). @throws Problem when a run is under way or no data are open */
export async function trainQuickModel(): Promise<string | null> {
  const card = cardOf(QUICK_MODEL);
  const params = defaultsOf(card.params as ParamSpecs) as Record<string, ParamValue>;
  const record = await startRun({ name: `${card.name}, as it comes`, model: card.id, params, textKey: null, seed: 42, patience: 0, selection: 'validation', maskValidation: true });
  return record?.id ?? null;
}

/** Words left out one at a time at most; a long text keeps its first ones. */
const MOST_WORDS = 80;

/**
 * The words that make a text's vector like another: how much the cosine falls when a word is left out of the text (occlusion).
 * @param towards the other vector [dim]
 * @returns words by their fall, the largest first, only those without which it falls
 */
export async function wordsThatMatter(text: string, towards: Float32Array, source: TextSource): Promise<{ word: string; fall: number }[]> {
  const pieces = text.split(/([\p{L}\p{N}\p{M}_']{2,})/u); // words stand at odd places
  const words = [...new Set(pieces.filter((_, n) => n % 2 === 1).map((w) => w.toLowerCase()))].slice(0, MOST_WORDS);
  const without = words.map((word) => pieces.filter((p, n) => n % 2 === 0 || p.toLowerCase() !== word).join(''));
  const { vectors, dim } = await embedNewTexts([text, ...without], source);
  const cosine = (r: number): number => {
    let [dot, a, b] = [0, 0, 0];
    for (let d = 0; d < dim; d++) {
      const x = vectors[r * dim + d]!;
      dot += x * towards[d]!;
      a += x * x;
      b += towards[d]! ** 2;
    }
    return a * b > 0 ? dot / Math.sqrt(a * b) : 0;
  };
  const whole = cosine(0);
  return words.map((word, n) => ({ word, fall: whole - cosine(n + 1) })).filter((w) => w.fall > 0).sort((x, y) => y.fall - x.fall);
}
