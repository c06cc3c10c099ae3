/** What the address says about this screen, checked; whatever it asks for that cannot be had falls back. */
import { useMemo } from 'react';
import type { ColumnLevel } from '../../../workers/protocol';
import { setQuery, useQuery } from '../../app/url';

export const TABS = ['person', 'new-user', 'new-song', 'map', 'index'] as const;
export type Tab = (typeof TABS)[number];
export const LENGTHS = [5, 10, 20, 50] as const;
/** Models side by side. */
export const MOST_MODELS = 3;

export interface Address {
  tab: Tab;
  /** Run ids, in the order of the columns; empty = the newest. */
  runs: string[];
  /** Source id of the user. */
  user: string | null;
  /** Source ids of the items a new user has. */
  have: string[];
  k: number;
  /** −100 … 100 and 0 … 100, as the sliders show them. */
  discovery: number;
  diversity: number;
  without: ColumnLevel[];
  only: ColumnLevel[];
  /** Whose reasons stand open: the item's source id by run id. */
  why: Record<string, string>;
  /** What lists are searched by (see index-tab/search-choice.ts); null = exactly. */
  search: string | null;
}

const within = (text: string | null, low: number, high: number): number => {
  const n = Number(text ?? 0);
  return Number.isInteger(n) && n >= low && n <= high ? n : 0;
};

/** A label as one word of the address, and back; ids and labels may hold commas, so each stands in an entry of its own. */
const levelToText = ({ column, level }: ColumnLevel): string => `${column}~${level}`;
const levelFromText = (text: string): ColumnLevel | null => {
  const cut = text.indexOf('~');
  return cut < 1 ? null : { column: text.slice(0, cut), level: text.slice(cut + 1) };
};
const listToText = (list: readonly string[]): string | null => (list.length === 0 ? null : JSON.stringify(list));
function listFromText(text: string | null): string[] {
  if (text === null) return [];
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((x): x is string => typeof x === 'string') : [];
  } catch {
    return [];
  }
}

export function readAddress(query: URLSearchParams): Address {
  const k = Number(query.get('k'));
  const levels = (name: string): ColumnLevel[] => listFromText(query.get(name)).flatMap((t) => levelFromText(t) ?? []);
  return {
    tab: TABS.find((t) => t === query.get('tab')) ?? 'person',
    runs: (query.get('run') ?? '').split(',').filter(Boolean).slice(0, MOST_MODELS),
    user: query.get('user'),
    have: listFromText(query.get('have')),
    k: LENGTHS.find((n) => n === k) ?? 10,
    discovery: within(query.get('discovery'), -100, 100),
    diversity: within(query.get('diversity'), 0, 100),
    without: levels('without'),
    only: levels('only'),
    why: Object.fromEntries(listFromText(query.get('why')).flatMap((t) => (t.includes('~') ? [[t.slice(0, t.indexOf('~')), t.slice(t.indexOf('~') + 1)]] : []))),
    search: query.get('search'),
  };
}

export function writeAddress(patch: Partial<Address>): void {
  const query: Record<string, string | null> = {};
  if (patch.tab !== undefined) query['tab'] = patch.tab === 'person' ? null : patch.tab;
  if (patch.runs !== undefined) query['run'] = patch.runs.length > 0 ? patch.runs.join(',') : null;
  if (patch.user !== undefined) query['user'] = patch.user;
  if (patch.have !== undefined) query['have'] = listToText(patch.have);
  if (patch.k !== undefined) query['k'] = patch.k === 10 ? null : String(patch.k);
  if (patch.discovery !== undefined) query['discovery'] = patch.discovery === 0 ? null : String(patch.discovery);
  if (patch.diversity !== undefined) query['diversity'] = patch.diversity === 0 ? null : String(patch.diversity);
  if (patch.without !== undefined) query['without'] = listToText(patch.without.map(levelToText));
  if (patch.only !== undefined) query['only'] = listToText(patch.only.map(levelToText));
  if (patch.why !== undefined) query['why'] = listToText(Object.entries(patch.why).map(([run, item]) => `${run}~${item}`));
  if (patch.search !== undefined) query['search'] = patch.search;
  setQuery(query);
}

export function useAddress(): Address {
  const query = useQuery();
  return useMemo(() => readAddress(query), [query]);
}
