/** What the search form holds, how it travels in the address, and what it asks for once checked. The model and what is not searched are the Train form's. */
import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import type { AnyModelCard } from '../../core/model';
import type { ParamSpec, ParamSpecs, ParamValue } from '../../core/params';
import { Problem } from '../../core/problem';
import { gridSize } from '../../math/search/grid';
import { halvingRounds, type Round } from '../../math/search/halving';
import { formatRange, parseRange } from '../../math/search/range-text';
import { checkedDimension, isRange, isSearchable, usualDimension, type Dimension, type Space } from '../../math/search/space';
import { createStrategy, MOST_TRIALS, STRATEGIES } from '../../math/search/strategies';
import type { StrategyId, StrategySpec } from '../../math/search/strategy';

/** One parameter in the form; numbers stay as typed until they are checked. */
export interface RangeField {
  on: boolean;
  min: string;
  max: string;
  steps: string;
  values: string[];
}
export interface SearchFormState {
  mode: 'run' | 'search';
  strategy: StrategyId;
  trials: string;
  /** Empty: no limit. */
  minutes: string;
  workers: number;
  /** By model, then by parameter: only what was changed. */
  ranges: Record<string, Record<string, RangeField>>;
}
export const FRESH: SearchFormState = { mode: 'run', strategy: 'random', trials: '20', minutes: '', workers: 1, ranges: {} };
const LONGEST_MINUTES = 10_000;

export const searchable = (card: AnyModelCard): string[] => {
  const specs = card.params as ParamSpecs;
  const main = card.main.filter((name: string) => name in specs) as string[];
  return [...main, ...Object.keys(specs).filter((n) => !main.includes(n))].filter((n) => isSearchable(specs[n]!));
};

const fieldOf = (d: Dimension, on: boolean): RangeField =>
  isRange(d) ? { on, min: String(d.min), max: String(d.max), steps: String(d.steps), values: [] } : { on, min: '', max: '', steps: '', values: d.values.map(String) };

/** As the form opens: the model's main settings are searched, epochs are not. */
export function usualField(card: AnyModelCard, name: string): RangeField {
  const spec = (card.params as ParamSpecs)[name] as ParamSpec;
  const first = card.main.filter((n: string) => n !== 'epochs' && isSearchable((card.params as ParamSpecs)[n]!));
  return fieldOf(usualDimension(name, spec)!, first.includes(name));
}
export const fieldsOf = (card: AnyModelCard, state: SearchFormState): Record<string, RangeField> =>
  Object.fromEntries(searchable(card).map((name) => [name, state.ranges[card.id]?.[name] ?? usualField(card, name)]));

const wanted = (card: AnyModelCard, name: string, f: RangeField): Dimension => {
  const spec = (card.params as ParamSpecs)[name];
  return checkedDimension(spec, spec?.kind === 'choice' || spec?.kind === 'toggle' ? { name, values: f.values } : { name, min: f.min, max: f.max, steps: f.steps });
};

export interface CheckedSearch {
  /** Null while something has to be mended. */
  strategy: StrategySpec | null;
  minutes: number | null;
  /** By parameter, and 'trials', 'minutes', 'strategy'. */
  errors: Record<string, string>;
  /** Trials in all. */
  trials: number;
  grid: number | null;
  rounds: Round[] | null;
}

/** @param full epochs of the longest training, 0 for models without */
export function checkSearch(card: AnyModelCard, state: SearchFormState, seed: number, full: number): CheckedSearch {
  const errors: Record<string, string> = {};
  const attempt = <T>(name: string, make: () => T): T | null => {
    try {
      return make();
    } catch (error) {
      errors[name] = error instanceof Problem ? [error.what, name in (card.params as ParamSpecs) ? '' : error.remedy].filter(Boolean).join(' ') : String(error);
      return null;
    }
  };
  const space: Space = Object.entries(fieldsOf(card, state)).flatMap(([name, f]) => (f.on && !(state.strategy === 'halving' && name === 'epochs') ? (attempt(name, () => wanted(card, name, f)) ?? []) : []));
  const trials = Number(state.trials);
  if (state.trials.trim() === '' || !Number.isInteger(trials) || trials < 1 || trials > MOST_TRIALS) errors['trials'] = `Must be a whole number from 1 to ${MOST_TRIALS.toLocaleString('en-US')}; received "${state.trials}".`;
  const minutes = state.minutes.trim() === '' ? null : Number(state.minutes);
  if (minutes !== null && !(minutes > 0 && minutes <= LONGEST_MINUTES)) errors['minutes'] = `Must be above 0, up to ${LONGEST_MINUTES.toLocaleString('en-US')}, or empty for no limit; received "${state.minutes}".`;
  if (state.strategy === 'halving' && !card.iterative) errors['strategy'] = `Halving shortens training, and ${card.name} has no epochs. Choose another strategy.`;
  const epochs = card.iterative && full >= 1 ? { min: Math.max(1, Math.floor(full / 9)), max: full, eta: 3 } : undefined;
  let strategy: StrategySpec | null = null;
  let total = 0;
  if (Object.keys(errors).length === 0) {
    if (space.length === 0) errors['strategy'] = 'No setting is to be searched: switch on at least one below.';
    else {
      strategy = { id: state.strategy, space, seed, trials, workers: state.workers, ...(epochs ? { epochs } : {}) };
      const spec = strategy;
      total = attempt('strategy', () => createStrategy(spec).trials) ?? 0;
      if (errors['strategy']) strategy = null;
    }
  }
  return {
    strategy, minutes, errors, trials: total,
    grid: strategy?.id === 'grid' ? gridSize(space) : null,
    rounds: strategy?.id === 'halving' && epochs ? halvingRounds(trials, epochs) : null,
  };
}

