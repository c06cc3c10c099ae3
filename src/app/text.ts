/** Embedding on the page: what is chosen, how far it is, what went wrong. Actions are plain functions. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { DataSet, TextVectors } from '../core/dataset';
import { describePlace, messageOf, Problem } from '../core/problem';
import type { ParamValue } from '../core/params';
import type { EncoderId, Learner, LearnerId } from '../../workers/protocol';
import { rememberLearner } from './learned-text';
import { joinedName, textsOf } from './text-columns';
import { embedThroughCache } from './vector-cache';
import { openVectorStore } from './vector-store';
import { baseAddress, textWorker } from './workers';
import { addVectors, held, removeVectors } from './workspace';

export interface EncoderProbe {
  local: boolean;
  /** MiniLM came from the model hub before and is kept in this browser. */
  kept: boolean;
  bytes: number;
  reason: string;
  encoders: Record<EncoderId, string>;
}
export interface TextFault {
  what: string;
  place: string;
  remedy: string;
  /** MiniLM is not served with this page: the hub or the built-in encoder can be offered. */
  noWeights: boolean;
}
export interface EmbedProgress {
  label: string;
  /** 0…1, null while it cannot be known. */
  value: number | null;
  details: { done: number; total: number; reused: number; secondsLeft: number | null } | null;
}
export interface EmbedResult {
  column: string;
  reused: number;
  embedded: number;
  seconds: number;
  perSecond: number | null;
  /** What a learner found out about the texts. */
  facts: string[];
}
/** Anything that turns texts into vectors: fixed encoders and those that learn from the texts. */
export type AnyEncoderId = EncoderId | LearnerId;
export interface TextState {
  columns: string[];
  /** Several columns as one text rather than each on its own. */
  join: boolean;
  encoder: AnyEncoderId;
  /** Settings of each learner as the form has them, checked when it starts. */
  settings: Partial<Record<LearnerId, Record<string, ParamValue>>>;
  /** The user said that the model may come from the hub. */
  allowHub: boolean;
  probe: EncoderProbe | null;
  progress: EmbedProgress | null;
  error: TextFault | null;
  results: EmbedResult[];
}

const initial: TextState = { columns: [], join: false, encoder: 'minilm', settings: {}, allowHub: false, probe: null, progress: null, error: null, results: [] };
export const textStore = createStore<TextState>(() => initial);
export const useText = <T>(select: (s: TextState) => T): T => useStore(textStore, select);

export const chooseColumns = (columns: string[]): void => textStore.setState({ columns });
export const chooseJoin = (join: boolean): void => textStore.setState({ join });
export const setLearnerParam = (id: LearnerId, name: string, value: ParamValue): void =>
  textStore.setState((s) => ({ settings: { ...s.settings, [id]: { ...s.settings[id], [name]: value } } }));
export const chooseEncoder = (encoder: AnyEncoderId): void => textStore.setState({ encoder, error: null });
/** MiniLM was chosen, is not here, and nobody has said yet that it may be fetched. */
export const asksForHub = ({ encoder, probe, allowHub }: Pick<TextState, 'encoder' | 'probe' | 'allowHub'>): boolean => encoder === 'minilm' && probe !== null && !probe.local && !probe.kept && !allowHub;
export const dismissTextError = (): void => textStore.setState({ error: null });
export const permitHub = (): void => textStore.setState({ allowHub: true, error: null });

let cache: ReturnType<typeof openVectorStore> | null = null;
const vectorCache = (): ReturnType<typeof openVectorStore> => (cache ??= openVectorStore());

let running: AbortController | null = null;
export const stopEmbedding = (): void => running?.abort(new DOMException('Stopped.', 'AbortError'));

function fault(error: unknown): TextFault {
  const noWeights = textStore.getState().encoder === 'minilm' && textStore.getState().probe?.local === false;
  if (error instanceof Problem) return { what: error.what, place: describePlace(error.place), remedy: error.remedy, noWeights };
  const what = messageOf(error);
  return { what, place: '', remedy: 'The text worker was started afresh: try again. If it fails again, the hashed n-gram encoder needs no model.', noWeights };
}

