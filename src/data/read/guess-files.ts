/** What each file is (interactions, users, items, …), judged together, and from that what its columns are. */
import type { ColumnRole, FileRole, InspectedColumn } from '../../../workers/protocol';
import { cellsOf, describeColumns, distinctShare, guessKeys, guessNamelessKeys, guessTime, guessValue, namesValue, type Guess, type KeyGuess } from './guess-columns';
import { numberStyleOf } from './number-style';
import type { Table } from './table';
import { parseNumber } from './values';

export interface FileGuess {
  role: FileRole;
  reason: string;
  columns: InspectedColumn[];
}

interface Draft {
  table: Table;
  keys: KeyGuess;
  role: FileRole;
  reason: string;
  /** Interactions only because a playlist, say, can stand for a user. */
  weak: boolean;
}

export function guessFiles(tables: readonly Table[]): FileGuess[] {
  const drafts = tables.map(draft);
  settle(drafts);
  return drafts.map((d) => ({ role: d.role, reason: d.reason, columns: columnsOf(d) }));
}

function draft(table: Table): Draft {
  const { names, header } = table.shape;
  const keys = guessKeys(table);
  const make = (role: FileRole, reason: string, weak = false): Draft => ({ table, keys, role, reason, weak });
  if (table.sample.length === 0) return make('ignore', 'It has a header and no rows.');
  if (names.length === 1) return make('ignore', 'Only one column was found. If there should be more, choose the delimiter.');
  if (isMatrix(table)) return make('matrix', `${(names.length - 1).toLocaleString('en-US')} columns of numbers, most of them empty or 0: a row per user and a column per item.`);
  if (!header) {
    const { user, item } = guessNamelessKeys(table);
    if (user >= 0 && item >= 0 && distinctShare(cellsOf(table, user)) < 1) {
      keys.user = user;
      keys.item = item;
      return make('interactions', 'No header; the first two columns hold ids that come again, as users and items do.');
    }
    if (user >= 0 && item >= 0 && names.length <= 5 && speaksOfTest(table)) {
      keys.user = user;
      keys.item = item;
      return make('test', "No header; two columns of ids, and the file's name speaks of a test.");
    }
    const described = [...describeColumns(table, new Set([0]), 'item').values()];
    keys.id = 0;
    const person = /user|people|person|member/i.test(table.source.name);
    if (described.every((g) => g.role === 'number' || g.role === 'ignore')) return make('ignore', 'No header and only numbers beside a first column that never comes again: choose the role by hand.');
    return make(person ? 'users' : 'items', `No header; the first column is different in every row${person ? ", and the file's name speaks of users" : ''}.`);
  }
  if (keys.user >= 0 && keys.item >= 0 && !keys.standIn) return make('interactions', `It has "${names[keys.user]}" for the user and "${names[keys.item]}" for the item.`);
  if (keys.user >= 0 && keys.item >= 0) return make('interactions', `There is no user, but "${names[keys.user]}" can stand for one: whoever made it chose the items in it. To look at the items alone, choose "Items".`, true);
  if (keys.user >= 0 && !keys.standIn) {
    const other = secondId(table, keys.user);
    if (other >= 0 && distinctShare(cellsOf(table, keys.user)) < 0.9) {
      keys.item = other;
      return make('interactions', `"${names[keys.user]}" is the user and comes again; "${names[other]}" is taken as the item.`);
    }
    return make('users', `It has "${names[keys.user]}" and no item.`);
  }
  if (keys.item >= 0) return make('items', `It has "${names[keys.item]}" for the item and no user.`);
  if (keys.id >= 0) {
    const person = /user|people|person|member|customer/i.test(table.source.name) || names.some((n) => /^(age|gender|sex|occupation|country|zip|signup)/i.test(n));
    return make(person ? 'users' : 'items', `It has "${names[keys.id]}" and ${person ? 'columns about people' : 'nothing that names a user'}.`);
  }
  return make('ignore', 'No column looks like a user or an item: choose the roles by hand.');
}

/** A further column of short values that come again or are ids, first candidate for an item nobody named. */
function secondId(table: Table, user: number): number {
  return table.shape.names.findIndex((n, c) => c !== user && /id$|name$|title$|artist|track|song|movie|item|product/i.test(n) && distinctShare(cellsOf(table, c)) > 0);
}

function isMatrix(table: Table): boolean {
  const { names } = table.shape;
  if (names.length < 4 || table.sample.length < 2) return false;
  const rows = table.sample.slice(0, 200).map((r) => r.slice(1));
  const cells = rows.flat();
  const zero = cells.filter((c) => c.trim() === '' || Number(c) === 0).length;
  return cells.every((c) => c.trim() === '' || Number.isFinite(Number(c))) && zero > 0.4 * cells.length && zero < cells.length && distinctShare(table.sample.map((r) => r[0] ?? '')) === 1;
}

const speaksOfTest = (table: Table): boolean => /(^|[^a-z])(test|holdout|heldout|eval)([^a-z]|$)/i.test(table.source.name);

