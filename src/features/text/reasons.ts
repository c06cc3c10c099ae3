/** Why a text is near, for the vectors that can say: what the worker answers, by neighbour. */
import { useEffect, useState } from 'react';
import type { TextNeighbour } from '../../../workers/protocol';
import { askLearned, learnerBehind } from '../../app/learned-text';
import { wordsOf } from '../../core/problem';

export type Answer<T> = { state: 'none' } | { state: 'working'; share: number | null } | { state: 'ready'; value: T } | { state: 'failed'; why: string };

/** Runs one question while its `key` stays the same; a question of before is cancelled. */
export function useQuestion<T>(key: string, ask: ((options: { signal: AbortSignal; onProgress: (p: { done: number; total: number }) => void }) => Promise<T>) | null): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T> & { key: string }>({ state: 'none', key: '' });
  useEffect(() => {
    if (!ask) return;
    const stop = new AbortController();
    setAnswer({ state: 'working', share: null, key });
    const settle = (next: Answer<T>): void => {
      if (!stop.signal.aborted) setAnswer({ ...next, key });
    };
    void Promise.resolve()
      .then(() => ask({ signal: stop.signal, onProgress: ({ done, total }) => settle({ state: 'working', share: total ? done / total : null }) }))
      .then(
        (value) => settle({ state: 'ready', value }),
        (error: unknown) => settle({ state: 'failed', why: wordsOf(error) }),
      );
    return () => stop.abort(new DOMException('Asked something else.', 'AbortError'));
    // oxlint-disable-next-line react/exhaustive-deps -- `key` says everything that `ask` depends on
  }, [key, ask === null]);
  return answer.key === key ? answer : { state: 'none' };
}

/** The k nearest by what was learned, with reasons; 'none' for vectors that were not learned here. */
export function useReasons(vectors: { column: string; encoder: string }, item: number | null, k: number): Answer<TextNeighbour[]> {
  const can = item !== null && learnerBehind(vectors.encoder) !== null;
  return useQuestion(`${vectors.column} ${vectors.encoder} ${item} ${k}`, can ? (options) => askLearned('near', vectors, { item: item!, k }, options).then(({ neighbours }) => neighbours) : null);
}

/** 'harbour .21 · storm .08': labels with their part of the cosine. */
export const reasonWords = (reasons: readonly { label: string; part: number }[], count: number): string =>
  reasons.slice(0, count).map(({ label, part }) => `${label} ${part.toFixed(2).replace(/^0/, '')}`).join(' · ');