/** What differs from a fresh form, as address fields; null removes a field. */
export function searchToQuery(card: AnyModelCard, s: SearchFormState): Record<string, string | null> {
  const on = s.mode === 'search';
  const own = s.ranges[card.id] ?? {};
  const query: Record<string, string | null> = {
    mode: on ? 'search' : null,
    strategy: on && s.strategy !== FRESH.strategy ? s.strategy : null,
    trials: on && s.trials !== FRESH.trials ? s.trials : null,
    minutes: on && s.minutes !== '' ? s.minutes : null,
    workers: on && s.workers !== FRESH.workers ? String(s.workers) : null,
  };
  for (const [name, f] of Object.entries(own)) {
    const text = !f.on ? 'off' : f.values.length > 0 ? f.values.join(',') : `${f.min}..${f.max}${f.steps === '4' ? '' : `:${f.steps}`}`;
    const usual = usualField(card, name);
    const same = usual.on === f.on && formatRange(fallback(card, name)) === text;
    query[`range.${name}`] = on && !same ? text : null;
  }
  return query;
}
const fallback = (card: AnyModelCard, name: string): Dimension => usualDimension(name, (card.params as ParamSpecs)[name]!)!;

/** Address fields that are this form's. */
export const isSearchField = (key: string): boolean => ['mode', 'strategy', 'trials', 'minutes', 'workers'].includes(key) || key.startsWith('range.');

/** The form an address asks for; text that is out of range stays, so that the form can say what is allowed. */
export function searchFromQuery(card: AnyModelCard, q: URLSearchParams, before: SearchFormState = FRESH, mostWorkers = 4): { state: SearchFormState; problems: string[] } {
  const problems: string[] = [];
  const state: SearchFormState = { ...FRESH, mode: q.get('mode') === 'search' ? 'search' : 'run', ranges: { ...before.ranges } };
  if (state.mode === 'run') return { state: { ...before, mode: 'run' }, problems };
  const strategy = q.get('strategy');
  if (strategy !== null) {
    const found = STRATEGIES.find((s) => s.id === strategy);
    if (found) state.strategy = found.id;
    else problems.push(`There is no strategy "${strategy}"; there are ${STRATEGIES.map((s) => s.id).join(', ')}.`);
  }
  state.trials = q.get('trials') ?? state.trials;
  state.minutes = q.get('minutes') ?? state.minutes;
  const workers = Number(q.get('workers') ?? state.workers);
  if (Number.isInteger(workers) && workers >= 1 && workers <= mostWorkers) state.workers = workers;
  else problems.push(`Workers must be a whole number from 1 to ${mostWorkers} on this device; received "${q.get('workers')}".`);
  const names = searchable(card);
  const ranges: Record<string, RangeField> = {};
  for (const [key, text] of q) {
    if (!key.startsWith('range.')) continue;
    const name = key.slice('range.'.length);
    if (!names.includes(name)) {
      problems.push(`${card.name} has no setting "${name}" to search.`);
      continue;
    }
    const usual = usualField(card, name);
    const w = parseRange(name, text);
    ranges[name] = text === 'off' ? { ...usual, on: false } : { on: true, min: String(w.min ?? ''), max: String(w.max ?? ''), steps: w.steps === undefined ? '4' : String(w.steps), values: usual.values.length > 0 ? (w.values ?? []).map(String) : [] };
  }
  state.ranges[card.id] = ranges;
  return { state, problems };
}

export function createSearchForm() {
  const store = createStore<SearchFormState & { problems: string[] }>(() => ({ ...FRESH, problems: [] }));
  return {
    store,
    set: (patch: Partial<SearchFormState>): void => store.setState({ ...patch, problems: [] }),
    setField: (card: AnyModelCard, name: string, patch: Partial<RangeField>): void =>
      store.setState((s) => ({ problems: [], ranges: { ...s.ranges, [card.id]: { ...s.ranges[card.id], [name]: { ...(s.ranges[card.id]?.[name] ?? usualField(card, name)), ...patch } } } })),
    resetFields: (card: AnyModelCard): void => store.setState((s) => ({ ranges: { ...s.ranges, [card.id]: {} } })),
    adoptQuery(card: AnyModelCard, q: URLSearchParams, mostWorkers: number): void {
      const { state, problems } = searchFromQuery(card, q, store.getState(), mostWorkers);
      store.setState({ ...state, problems });
    },
  };
}
export type SearchForm = ReturnType<typeof createSearchForm>;
export const useSearchFormOf = <T>(form: SearchForm, select: (s: SearchFormState & { problems: string[] }) => T): T => useStore(form.store, select);

/** Settings that are not searched keep what the Train form has; those it would refuse take their default instead. */
export const fixedParams = (params: Record<string, ParamValue>, space: Space): Record<string, ParamValue> => Object.fromEntries(Object.entries(params).filter(([name]) => !space.some((d) => d.name === name)));
