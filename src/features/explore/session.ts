/** One data set, its schema, the filters in force and the counts that follow them: what every part of the screen shares. */
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { DataSet } from '../../core/dataset';
import { askExplore, closeExplore, openExplore, type BrushAnswer, type Dimension, type DimensionCounts, type ExploreCalls, type ExploreSchema, type Filter, type Question } from '../../app/explore';
import { latestOnly } from '../../app/data-latest';
import { setQuery, useQuery } from '../../app/url';
import { whatAndRemedy } from '../../core/problem';
import { formatFilter, paramOf, readFilters } from './filter-address';
import type { ExploreNouns } from './words';

export interface Fault {
  what: string;
  remedy: string;
}
const faultOf = (error: unknown): Fault =>
  whatAndRemedy(error, 'Try again; if it happens again, reload the page. Your data is still loaded.');

export type Opening = { state: 'opening' } | { state: 'open'; key: string; schema: ExploreSchema } | { state: 'failed'; fault: Fault } | { state: 'stopped' };

/** Sends the data to the worker and waits for its schema. `retry` starts over. */
export function useOpening(data: DataSet | null, wanted: boolean): { opening: Opening; retry(): void; stop(): void } {
  const [done, setDone] = useState<{ data: DataSet; round: number; opening: Opening } | null>(null);
  const [round, setRound] = useState(0);
  const stopped = useRef(false);
  useEffect(() => {
    if (!data || !wanted) return;
    let current = true;
    stopped.current = false;
    const { key, schema } = openExplore(data);
    const settle = (opening: Opening): void => {
      if (current) setDone({ data, round, opening });
    };
    schema.then(
      (found) => settle({ state: 'open', key, schema: found }),
      (error: unknown) => settle(stopped.current ? { state: 'stopped' } : { state: 'failed', fault: faultOf(error) }),
    );
    return () => {
      current = false;
    };
  }, [data, wanted, round]);
  return {
    opening: done && done.data === data && done.round === round ? done.opening : { state: 'opening' },
    retry: () => setRound((r) => r + 1),
    stop: () => {
      stopped.current = true;
      closeExplore();
    },
  };
}

export interface Session {
  data: DataSet;
  hash: string;
  key: string;
  schema: ExploreSchema;
  nouns: ExploreNouns;
  /** From the address, with the hand that is moving over a chart on top. */
  filters: Filter[];
  refused: string[];
  brush: BrushAnswer;
  /** The counts could not be had. */
  fault: Fault | null;
  /** What the counts are of: interactions, or users and items once each. */
  by: 'rows' | 'entities';
  dimension(id: string): Dimension | undefined;
  countsOf(id: string): { now: DimensionCounts; all: DimensionCounts } | null;
  filterOf(id: string): Filter | undefined;
  setLevels(id: string, levels: readonly string[]): void;
  toggleLevel(id: string, level: string): void;
  setRange(id: string, range: readonly [number, number] | null, done: boolean): void;
  clear(id?: string): void;
}

const Context = createContext<Session | null>(null);
export const SessionProvider = Context.Provider;
export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error('Explore parts stand inside a session.');
  return session;
}

