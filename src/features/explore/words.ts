/** What this screen calls things, and how it writes times. */
import type { Dimension } from '../../app/explore';
import { count } from '../../ui/format';
import { oneLine } from '../../ui/plot-scale';
import { nounsOf, type Nouns } from '../data/words';

export interface ExploreNouns extends Nouns {
  /** An interaction and several. */
  row: string;
  rows: string;
}

/** @param alone the table that is all there is: its rows are then what is counted */
export function exploreNouns(recipe: string, alone: 'users' | 'items' | null = null): ExploreNouns {
  if (alone) {
    const n = nounsOf(recipe);
    const [item, items] = alone === 'users' ? [n.user, n.users] : [n.item, n.items];
    return { ...n, item, items, row: item, rows: items };
  }
  const rows = recipe.startsWith('hetrec') || recipe.startsWith('coldwave') ? 'plays' : recipe.startsWith('movielens') ? 'ratings' : 'interactions';
  return { ...nounsOf(recipe), rows, row: rows.slice(0, -1) };
}

export const capital = (s: string): string => s.charAt(0).toUpperCase() + s.slice(1);
/** A column's name as a heading: snake_case and camelCase as words. */
export const columnName = (name: string): string => oneLine(name.replaceAll('_', ' ').replace(/([a-z0-9])([A-Z])(?=[a-z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`), 60);
const NONE = '(none)';
export const levelName = (level: string): string => (level === '' ? NONE : level);

/** 'country of listeners' is plain; names of columns stay as the file has them. */
export function dimensionName(d: Dimension, nouns: ExploreNouns): string {
  if (d.id === 'activity') return `${capital(nouns.rows)} per ${nouns.user}`;
  if (d.id === 'popularity') return `${capital(nouns.rows)} per ${nouns.item}`;
  if (d.id === 'time') return 'Time';
  if (d.id === 'value') return 'Value';
  return capital(columnName(d.name));
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A moment in the words of its calendar unit: 2008, Q2 2008, Mar 2008, 3 Mar 2008, 3 Mar 14:00. */
export function momentName(seconds: number, unit: string | null): string {
  const d = new Date(seconds * 1000);
  if (Number.isNaN(d.getTime())) return String(seconds);
  const [y, m, day] = [d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate()];
  if (unit === 'year') return String(y);
  if (unit === 'quarter') return `Q${Math.floor(m / 3) + 1} ${y}`;
  if (unit === 'month') return `${MONTHS[m]} ${y}`;
  if (unit === 'hour') return `${day} ${MONTHS[m]} ${String(d.getUTCHours()).padStart(2, '0')}:00`;
  return `${day} ${MONTHS[m]} ${y}`;
}

/** About `most` of the edges, evenly, as ticks. */
export function someEdges(edges: ArrayLike<number>, most = 6): number[] {
  const n = edges.length - 1;
  const step = Math.max(1, Math.ceil(n / most));
  return Array.from({ length: Math.ceil(n / step) }, (_, k) => edges[k * step]!);
}

/** A number as a person would say it: 1,234 · 12.3 · .04. */
export function figure(v: number): string {
  if (!Number.isFinite(v)) return '–';
  if (Number.isInteger(v) && v >= 1000 && v < 2200) return String(v); // years carry no comma
  if (Math.abs(v) >= 100 || Number.isInteger(v)) return count(Math.round(v)).replace(/^-/, '−');
  const text = String(Number(v.toPrecision(3)));
  return text.replace(/^(-?)0\./, '$1.').replace(/^-/, '−');
}

/** Whether a number column holds years or dates written as years (2024.5). */
export const isYearly = (d: Pick<Dimension, 'kind' | 'name' | 'edges'>): boolean => d.kind === 'number' && /year|date|release|published|decade|born|joined/i.test(d.name) && (d.edges[0] ?? 0) >= 1000 && (d.edges[d.edges.length - 1] ?? 9999) < 2300;

/** 2013, or Mar 2013 where a few years fill the axis. */
function yearName(v: number, span: number): string {
  if (span > 6 || Number.isInteger(v)) return String(Math.floor(v));
  return `${MONTHS[Math.min(11, Math.floor((v % 1) * 12))]} ${Math.floor(v)}`;
}

/** How the values of a dimension are written. */
export function formatOf(d: Dimension): (v: number) => string {
  if (d.kind === 'time') return (v) => momentName(v, d.unit);
  const span = (d.edges[d.edges.length - 1] ?? 0) - (d.edges[0] ?? 0);
  return isYearly(d) ? (v) => yearName(v, span) : figure;
}

/** About how tall a column's chart is: neighbours of one height leave no gaps. */
const heightOf = (d: Dimension): number => (d.kind === 'number' || d.kind === 'time' ? 200 : Math.min(d.levels.length, 11) * 24 + (d.levels.length > 12 ? 60 : 0));
export const byHeight = (a: Dimension, b: Dimension): number => heightOf(a) - heightOf(b);

/** How much of a row each of n charts takes, so that few leave no hole. */
export const shareOf = (n: number): 'whole' | 'half' | 'third' => (n === 1 ? 'whole' : n === 2 || n === 4 ? 'half' : 'third');
