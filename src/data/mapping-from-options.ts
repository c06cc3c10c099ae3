/** The command line's words for a mapping (`user=COL,item=COL`) → the same mapping the Data screen makes. */
import type { ColumnRole, FileRole, InspectedFile, Inspection, Mapping, ReadOptions } from '../../workers/protocol';
import { Problem } from '../core/problem';

export interface MappingOptions {
  /** File names; of a zip with one table, the zip's name will do. */
  interactions: string;
  /** Role → header name, or 0-based column number. */
  columns: Record<string, string>;
  users?: string;
  userColumns?: Record<string, string>;
  items?: string;
  itemColumns?: Record<string, string>;
  matrix?: boolean;
  delimiter?: string;
  header?: 'yes' | 'no';
  encoding?: string;
}

const ROLES: Record<'interactions' | 'users' | 'items', readonly ColumnRole[]> = {
  interactions: ['user', 'item', 'time', 'value', 'title', 'artist', 'text', 'category', 'number', 'tags', 'ignore'],
  users: ['id', 'text', 'category', 'number', 'tags', 'ignore'],
  items: ['id', 'title', 'artist', 'text', 'category', 'number', 'tags', 'ignore'],
};
const DELIMITER_NAMES: Record<string, string> = { tab: '\t', '\\t': '\t', comma: ',', semicolon: ';', space: ' ', bar: '|', pipe: '|' };

/** What to read the files with; `inspect` takes it as overrides, so that column names are found under the same options. */
export function readOptionsOf(o: Pick<MappingOptions, 'delimiter' | 'header' | 'encoding'>): ReadOptions {
  return {
    ...(o.delimiter !== undefined && { delimiter: DELIMITER_NAMES[o.delimiter.toLowerCase()] ?? o.delimiter }),
    ...(o.header !== undefined && { header: o.header === 'yes' }),
    ...(o.encoding !== undefined && { encoding: o.encoding }),
  };
}

/**
 * Roles that are not given keep the inspection's guess in user and item tables (every column that says something is kept),
 * and are left out of the interactions.
 * @throws Problem for a file or column that is not there, listing those that are
 */
export function mappingFromOptions(inspection: Inspection, o: MappingOptions): Mapping {
  const options = readOptionsOf(o);
  const files: Mapping['files'] = [];
  const add = (name: string, role: FileRole, columns: Record<number, ColumnRole>): void => {
    files.push({ key: find(inspection, name).key, role, columns, options });
  };
  if (o.matrix) {
    const file = find(inspection, o.interactions);
    const given = rolesOf(file, 'interactions', o.columns);
    const user = Number(Object.entries(given).find(([, role]) => role === 'user')?.[0] ?? 0);
    add(o.interactions, 'matrix', Object.fromEntries(file.columns.map((c) => [c.index, c.index === user ? 'user' : (given[c.index] ?? (c.index < user ? 'ignore' : 'item'))])));
  } else {
    const file = find(inspection, o.interactions);
    const columns = rolesOf(file, 'interactions', o.columns);
    for (const role of ['user', 'item'] as const) {
      if (!Object.values(columns).includes(role)) throw new Problem(`The option --columns does not say which column is the ${role}.`, { file: file.name }, `Add ${role}=COL. The columns are: ${listed(file)}.`);
    }
    add(o.interactions, 'interactions', columns);
  }
  if (o.users !== undefined) add(o.users, 'users', described(find(inspection, o.users), 'users', o.userColumns ?? {}));
  if (o.items !== undefined) add(o.items, 'items', described(find(inspection, o.items), 'items', o.itemColumns ?? {}));
  return { files };
}

function find(inspection: Inspection, name: string): InspectedFile {
  const base = name.split(/[\\/]/).at(-1) ?? name;
  const inside = inspection.files.filter((f) => f.key === name || f.key === base || f.name === base);
  const within = inside.length ? inside : inspection.files.filter((f) => f.key.startsWith(`${base}/`) || `${f.key}.gz` === base);
  if (within.length === 1) return within[0]!;
  throw new Problem(within.length ? `"${base}" holds ${within.length} tables.` : 'There is no such table.', { file: base }, `The tables are: ${(within.length ? within : inspection.files).map((f) => f.key).join(', ')}.`);
}

const listed = (file: InspectedFile): string => file.columns.map((c) => (c.name === `column ${c.index}` ? String(c.index) : `${c.index} "${c.name}"`)).join(', ');

/** A header name wins over a number, so that a column named "0" can be meant. */
function columnAt(file: InspectedFile, wanted: string): number {
  const named = file.columns.find((c) => c.name === wanted) ?? file.columns.find((c) => c.name.toLowerCase() === wanted.trim().toLowerCase());
  if (named) return named.index;
  const n = /^\d+$/.test(wanted.trim()) ? Number(wanted) : -1;
  if (n >= 0 && n < file.columns.length) return n;
  throw new Problem(`There is no column ${JSON.stringify(wanted)}.`, { file: file.name }, `The columns are: ${listed(file)}.`);
}

function rolesOf(file: InspectedFile, what: keyof typeof ROLES, given: Record<string, string>): Record<number, ColumnRole> {
  const out: Record<number, ColumnRole> = {};
  for (const [word, wanted] of Object.entries(given)) {
    const role = ROLES[what].find((r) => r === word);
    if (!role) throw new Problem(`"${word}" is not a role of a column of ${what}.`, { file: file.name }, `The roles are: ${ROLES[what].join(', ')}.`);
    const index = columnAt(file, wanted);
    const before = out[index];
    if (before) throw new Problem(`Column ${JSON.stringify(wanted)} is given two roles: ${before} and ${role}.`, { file: file.name }, 'Give each column one role.');
    out[index] = role;
  }
  return out;
}

function described(file: InspectedFile, what: 'users' | 'items', given: Record<string, string>): Record<number, ColumnRole> {
  const said = rolesOf(file, what, given);
  const roles = Object.values(said);
  const out: Record<number, ColumnRole> = {};
  // One id and one title: what is said replaces what was guessed.
  for (const c of file.columns) {
    const guess = said[c.index] ?? (file.role === what ? c.role : c.role === 'user' || c.role === 'item' || c.role === 'time' || c.role === 'value' ? 'ignore' : c.role);
    const replaced = said[c.index] === undefined && (guess === 'id' || guess === 'title') && roles.includes(guess);
    out[c.index] = replaced ? (guess === 'id' ? 'ignore' : 'text') : guess;
  }
  if (!Object.values(out).includes('id')) throw new Problem(`It is not said which column of the ${what} file is the id.`, { file: file.name }, `Add id=COL. The columns are: ${listed(file)}.`);
  return out;
}