export function useSessionOf(data: DataSet, hash: string, key: string, schema: ExploreSchema, nouns: ExploreNouns): Session {
  const query = useQuery();
  const fromAddress = useMemo(() => readFilters(query, schema.dimensions), [query, schema]);
  const [live, setLive] = useState<{ id: string; filter: Filter | null } | null>(null);
  const filters = useMemo(() => (live ? [...fromAddress.filters.filter((f) => f.dimension !== live.id), ...(live.filter ? [live.filter] : [])] : fromAddress.filters), [fromAddress, live]);
  const dimensions = useMemo(() => new Map(schema.dimensions.map((d, k) => [d.id, { about: d, at: k }])), [schema]);
  const { answer: brush, fault } = useBrush(key, filters, schema);

  const write = useCallback((id: string, filter: Filter | null) => {
    setLive(null);
    setQuery({ [paramOf(id)]: formatFilter(filter, dimensions.get(id)?.about) });
  }, [dimensions]);

  return useMemo((): Session => {
    const filterOf = (id: string): Filter | undefined => filters.find((f) => f.dimension === id);
    const setLevels = (id: string, levels: readonly string[]): void => write(id, levels.length ? { dimension: id, levels: [...levels] } : null);
    return {
      data,
      hash,
      key,
      schema,
      nouns,
      filters,
      refused: fromAddress.refused,
      brush,
      fault,
      by: query.get('by') === 'entities' ? 'entities' : 'rows',
      dimension: (id) => dimensions.get(id)?.about,
      countsOf(id) {
        const at = dimensions.get(id)?.at;
        const [now, all] = at === undefined ? [] : [brush.counts.dimensions[at], schema.counts.dimensions[at]];
        return now && all ? { now, all } : null;
      },
      filterOf,
      setLevels,
      toggleLevel(id, level) {
        const f = filterOf(id);
        const levels = f && 'levels' in f ? f.levels : [];
        setLevels(id, levels.includes(level) ? levels.filter((l) => l !== level) : [...levels, level]);
      },
      setRange(id, range, done) {
        const filter = range && { dimension: id, from: range[0], to: range[1] };
        if (done) write(id, filter);
        else setLive({ id, filter });
      },
      clear(id) {
        setLive(null);
        setQuery(Object.fromEntries((id ? [id] : [...new Set([...query.keys()].filter((k) => k.startsWith('f.')).map((k) => k.slice(2))), ...filters.map((f) => f.dimension)]).map((d) => [paramOf(d), null])));
      },
    };
  }, [data, hash, key, schema, nouns, filters, fromAddress, brush, fault, query, dimensions, write]);
}

/** Counts under `filters`; while new ones are on their way the last stay. Only the newest filters are asked for. */
function useBrush(key: string, filters: Filter[], schema: ExploreSchema): { answer: BrushAnswer; fault: Fault | null } {
  const empty = useMemo((): BrushAnswer => ({ counts: schema.counts, users: noTail, items: noTail, unknown: [], milliseconds: 0 }), [schema]);
  const [answer, setAnswer] = useState<{ key: string; value: BrushAnswer } | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const worker = useMemo(
    () =>
      latestOnly<{ key: string; filters: Filter[] }>(async (input) => {
        try {
          const value = await askExplore('brush', input);
          setAnswer({ key: input.key, value });
          setFault(null);
        } catch (error) {
          if (!(error instanceof DOMException && error.name === 'AbortError')) setFault(faultOf(error));
        }
      }),
    [],
  );
  useEffect(() => worker.ask({ key, filters }), [worker, key, filters]);
  return { answer: answer?.key === key ? answer.value : empty, fault };
}
const noTail: BrushAnswer['items'] = { entities: 0, interactions: 0, carriers: [], gini: 0, curve: [], top: [] };

type Rest<Q extends Question> = Omit<ExploreCalls[Q][0], 'key' | 'filters'>;

/** The answer to one question about the selection. Waits a moment after the filters moved, so that a brush is never held up. */
export function useAnswer<Q extends Question>(question: Q, rest: Rest<Q>, follows = true): { value: ExploreCalls[Q][1] | undefined; fault: Fault | null } {
  const { key, filters } = useSession();
  const [state, setState] = useState<{ of: string; value: ExploreCalls[Q][1] } | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const text = JSON.stringify({ ...rest, key, filters: follows ? filters : [] });
  const about = `${question} ${key} ${JSON.stringify(rest)}`;
  const known = state?.of === about;
  useEffect(() => {
    let current = true;
    const timer = setTimeout(
      () => {
        askExplore(question, JSON.parse(text) as ExploreCalls[Q][0]).then(
          (value) => {
            if (!current) return;
            setState({ of: about, value });
            setFault(null);
          },
          (error: unknown) => {
            if (current && !(error instanceof DOMException)) setFault(faultOf(error));
          },
        );
      },
      known ? 140 : 0,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
    // `known` only chooses the pause; a change of it alone asks nothing new.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [question, text, about]);
  return { value: known ? state.value : undefined, fault };
}
