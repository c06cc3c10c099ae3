/**
 * Filters as parameters of the address: `f.users.country=Peru~Spain`, `f.items.year=1990..2000`, `f.time=2008-01-01..2009-01-01`.
 * What an address says may be about other data or damaged: such parts are named, and the rest holds.
 */
import type { Dimension, Filter } from '../../app/explore';
import { count } from '../../ui/format';

const PREFIX = 'f.';

export const paramOf = (dimension: string): string => `${PREFIX}${dimension}`;

const escape = (level: string): string => encodeURIComponent(level).replaceAll('~', '%7E').replaceAll('.', '%2E');

/** Null takes the filter out of the address. */
export function formatFilter(filter: Filter | null, about: Dimension | undefined): string | null {
  if (!filter) return null;
  if ('levels' in filter) return filter.levels.length ? filter.levels.map(escape).join('~') : null;
  const edge = about?.kind === 'time' ? dateText : String;
  return `${edge(filter.from)}..${edge(filter.to)}`;
}

export interface ReadFilters {
  filters: Filter[];
  /** Sentences about parts that could not be used. */
  refused: string[];
}

export function readFilters(query: URLSearchParams, dimensions: readonly Dimension[]): ReadFilters {
  const filters: Filter[] = [];
  const refused: string[] = [];
  for (const [name, value] of query) {
    if (!name.startsWith(PREFIX)) continue;
    const id = name.slice(PREFIX.length);
    const about = dimensions.find((d) => d.id === id);
    if (!about) {
      refused.push(`The link filters by "${short(id)}", which this data set does not have.`);
      continue;
    }
    if (filters.some((f) => f.dimension === id)) continue;
    const read = about.kind === 'levels' || about.kind === 'tags' ? readLevels(about, value) : readRange(about, value);
    if ('refused' in read) refused.push(read.refused);
    if (read.filter) filters.push(read.filter);
  }
  return { filters, refused };
}

type Read = { filter: Filter | null; refused: string } | { filter: Filter };

function readLevels(about: Dimension, value: string): Read {
  const wanted = value.split('~').map(unescapeLevel);
  const known = new Set(about.levels);
  const levels = wanted.filter((l) => l === '' || known.has(l));
  const lost = wanted.filter((l) => l !== '' && !known.has(l));
  const filter = levels.length ? { dimension: about.id, levels: [...new Set(levels)] } : null;
  if (lost.length === 0 && filter) return { filter };
  return { filter, refused: `"${short(lost[0] ?? value)}" is not among the ${count(about.levels.length)} values of ${short(about.name)}; that part of the link is left out.` };
}

function readRange(about: Dimension, value: string): Read {
  const parts = /^(.+?)\.\.(.+)$/.exec(value);
  const number = (text: string): number => (about.kind === 'time' && /^\d{4}-/.test(text) ? Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text) / 1000 : text.trim() === '' ? Number.NaN : Number(text));
  const from = number(parts?.[1] ?? '');
  const to = number(parts?.[2] ?? '');
  const low = about.edges[0] ?? 0;
  const high = about.edges[about.edges.length - 1] ?? 0;
  if (Number.isFinite(from) && Number.isFinite(to) && from < to && to > low && from < high) return { filter: { dimension: about.id, from, to } };
  const say = about.kind === 'time' ? dateText : String;
  return { filter: null, refused: `"${short(value)}" is no range of ${short(about.name)}: write FROM..TO between ${say(low)} and ${say(high)}.` };
}

function unescapeLevel(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % in a link written by hand
  }
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
/** Midnights as a date alone, other moments to the second. */
const dateText = (seconds: number): string => {
  const text = new Date(seconds * 1000).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.replace('.000Z', 'Z');
};