/** Asks which encoders are at hand. Safe to call often; a failed question is asked again next time. */
export async function probeEncoders(): Promise<EncoderProbe> {
  const known = textStore.getState().probe;
  if (known?.local) return known;
  const probe = await textWorker.call('probe', { base: baseAddress() });
  textStore.setState({ probe });
  return probe;
}

/** The question a screen asks when it opens; a failure is shown like any other. */
export async function checkEncoders(): Promise<void> {
  try {
    await probeEncoders();
  } catch (error) {
    textStore.setState({ error: fault(error) });
  }
}

function textsToEmbed(columns: readonly string[]): { data: DataSet; column: string; texts: string[] } {
  const data = held.data;
  if (!data) throw new Problem('There is no data set to embed.', {}, 'Open the demo or your own files on the Data screen.');
  const column = joinedName(columns);
  const texts = textsOf(data.items, columns);
  if (!texts) throw new Problem('A chosen column is not in this data set, or holds numbers.', { column }, 'Choose a text column of the items.');
  return { data, column, texts };
}

function adopt(data: DataSet, vectors: TextVectors): void {
  // The items these rows belong to may be gone by now.
  if (held.data !== data) throw new Problem('The data set was changed while its texts were embedded.', {}, 'Press Embed again; the texts embedded so far are kept.');
  addVectors(vectors);
}

/** The texts of all items → an encoder learned from them → their vectors, into the workspace. */
async function learnOne(columns: readonly string[], learner: Learner, signal: AbortSignal): Promise<EmbedResult> {
  const { data, column, texts } = textsToEmbed(columns);
  const label = `Learning from ${column}`;
  textStore.setState({ progress: { label, value: null, details: null } });
  const { vectors, seconds, perSecond, facts } = await textWorker.call('learn', { texts, column, learner }, {
    signal,
    onProgress: ({ done, total, secondsLeft }) => textStore.setState({ progress: { label, value: total ? done / total : null, details: { done, total, reused: 0, secondsLeft } } }),
  });
  signal.throwIfAborted();
  rememberLearner(vectors.encoder, learner);
  adopt(data, vectors);
  return { column, reused: 0, embedded: texts.length - vectors.missing, seconds, perSecond, facts };
}

/** Vectors of single sentences by MiniLM, through the same cache; nothing goes into the workspace. [texts, dim] */
export async function embedSentences(texts: readonly string[], signal: AbortSignal, onProgress: (share: number) => void): Promise<{ vectors: Float32Array; dim: number }> {
  const name = (await probeEncoders()).encoders.minilm;
  signal.throwIfAborted();
  return embedThroughCache(
    texts, name, vectorCache(),
    async (chunk, onDone) => {
      const input = { texts: chunk, column: 'sentences', encoder: 'minilm' as const, base: baseAddress(), allowHub: textStore.getState().allowHub };
      return (await textWorker.call('embed', input, { signal, onProgress: (p) => p.phase === 'embed' && onDone(p.done) })).vectors;
    },
    (p) => onProgress(p.share),
  );
}

/** One text per item → its vectors, into the workspace. */
async function embedOne(columns: readonly string[], id: EncoderId, signal: AbortSignal): Promise<EmbedResult> {
  const { data, column, texts } = textsToEmbed(columns);
  textStore.setState({ progress: { label: 'Looking at the encoder', value: null, details: null } });
  const name = (await probeEncoders()).encoders[id];
  signal.throwIfAborted();

  const begun = performance.now();
  // The clock for "time left" starts when the model is ready: loading says nothing about the speed of embedding.
  let clock: number | null = null;
  let latest: EmbedProgress['details'] = null;
  const label = `Embedding ${column}`;
  const result = await embedThroughCache(
    texts,
    name,
    vectorCache(),
    async (chunk, onDone) => {
      const answer = await textWorker.call(
        'embed',
        { texts: chunk, column, encoder: id, base: baseAddress(), allowHub: textStore.getState().allowHub },
        {
          signal,
          onProgress: (p) => {
            if (p.phase === 'load') {
              textStore.setState({ progress: { label: p.label, value: p.total ? p.done / p.total : null, details: null } });
              return;
            }
            clock ??= performance.now();
            onDone(p.done);
          },
        },
      );
      return answer.vectors;
    },
    (p) => {
      const elapsed = clock === null ? 0 : (performance.now() - clock) / 1000;
      latest = { done: p.done, total: p.total, reused: p.reused, secondsLeft: p.done > 0 && p.share > 0 ? (elapsed / p.share) * (1 - p.share) : null };
      textStore.setState({ progress: { label, value: p.total ? p.share : null, details: latest } });
    },
  );
  signal.throwIfAborted();
  adopt(data, { column, encoder: name, dim: result.dim, vectors: result.vectors, missing: result.missing });
  const now = performance.now();
  const seconds = (now - begun) / 1000;
  const perSecond = result.embedded > 0 && clock !== null ? result.embedded / Math.max((now - clock) / 1000, 1e-3) : null;
  return { column, reused: result.reused, embedded: result.embedded, seconds, perSecond, facts: [] };
}

