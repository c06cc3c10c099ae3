/** The part of the command line that asks for a search. */
import { Problem } from '../core/problem';
import type { AnyModelCard } from '../core/model';
import type { ParamSpecs } from '../core/params';
import { parseRange } from '../math/search/range-text';
import { checkedSpace, usualDimension, type Space } from '../math/search/space';
import { MOST_TRIALS, STRATEGIES } from '../math/search/strategies';
import type { StrategyId } from '../math/search/strategy';
import { pairsOf } from './pairs';

export interface SearchOptions {
  strategy: StrategyId;
  trials: number;
  minutes: number | null;
  /** Parameter → '10..1000', 'none,bm25'. Empty: the usual ranges of the main settings. */
  ranges: Record<string, string>;
}

interface SearchValues {
  search?: string;
  trials?: string;
  minutes?: string;
  range?: string[];
}

/** @throws Problem naming the option and what it takes */
export function searchOptions(v: SearchValues): SearchOptions | null {
  const refuse = (what: string): never => {
    throw new Problem(what, {}, 'See --help for all options.');
  };
  if (v.search === undefined) {
    for (const name of ['trials', 'minutes', 'range'] as const) if (v[name] !== undefined) refuse(`--${name} belongs to --search.`);
    return null;
  }
  const strategy = STRATEGIES.find((s) => s.id === v.search)?.id ?? refuse(`--search takes ${STRATEGIES.map((s) => s.id).join(', ')}; received "${v.search}".`);
  const trials = Number(v.trials ?? 20);
  if (!Number.isInteger(trials) || trials < 1 || trials > MOST_TRIALS) refuse(`--trials takes a whole number from 1 to ${MOST_TRIALS}; received "${v.trials}".`);
  const minutes = v.minutes === undefined ? null : Number(v.minutes);
  if (minutes !== null && !(minutes > 0 && minutes <= 10_000)) refuse(`--minutes takes a number above 0, up to 10000; received "${v.minutes}".`);
  return { strategy, trials, minutes, ranges: pairsOf('--range', v.range ?? [], 'param=MIN..MAX or param=a,b') };
}

/** The space a search of this model walks. @throws Problem for a range that is not allowed */
export function searchSpace(card: AnyModelCard, { ranges, strategy }: SearchOptions): Space {
  const specs = card.params as ParamSpecs;
  if (strategy === 'halving' && !card.iterative) throw new Problem(`Halving shortens training, and ${card.name} has no epochs.`, {}, 'Choose another strategy.');
  if (strategy === 'halving' && 'epochs' in ranges) throw new Problem('Halving sets the epochs itself.', {}, 'Leave epochs out of the ranges.');
  if (Object.keys(ranges).length > 0) return checkedSpace(specs, Object.entries(ranges).map(([name, text]) => parseRange(name, text)));
  const usual = card.main.filter((name: string) => name !== 'epochs').flatMap((name: string) => usualDimension(name, specs[name]!) ?? []);
  if (usual.length === 0) throw new Problem(`${card.name} has no settings to search.`, {}, 'Run it as it is, or name ranges with --range.');
  return usual;
}
