/**
 * Encoders that learned from the texts themselves: how each set of vectors was made (so that it can be asked about after a reload,
 * when the worker has to learn again) and the questions themselves.
 */
import { Problem } from '../core/problem';
import type { Learner, TextCalls, TextProgress } from '../../workers/protocol';
import { columnsOfName, textsOf } from './text-columns';
import { textWorker } from './workers';
import { held } from './workspace';

const KEY = 'coldwave.learners';
/** Ways of learning that are remembered; the oldest go first. */
const REMEMBERED = 100;
export type Ways = [encoder: string, learner: Learner][];

function stored(): Ways {
  try {
    const given: unknown = JSON.parse(globalThis.localStorage?.getItem(KEY) ?? '[]');
    return Array.isArray(given) ? (given as Ways).filter((w) => Array.isArray(w) && typeof w[0] === 'string' && typeof w[1] === 'object') : [];
  } catch {
    return [];
  }
}

/** By encoder name, which holds a digest of texts and settings. */
const ways = new Map<string, Learner>(stored());

export function rememberLearner(encoder: string, learner: Learner): void {
  ways.delete(encoder);
  ways.set(encoder, learner);
  for (const old of ways.keys()) if (ways.size > REMEMBERED) ways.delete(old);
  try {
    globalThis.localStorage?.setItem(KEY, JSON.stringify([...ways]));
  } catch {
    // Storage is blocked or full: the questions work until the tab is closed.
  }
}

/** How those of these vectors that were learned were learned, to travel with them. */
export const learnersOf = (encoders: Iterable<string>): Ways => [...encoders].flatMap((e): Ways => (ways.has(e) ? [[e, ways.get(e)!]] : []));

/** How vectors of this name were learned; null where they were not, or on another device. */
export const learnerBehind = (encoder: string): Learner | null => ways.get(encoder) ?? null;

type Question = 'near' | 'unseen' | 'topics' | 'words' | 'topicCount';
type Rest<Q extends Question> = Omit<TextCalls[Q][0], 'texts' | 'learner'>;

/** The texts that vectors of this name stand for. @throws Problem when the data set has changed */
export function textsBehind(column: string): string[] {
  const items = held.data?.items;
  const columns = items ? columnsOfName(items, column) : null;
  const texts = items && columns ? textsOf(items, columns) : null;
  if (!texts) throw new Problem('The column these vectors came from is not in this data set.', { column }, 'Embed a column of the data that is open.');
  return texts;
}

/** Asks the worker about vectors by their name; it learns again first where it has forgotten. */
export function askLearned<Q extends Exclude<Question, 'topicCount'>>(question: Q, vectors: { column: string; encoder: string }, rest: Rest<Q>, options: { signal?: AbortSignal; onProgress?: (p: TextProgress) => void } = {}): Promise<TextCalls[Q][1]> {
  const learner = learnerBehind(vectors.encoder);
  if (!learner) throw new Problem('It is not known here how these vectors were learned.', { column: vectors.column }, 'Learn them again on this device.');
  const input = { texts: textsBehind(vectors.column), learner, ...rest } as unknown as TextCalls[Q][0];
  return textWorker.call(question, input, options as Parameters<typeof textWorker.call<Q>>[2]);
}