/**
 * Embeds the columns of the items and adds the vectors to the workspace. Several columns: each on its own, or, with
 * `join`, as one text ("title + artist"). Never rejects: what went wrong is in the store. One at a time.
 */
export async function embedColumns(columns: readonly string[], encoder: EncoderId | Learner, options: { join?: boolean } = {}): Promise<boolean> {
  if (running || columns.length === 0) return false;
  const stop = new AbortController();
  running = stop;
  textStore.setState({ error: null, results: [], encoder: typeof encoder === 'string' ? encoder : encoder.id, columns: [...columns] });
  try {
    for (const group of options.join ? [columns] : columns.map((c) => [c])) {
      const result = await (typeof encoder === 'string' ? embedOne(group, encoder, stop.signal) : learnOne(group, encoder, stop.signal));
      textStore.setState((s) => ({ results: [...s.results, result] }));
    }
    // What was fetched is kept now, and the question is not asked again.
    if (textStore.getState().probe?.local === false) void probeEncoders().catch(() => undefined);
    return true;
  } catch (error) {
    if (stop.signal.aborted) return false;
    // One failed session spoils MiniLM's runtime inside the worker for good: only a fresh worker can succeed.
    if (typeof encoder === 'string') textWorker.restart('The text worker was started afresh after a failure.');
    textStore.setState({ error: fault(error), probe: null });
    void probeEncoders().catch(() => undefined);
    return false;
  } finally {
    running = null;
    textStore.setState({ progress: null });
  }
}

/** Adds vectors a person made elsewhere under `name`. Never rejects: what went wrong is in the store. @returns ids that were no items, null where it failed */
export async function bringVectors(files: File[], name: string): Promise<{ strangers: number; missing: number } | null> {
  const data = held.data;
  if (!data) return null;
  textStore.setState({ error: null, progress: { label: `Reading ${files.map((f) => f.name).join(', ')}`, value: null, details: null } });
  try {
    const { vectors, strangers } = await textWorker.call('ownVectors', { files, ids: data.items.ids, name });
    adopt(data, vectors);
    return { strangers, missing: vectors.missing };
  } catch (error) {
    textStore.setState({ error: fault(error) });
    return null;
  } finally {
    textStore.setState({ progress: null });
  }
}

/** A zip with vectors.npy and the ids of its rows. Never rejects: null where it failed, and what went wrong is in the store. */
export async function packedVectors(key: string): Promise<Blob | null> {
  const vectors = held.vectors.get(key);
  if (!vectors || !held.data) return null;
  try {
    return new Blob([await textWorker.call('packVectors', { ids: held.data.items.ids, vectors })], { type: 'application/zip' });
  } catch (error) {
    textStore.setState({ error: fault(error) });
    return null;
  }
}

/** Takes vectors out of the workspace and returns how to put them back. */
export function takeVectors(key: string): (() => void) | null {
  const data = held.data;
  const vectors = held.vectors.get(key);
  if (!vectors) return null;
  removeVectors(key);
  return () => {
    if (held.data === data) addVectors(vectors);
  };
}
