/** Checks that what was read can be what it is said to be: catches a wrong file in a role before anything is built on it. */
import { Problem } from '../core/problem';
import type { EntityTable } from '../core/dataset';
import type { LoneTable } from '../core/lone-table';
import type { CodedIds } from './assemble';
import type { Rejected } from './read/rejected';
import type { RecipeResult } from './recipes/recipe';

const n = (x: number): string => x.toLocaleString('en-US');
const FEW = 20;

/** @throws Problem when nothing was read, every user occurs once, or there is one item only: a wrong file or column. A handful of rows is let pass */
export function checkInteractions({ interactions: x, sources }: RecipeResult, rejected: Rejected): void {
  const file = sources.find((s) => s.role === 'interactions')?.name;
  if (x.row.length === 0) throw nothingRead(sources, 'interactions', rejected, 'interactions', 'Check which column is user, item, time and value, and the delimiter.');
  if (x.row.length < FEW) return;
  if (x.user.levels.length === x.row.length) {
    throw new Problem(`Each of the ${n(x.row.length)} users occurs only once, so nobody's taste can be learned. This looks like a table of items or users, not of interactions.`, { file, value: x.user.levels[0] }, 'Choose the file in which a user occurs once per item, or another column as user.');
  }
  if (x.item.levels.length === 1) throw new Problem('There is only one item.', { file, value: x.item.levels[0] }, 'Choose another column as item.');
}

/** @throws Problem when a table that is to be looked at alone has no row */
export function checkLone({ sources, ...result }: RecipeResult, which: LoneTable, rejected: Rejected): void {
  if ((result[which]?.ids.length ?? 0) === 0) throw nothingRead(sources, which, rejected, which, 'Check which column is the id, and the delimiter.');
}

/** Why no row was left: there were none, or each was rejected. */
function nothingRead(sources: RecipeResult['sources'], role: RecipeResult['sources'][number]['role'], rejected: Rejected, what: string, remedy: string): Problem {
  const source = sources.find((s) => s.role === role);
  const file = source?.name;
  const worst = rejected.summary().reasons.find((r) => sources.some((s) => s.role === role && s.name === r.file));
  if (!worst) return new Problem('The file has a header and no rows.', { file }, `Choose a file with ${what} in it.`);
  return new Problem(`All ${n(source?.rows ?? worst.count)} rows were rejected; most often: ${worst.reason}.`, { file, line: worst.firstLine, value: worst.sample }, remedy);
}

/** @throws Problem when a table shares no id with the interactions, or looks like interactions itself */
export function checkJoin({ interactions: x, users, items, sources }: RecipeResult): void {
  const of = (role: string): string | undefined => sources.find((s) => s.role === role)?.name;
  if (users) check(users, x.user, 'user', of('users'));
  if (items) check(items, x.item, 'item', of('items'));
}

function check(table: EntityTable, used: CodedIds, what: 'user' | 'item', file: string | undefined): void {
  const known = new Set(table.ids);
  if (table.ids.length >= 100 && known.size < 0.05 * table.ids.length) {
    throw new Problem(`The ${n(table.ids.length)} rows of the ${what} table share ${n(known.size)} ids. This looks like a table of interactions.`, { file }, `Choose the file with one row per ${what}, or another id column.`);
  }
  if (used.levels.some((id) => known.has(id))) return;
  throw new Problem(`No ${what} of the interactions is in the ${what} table: there it says ${JSON.stringify(table.ids[0] ?? '')}, in the interactions ${JSON.stringify(used.levels[0])}.`, { file, value: table.ids[0] }, `Choose the id column of the ${what} table that holds the same ids as the interactions, or leave this file out.`);
}
