/** A whole search, one trial after the other: what the command line runs. The page runs the same strategies over several workers. */
import type { TrialProgress, TrialRecord } from '../../workers/protocol';
import type { ParamSpecs, ParamValue } from '../core/params';
import { parseParams } from '../core/params';
import { Problem } from '../core/problem';
import { worthOf } from '../core/trial-score';
import { bestTrial } from '../math/search/best';
import { createStrategy, strategyName } from '../math/search/strategies';
import { nextTrial, type Outcome } from '../math/search/strategy';
import type { RunRecord } from '../core/run';
import { searchSpace, type SearchOptions } from './search-options';
import { runTrial, type TrialRequest } from './trial';

export interface SearchHooks {
  signal?: AbortSignal;
  /** Asked between trials: end with what there is. */
  stopping?: () => boolean;
  progress?: (n: number, p: TrialProgress) => void;
  trial?: (n: number, of: number, record: TrialRecord | Error) => void;
}
export interface SearchResult {
  /** By trial; an Error where it failed. */
  trials: (TrialRecord | Error)[];
  best: TrialRecord;
  tuned: NonNullable<RunRecord['tuned']>;
  seconds: number;
}

/** @throws Problem for settings that cannot be searched, or when every trial failed; the signal's reason on cancel */
export async function runSearch(request: TrialRequest, options: SearchOptions, hooks: SearchHooks = {}): Promise<SearchResult> {
  const { card } = request;
  const space = searchSpace(card, options);
  const fixed = parseParams(card.params as ParamSpecs, request.params) as Record<string, ParamValue>;
  const full = typeof fixed['epochs'] === 'number' ? fixed['epochs'] : 0;
  const strategy = createStrategy({
    id: options.strategy, space, seed: request.seed, trials: options.trials, workers: 1,
    ...(card.iterative ? { epochs: { min: Math.max(1, Math.floor(full / 9)), max: full, eta: 3 } } : {}),
  });
  const started = performance.now();
  const outcomes: (Outcome & { epochs: number })[] = [];
  const trials: (TrialRecord | Error)[] = [];
  for (;;) {
    const spent = (performance.now() - started) / 60_000;
    if (trials.length > 0 && (hooks.stopping?.() || (options.minutes !== null && spent >= options.minutes))) break;
    const next = nextTrial(strategy, outcomes, new Set());
    if (!next) break;
    const { n, proposal } = next;
    const params = { ...fixed, ...proposal.params, ...(proposal.epochs === undefined ? {} : { epochs: proposal.epochs }) };
    let result: TrialRecord | Error;
    try {
      result = await runTrial({ ...request, params }, { ...(hooks.signal ? { signal: hooks.signal } : {}), progress: (p) => hooks.progress?.(n, p) });
    } catch (error) {
      hooks.signal?.throwIfAborted();
      result = error instanceof Error ? error : new Error(String(error));
    }
    trials[n] = result;
    outcomes[n] = { params: proposal.params, score: result instanceof Error ? null : worthOf(result.score), epochs: proposal.epochs ?? 0 };
    hooks.trial?.(n, strategy.trials, result);
  }
  const at = bestTrial(outcomes);
  const best = at === null ? null : trials[at]!;
  if (!best || best instanceof Error) {
    const first = trials[0];
    throw new Problem('Every trial failed.', {}, first instanceof Error ? `The first said: ${first.message}` : 'Change the ranges.');
  }
  return { trials, best, tuned: { trials: trials.length, strategy: strategyName(options.strategy), metric: best.score.metric }, seconds: (performance.now() - started) / 1000 };
}