/** With several files: one stands for the interactions; test files and stand-ins step back. */
function settle(drafts: Draft[]): void {
  const long = drafts.filter((d) => d.role === 'interactions');
  const strong = long.filter((d) => !d.weak);
  const matrices = drafts.filter((d) => d.role === 'matrix');
  if (strong.length || matrices.length) {
    for (const d of long.filter((x) => x.weak)) {
      d.role = 'items';
      d.reason = `It has "${d.table.shape.names[d.keys.item]}" for the item, and another file holds the interactions.`;
    }
  }
  const named = (d: Draft): boolean => d.role === 'test' || speaksOfTest(d.table);
  const tests = drafts.filter((d) => d.role === 'test' || (d.role === 'interactions' && !d.weak && named(d)));
  const rank = (d: Draft): number => (guessValue(d.table, new Set([d.keys.user, d.keys.item])) ? 1e15 : 0) + d.table.source.size;
  const others = strong.filter((d) => !named(d)).sort((a, b) => rank(b) - rank(a));
  tests.forEach((d, k) => {
    if (others.length + matrices.length === 0) {
      d.role = k === 0 ? 'interactions' : 'ignore';
      return;
    }
    d.role = k === 0 ? 'test' : 'ignore';
    d.reason = k === 0 ? "The file's name speaks of a test, and another file holds the interactions." : 'One test file is enough.';
  });
  for (const d of others.slice(1)) {
    d.role = 'ignore';
    d.reason = `"${others[0]!.table.source.name}" has more to say and is taken as the interactions. If this file holds further ones, choose that role.`;
  }
}

function columnsOf(d: Draft): InspectedColumn[] {
  const guesses = new Map<number, Guess>();
  const { names, header } = d.table.shape;
  const because = (c: number, meaning: string): string => (header ? `the name "${names[c]}" means ${meaning}` : `a column of ids that comes as ${meaning}`);
  if (d.role === 'interactions' || d.role === 'test') {
    const { user, item } = d.keys;
    guesses.set(user, { role: 'user', reason: d.weak ? `"${names[user]}" can stand for a user` : because(user, 'a user') });
    guesses.set(item, { role: 'item', reason: because(item, 'an item') });
    const time = d.weak ? null : guessTime(d.table, new Set(guesses.keys()));
    if (time) guesses.set(time.column, { role: 'time', reason: time.reason });
    const value = d.weak ? null : guessValue(d.table, new Set(guesses.keys()));
    if (value) guesses.set(value.column, { role: 'value', reason: value.reason });
    const stem = d.weak ? names[user]!.replace(/[_ ]?id$/i, '') : null;
    for (const [c, g] of header ? describeColumns(d.table, new Set(guesses.keys()), 'item') : []) {
      if (stem && names[c]!.startsWith(stem)) guesses.set(c, { role: 'ignore', reason: `it describes the ${stem}, not the item`, holds: g.role });
      else if (!d.weak && !value && namesValue(names[c]!)) guesses.set(c, { role: 'ignore', reason: notAllNumbers(cellsOf(d.table, c)), holds: g.role });
      else guesses.set(c, d.weak || g.role === 'title' || g.role === 'artist' ? g : { role: 'ignore', reason: 'not needed; choose a role if it describes the item', holds: g.role });
    }
  } else if (d.role === 'users' || d.role === 'items') {
    const { user } = d.keys;
    const nameOnly = user >= 0 && d.keys.id >= 0 && !/id$/i.test(names[user]!);
    const id = d.role === 'users' ? (user >= 0 && !nameOnly ? user : d.keys.id) : d.keys.item >= 0 ? d.keys.item : d.keys.id;
    guesses.set(id, { role: 'id', reason: header ? `the name "${names[id]}" means the id` : 'it is different in every row' });
    for (const [c, g] of describeColumns(d.table, new Set(guesses.keys()), d.role === 'users' ? 'user' : 'item')) guesses.set(c, g);
  } else if (d.role === 'matrix') {
    guesses.set(0, { role: 'user', reason: 'the first column of a matrix names the user' });
    names.forEach((_, c) => c > 0 && guesses.set(c, { role: 'item', reason: 'a column per item' }));
  } else {
    // Left out: should a person give the file a role after all, its columns need not be described one by one.
    const { user, item } = d.keys;
    const keys = new Map<number, ColumnRole>(user >= 0 && item >= 0 ? [[user, 'user'], [item, 'item']] : []);
    const time = keys.size > 0 ? guessTime(d.table, new Set(keys.keys())) : null;
    if (time) keys.set(time.column, 'time');
    const value = keys.size > 0 ? guessValue(d.table, new Set(keys.keys())) : null;
    if (value) keys.set(value.column, 'value');
    for (const [c, g] of describeColumns(d.table, new Set(keys.keys()), 'item')) keys.set(c, g.role);
    for (const [c, holds] of keys) guesses.set(c, { role: 'ignore', reason: 'the file is left out', holds });
  }
  const fallback: Guess = { role: 'ignore' satisfies ColumnRole, reason: 'nothing points to a role' };
  return names.map((name, index) => ({ name, index, samples: samplesOf(d.table, index), ...(guesses.get(index) ?? fallback) }));
}

/** Why a column with the name of a rating is not taken as the value. */
function notAllNumbers(cells: readonly string[]): string {
  const style = numberStyleOf(cells);
  const bad = cells.filter((c) => Number.isNaN(parseNumber(c, style)));
  return `named like a rating or a count, but ${bad.length.toLocaleString('en-US')} of the first ${cells.length.toLocaleString('en-US')} cells are no numbers (${JSON.stringify((bad[0] ?? '').slice(0, 20))}): as the value, their rows are left out`;
}

const samplesOf = (table: Table, column: number): string[] => [...new Set(table.sample.slice(0, 50).map((r) => r[column] ?? ''))].filter(Boolean).slice(0, 5);
