/** The leaderboard's form and view, kept while one looks at other screens and mirrored in the address. */
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { METRIC_IDS } from '../../../app/train-form';
import { setQuery, useQuery } from '../../../app/url';
import { CUTOFFS, SLICES } from '../../../core/metric';
import type { BoardView } from '../../../analysis/leaderboard';
import { catalogue } from '../../../models/catalogue';
import type { ParamValue } from '../../../core/params';
import { contender, defaultSetup, settingsOf, type Contender, type Setup } from './setup';
import { setupFromQuery, setupToQuery } from './setup-address';

export const rankers = catalogue.filter((c) => c.task === 'rank');
export const cardFor = (id: string): (typeof rankers)[number] | undefined => rankers.find((c) => c.id === id);

export interface LeaderboardState {
  setup: Setup;
  view: BoardView;
  /** Id of a plan, or 'all ' and the key of a ground; null: the newest. */
  board: string | null;
  /** What the address asked for and could not be had. */
  problems: string[];
}
const DEFAULT_VIEW: BoardView = { slice: 'all', metric: 'NDCG', k: 10 };

const board = createStore<LeaderboardState>(() => ({ setup: defaultSetup(rankers), view: DEFAULT_VIEW, board: null, problems: [] }));
export const useBoard = <T>(select: (s: LeaderboardState) => T): T => useStore(board, select);

export const changeSetup = (patch: Partial<Setup>): void => board.setState((s) => ({ setup: { ...s.setup, ...patch }, problems: [] }));
export const changeView = (patch: Partial<BoardView>): void => board.setState((s) => ({ view: { ...s.view, ...patch } }));
export const showBoard = (id: string | null): void => board.setState({ board: id });

const change = (id: string, patch: (c: Contender) => Partial<Contender>): void =>
  changeSetup({ contenders: board.getState().setup.contenders.map((c) => (c.id === id ? { ...c, ...patch(c) } : c)) });
export const addContender = (model: string): void => {
  const card = cardFor(model);
  if (card) changeSetup({ contenders: [...board.getState().setup.contenders, contender(card)] });
};
export const removeContender = (id: string): void => changeSetup({ contenders: board.getState().setup.contenders.filter((c) => c.id !== id) });
export const takePreset = (id: string, preset: string | null): void =>
  change(id, (c) => {
    const card = cardFor(c.model);
    return card ? { preset, params: settingsOf(card, preset) } : {};
  });
export const setParam = (id: string, name: string, value: ParamValue): void => change(id, (c) => ({ params: { ...c.params, [name]: value } }));
export const setText = (id: string, text: string | null): void => change(id, () => ({ text }));
export const resetSetup = (): void => changeSetup(defaultSetup(rankers));

function viewOf(query: URLSearchParams): BoardView {
  return {
    metric: METRIC_IDS.find((m) => m === query.get('metric')) ?? DEFAULT_VIEW.metric,
    k: CUTOFFS.find((c) => String(c) === query.get('k')) ?? DEFAULT_VIEW.k,
    slice: SLICES.find((s) => s === query.get('slice')) ?? DEFAULT_VIEW.slice,
  };
}

function problemsOf(query: URLSearchParams): string[] {
  const check = (name: string, allowed: readonly (string | number)[]): string[] => {
    const given = query.get(name);
    return given === null || allowed.map(String).includes(given) ? [] : [`${name} must be one of ${allowed.join(', ')}; received "${given}".`];
  };
  return [...check('metric', METRIC_IDS), ...check('k', CUTOFFS), ...check('slice', SLICES)];
}

/** The address and the form, one mirror of the other, while the leaderboard is on screen. */
export function useBoardAddress(): void {
  const query = useQuery();
  const written = useRef<string | null>(null);
  useEffect(() => {
    const own = ownPart(query);
    if (own === written.current) return;
    written.current = own;
    if (own === '') return;
    const { setup, problems } = setupFromQuery(rankers, query);
    board.setState((s) => ({
      setup: query.has('models') || query.has('seeds') ? setup : s.setup,
      view: viewOf(query),
      board: query.get('board'),
      problems: [...problems, ...problemsOf(query)],
    }));
  }, [query]);
  useEffect(() => {
    const write = (): void => {
      const { setup, view, board: chosen } = board.getState();
      const patch: Record<string, string | null> = {
        ...setupToQuery(rankers, setup),
        metric: view.metric === DEFAULT_VIEW.metric ? null : view.metric,
        k: view.k === DEFAULT_VIEW.k ? null : String(view.k),
        slice: view.slice === DEFAULT_VIEW.slice ? null : view.slice,
        board: chosen,
      };
      const next = new URLSearchParams(window.location.hash.split('?')[1] ?? '');
      for (const [name, value] of Object.entries(patch)) {
        if (value === null) next.delete(name);
        else next.set(name, value);
      }
      written.current = ownPart(next);
      setQuery(patch);
    };
    write();
    return board.subscribe(write);
  }, []);
}

const OWN = ['models', 'seeds', 'metric', 'k', 'slice', 'board'];
const ownPart = (query: URLSearchParams): string => new URLSearchParams(OWN.flatMap((n) => (query.has(n) ? [[n, query.get(n)!]] : []))).toString();
