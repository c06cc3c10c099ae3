/** What each column of a table means: a guess by name and contents, with its reason in plain words. */
import type { ColumnRole } from '../../../workers/protocol';
import { guessKind } from './columns';
import { numberStyleOf } from './number-style';
import { looksLikeDate, parseNumber } from './values';
import type { Table } from './table';

export interface Guess {
  role: ColumnRole;
  reason: string;
  holds?: ColumnRole;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
const ENDING = '(id|ids|idx|index|no|nr|num|number|key|code|uri|hash|mbid|gid)?';

/** In order: the first pattern any column fits wins. */
const USER = [new RegExp(`^(user|member|customer|client|visitor|listener|account|reviewer|person|profile|reader|viewer|consumer)${ENDING}$`), /^(uid|msno|username|author(id)?)$/, /(user|member|customer|listener)(id)?$/];
/** Something that can stand for a user when no user is there. */
const USER_STAND_IN = [new RegExp(`^(playlist|session|basket|order|cart|household|group|list)${ENDING}$`)];
const ITEM = ['item', 'track|song', 'movie|film', 'product|sku|asin|isbn', 'book|video|article|show|anime|game|recipe|business|news|content|podcast|app', 'album|collection|release', 'artist|band'].map((w) => new RegExp(`^(${w})${ENDING}$`));
const ITEM_ID = ITEM.map((r) => new RegExp(r.source.replace(')?$', ')$')));
const ITEM_ENDING = /(item|track|song|movie|film|product|book|video|article|show|anime|game|recipe|business|album|artist)(id)?$/;
const TITLE = [/^(track|song)(name|title)$/, /^(movie|film|item|product|book|article|show|anime|game|recipe|video|business)(name|title)$/, /^(title|name)$/, /^(artist|album|band)name$/];
const ARTIST = [/^(track)?artists?(name|names)?$/, /^(performer|band|singer|author|authors|creator|director|brand|developer)(name)?$/];
const TEXT = /^(full)?(lyrics?|description|summary|overview|plot|synopsis|abstract|text|body|review|bio|biography|content|caption|blurb)(text)?$/;
const TIME = [/^(unix)?(time|timestamp|datetime|ts|date)$/, /^(created|played|rated|listened|watched|updated|event|review|rating|purchase|added)(at|on|time|timestamp|date|utc)$/, /^(utc|local)?(time|date)(stamp)?(utc|ms|sec|seconds)?$/, /timestamp$/];
const VALUE = [/^(rating|ratings|stars?|score|overall|preference|feedback)$/, /^(plays?|playcount|playcounts|listens?|listencount|listencounts|weight|counts?|quantity|qty|hours|clicks|views)$/, /^(value|values|scrobbles|strength|watchratio)$/];
const LINK = /^https?:\/\//i;

export const namesValue = (name: string): boolean => VALUE.some((r) => r.test(plain(name)));

function firstMatch(names: readonly string[], patterns: readonly RegExp[], taken: ReadonlySet<number> = new Set()): number {
  const simple = names.map(plain);
  for (const pattern of patterns) {
    const at = simple.findIndex((n, c) => !taken.has(c) && pattern.test(n));
    if (at >= 0) return at;
  }
  return -1;
}

const ROWS_LOOKED_AT = 1000;
export const cellsOf = (table: Table, column: number): string[] => table.sample.slice(0, ROWS_LOOKED_AT).map((r) => r[column] ?? '');
export const distinctShare = (cells: readonly string[]): number => (cells.length ? new Set(cells).size / cells.length : 0);

export interface KeyGuess {
  user: number;
  /** No user column, but one that can stand for it (playlist, session). */
  standIn: boolean;
  item: number;
  id: number;
}

/** Key columns by name; −1 where there is none. */
export function guessKeys(table: Table): KeyGuess {
  if (!table.shape.header) return { user: -1, standIn: false, item: -1, id: -1 };
  const { names } = table.shape;
  let user = firstMatch(names, USER);
  const standIn = user < 0;
  if (standIn) user = firstMatch(names, USER_STAND_IN.map((r) => new RegExp(r.source.replace(')?$', ')$'))));
  const taken = new Set([user]);
  const id = firstMatch(names, [/^(id|key|code|index)$/], taken);
  let item = firstMatch(names, ITEM_ID, taken);
  const barely = item < 0;
  if (barely) item = firstMatch(names, [...ITEM, ITEM_ENDING], taken);
  // In a table about items a plain "id" is theirs; "artist" or "album_id" beside it says something about them.
  const unique = (c: number): boolean => distinctShare(cellsOf(table, c)) === 1;
  if (id >= 0 && item >= 0 && (user < 0 || standIn) && unique(id) && (barely || !unique(item) || /artist|album|collection|band/i.test(names[item]!))) item = -1;
  return { user, standIn: standIn && user >= 0, item, id };
}

/** Keys of a table without names, by contents: the first two columns of ids that come again. */
export function guessNamelessKeys(table: Table): { user: number; item: number } {
  const { names } = table.shape;
  const whole = (c: number): boolean => cellsOf(table, c).every((v) => /^\S{1,64}$/.test(v.trim()) && !/^\d+\.\d+$/.test(v));
  const ids = names.map((_, c) => c).filter((c) => whole(c) && !isTimeLike(cellsOf(table, c)));
  const [user = -1, item = -1] = ids;
  return { user, item };
}

function isTimeLike(cells: readonly string[]): boolean {
  const filled = cells.filter((c) => c.trim() !== '');
  if (filled.length === 0) return false;
  if (filled.every(looksLikeDate)) return true;
  return filled.every((c) => {
    const x = parseNumber(c);
    return Number.isInteger(x) && ((x > 6e8 && x < 4e9) || (x > 6e11 && x < 4e12));
  });
}

const timeReason = (cells: readonly string[]): string => (cells.some((c) => looksLikeDate(c)) ? 'its cells are dates' : 'its numbers look like seconds or milliseconds since 1970');

export function guessTime(table: Table, taken: ReadonlySet<number>): { column: number; reason: string } | null {
  const { names, header } = table.shape;
  if (header) {
    const column = firstMatch(names, TIME, taken);
    if (column >= 0) return { column, reason: `the name "${names[column]}" means a time` };
  }
  // A name that speaks of no time needs cells that are dates; those of a release or a birth say nothing about the interaction.
  const may = (c: number): boolean => !header || (!/release|birth|video|publish|founded/i.test(names[c]!) && (/time|date|_at$/i.test(names[c]!) || cellsOf(table, c).some(looksLikeDate)));
  const column = names.findIndex((_, c) => !taken.has(c) && may(c) && isTimeLike(cellsOf(table, c)));
  return column < 0 ? null : { column, reason: timeReason(cellsOf(table, column)) };
}

export function guessValue(table: Table, taken: ReadonlySet<number>): { column: number; reason: string } | null {
  const { names, header } = table.shape;
  const numeric = (c: number): boolean => {
    const cells = cellsOf(table, c);
    const style = numberStyleOf(cells);
    return guessKind(cells).kind === 'numeric' || cells.every((v) => !Number.isNaN(parseNumber(v, style)));
  };
  if (header) {
    const column = firstMatch(names, VALUE, new Set([...taken, ...names.map((_, c) => c).filter((c) => !numeric(c))]));
    return column < 0 ? null : { column, reason: `the name "${names[column]}" means a rating or a count, and its cells are numbers` };
  }
  const column = names.findIndex((_, c) => !taken.has(c) && numeric(c));
  return column < 0 ? null : { column, reason: 'numbers beside two columns of ids: a rating or a count' };
}

/** Roles of what describes an item or user. */
export function describeColumns(table: Table, taken: ReadonlySet<number>, about: 'item' | 'user'): Map<number, Guess> {
  const { names, header } = table.shape;
  const out = new Map<number, Guess>();
  const used = new Set(taken);
  const named = (role: 'title' | 'artist', patterns: readonly RegExp[]): void => {
    const c = header && about === 'item' ? firstMatch(names, patterns, used) : -1;
    if (c < 0) return;
    used.add(c);
    out.set(c, { role, reason: `the name "${names[c]}" means a${role === 'artist' ? 'n artist or maker' : ' title'}` });
  };
  named('title', TITLE);
  named('artist', ARTIST);
  names.forEach((name, c) => {
    if (used.has(c)) return;
    const cells = cellsOf(table, c);
    const filled = cells.filter((v) => v !== '');
    const kind = guessKind(cells);
    if (header && TEXT.test(plain(name)) && kind.kind === 'text') out.set(c, { role: 'text', reason: `the name "${name}" means a text` });
    else if (filled.length && filled.every((v) => LINK.test(v))) out.set(c, { role: 'ignore', reason: 'its cells are web addresses' });
    // In a file sorted by genre the first thousand rows are all of one: only a table seen to its end is known to be constant.
    else if (kind.kind === 'constant' && (filled.length === 0 || (table.complete && table.sample.length <= ROWS_LOOKED_AT))) out.set(c, { role: 'ignore', reason: kind.reason });
    else if (kind.kind === 'constant') out.set(c, { role: Number.isNaN(parseNumber(filled[0]!)) ? 'category' : 'number', reason: 'the same in the rows looked at; it may change further down' });
    else if (/(^|[^a-z])id$|[a-z]Id$|ID$/.test(name)) out.set(c, { role: 'ignore', reason: 'another id, which says nothing by itself' });
    else if (kind.kind === 'numeric') out.set(c, { role: 'number', reason: kind.reason });
    else if (kind.kind === 'text') out.set(c, { role: 'text', reason: kind.reason });
    else out.set(c, { role: kind.kind === 'tags' ? 'tags' : 'category', reason: kind.reason });
  });
  return out;
}
