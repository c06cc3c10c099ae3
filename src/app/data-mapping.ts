/** The mapping step's logic: which roles a file's columns may have, and whether the choice can be read. Pure. */
import type { ColumnRole, FileRole, InspectedFile, Inspection, Mapping } from '../../workers/protocol';

export type FileMapping = Mapping['files'][number];

/** Roles offered per file role, in the order a person looks for them. */
const ROLES: Record<FileRole, readonly ColumnRole[]> = {
  interactions: ['user', 'item', 'time', 'value', 'title', 'artist', 'text', 'category', 'number', 'tags', 'ignore'],
  test: ['user', 'item', 'time', 'value', 'ignore'],
  matrix: ['user', 'item', 'ignore'],
  users: ['id', 'title', 'category', 'number', 'tags', 'text', 'ignore'],
  items: ['id', 'title', 'artist', 'text', 'category', 'number', 'tags', 'ignore'],
  ignore: ['ignore'],
};
export const rolesFor = (file: FileRole): readonly ColumnRole[] => ROLES[file];

/** Roles that only one column of a file can have. */
const SINGLE: ReadonlySet<ColumnRole> = new Set<ColumnRole>(['id', 'user', 'time', 'value', 'title']);
const isSingle = (file: FileRole, role: ColumnRole): boolean => SINGLE.has(role) || (role === 'item' && file !== 'matrix');

/** Interactions first: everything else is about them. */
export const READING_ORDER: readonly FileRole[] = ['interactions', 'matrix', 'items', 'users', 'test', 'ignore'];

/** Longest list of columns a person is asked about one by one; the rest of a wide matrix keeps its guess. */
export const COLUMNS_SHOWN = 40;

const guessed = (file: InspectedFile): Record<number, ColumnRole> => Object.fromEntries(file.columns.map((c) => [c.index, c.role]));

/** The guess as it stands, ready to be read. */
export function mappingOf(inspection: Inspection): Mapping {
  return { files: inspection.files.map((f) => ({ key: f.key, role: f.role, columns: guessed(f), options: {} })) };
}

/** What a column that is left out holds, as far as it matters to a file of this role: a table keeps what describes its rows, interactions their keys. */
function heldBack(file: InspectedFile, index: number, to: FileRole): ColumnRole {
  const { role, holds = role } = file.columns.find((c) => c.index === index) ?? { role: 'ignore' };
  return to === 'items' || to === 'users' || ['user', 'item', 'time', 'value'].includes(holds) ? holds : role;
}

const patch = (mapping: Mapping, key: string, change: (f: FileMapping) => FileMapping): Mapping => ({
  files: mapping.files.map((f) => (f.key === key ? change(f) : f)),
});

/** The identifier of a users or items file is called "id" there and "user" or "item" in an interactions file. */
function carryOver(role: ColumnRole, from: FileRole, to: FileRole): ColumnRole {
  const entity: Partial<Record<FileRole, ColumnRole>> = { users: 'user', items: 'item' };
  const meaning = role === 'id' ? (entity[from] ?? 'id') : role;
  if (entity[to] === meaning) return 'id';
  return ROLES[to].includes(meaning) ? meaning : 'ignore';
}

/** Gives a file another role; its columns keep what they mean where that still makes sense, or return to the guess. */
export function withFileRole(mapping: Mapping, file: InspectedFile, role: FileRole): Mapping {
  return patch(mapping, file.key, (f) => ({
    ...f,
    role,
    columns:
      role === file.role
        ? guessed(file)
        : Object.fromEntries(Object.entries(f.columns).map(([i, r]) => [i, carryOver(r === 'ignore' ? heldBack(file, Number(i), role) : r, f.role === 'ignore' ? file.role : f.role, role)])),
  }));
}

/** Gives a column a role. A role that only one column can have is taken from the column that had it. */
export function withColumnRole(mapping: Mapping, key: string, column: number, role: ColumnRole): Mapping {
  return patch(mapping, key, (f) => ({
    ...f,
    columns: Object.fromEntries(
      Object.entries(f.columns).map(([i, r]) => [i, Number(i) === column ? role : isSingle(f.role, role) && r === role ? 'ignore' : r]),
    ),
  }));
}

/** After other read options a file has other columns: its guess replaces the old choice, the other files keep theirs. */
export function withReinspected(mapping: Mapping, key: string, inspection: Inspection, options: FileMapping['options']): Mapping {
  const before = new Map(mapping.files.map((f) => [f.key, f]));
  return {
    files: inspection.files.map((f) => {
      const old = before.get(f.key);
      if (old && f.key !== key) return old;
      return { key: f.key, role: f.role, columns: guessed(f), options: f.key === key ? options : {} };
    }),
  };
}

export interface MappingReview {
  ready: boolean;
  /** What will be read, one sentence per file that is used. */
  sentences: string[];
  /** What is missing, with the remedy; empty when ready. */
  problems: string[];
}

const list = (parts: string[]): string => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`);

/** Says in words what a mapping reads, or why it cannot be read yet. */
export function reviewMapping(inspection: Inspection, mapping: Mapping): MappingReview {
  const sentences: string[] = [];
  const problems: string[] = [];
  const used = mapping.files.flatMap((m) => {
    const file = inspection.files.find((f) => f.key === m.key);
    return file && m.role !== 'ignore' ? [{ file, m }] : [];
  });
  used.sort((a, b) => READING_ORDER.indexOf(a.m.role) - READING_ORDER.indexOf(b.m.role));
  const named = (file: InspectedFile, m: FileMapping, role: ColumnRole): string[] => file.columns.filter((c) => m.columns[c.index] === role).map((c) => c.name);

  const long = used.filter(({ m }) => m.role === 'interactions');
  const hasInteractions = used.some(({ m }) => m.role === 'interactions' || m.role === 'matrix');
  /** The one table there is: it can be looked at, and its rows need no id of their own. */
  const lone = !hasInteractions && used.length === 1 && used[0]!.m.role !== 'test' ? used[0]!.m.role : null;
  // Without item ids, songs are told apart by title and artist, in the interactions and in the items file alike.
  const byTitle = long.length > 0 && long.every(({ file, m }) => named(file, m, 'item').length === 0);
  for (const { file, m } of used) {
    const of = (role: ColumnRole): string[] => named(file, m, role);
    if (m.role === 'test') {
      sentences.push(file.key.includes('/') ? `${file.name}: a test file inside an archive is not used; choose it by itself on the Split card.` : `${file.name}: its pairs become the test set.`);
    } else if (m.role === 'interactions') {
      const titles = [...of('title').slice(0, 1), ...of('artist').slice(0, 1)];
      if (of('user').length === 0) problems.push(`${file.name}: choose which column is the user.`);
      if (of('item').length === 0 && titles.length === 0) problems.push(`${file.name}: choose which column is the item, or at least its title.`);
      const rest = (['time', 'value', 'title', 'artist', 'text', 'category', 'number', 'tags'] as const).filter((r) => of(r).length > 0);
      const parts = (['user', 'item', ...rest] as const).map((r) => `${r} = ${of(r).join(' + ') || (r === 'item' && titles.join(' + ')) || '?'}`);
      if (of('time').length === 0) parts.push('no time, so the order of the rows counts');
      if (of('value').length === 0) parts.push('no value, so every row counts 1');
      sentences.push(`${file.name}: ${parts.join(', ')}.`);
    } else if (m.role === 'matrix') {
      const user = [...of('user'), ...of('id')];
      const items = of('item');
      if (user.length === 0) problems.push(`${file.name}: choose which column names the user of each row.`);
      if (items.length === 0) problems.push(`${file.name}: no column is left as an item.`);
      sentences.push(`${file.name}: one row per user (${user.join(' + ') || '?'}), ${items.length.toLocaleString('en-US')} columns as items; every filled cell that is not 0 is an interaction.`);
    } else {
      const entity = m.role === 'users' ? 'user' : 'item';
      const id = entity === 'item' && byTitle ? [...of('title').slice(0, 1), ...of('artist').slice(0, 1)] : [...of('id'), ...of(entity)];
      if (id.length === 0 && !lone) problems.push(`${file.name}: choose which column is the ${entity}’s ${entity === 'item' && byTitle ? 'title' : 'id'}.`);
      const kept = file.columns.filter((c) => !['ignore', 'id', 'user', 'item', 'title'].includes(m.columns[c.index] ?? 'ignore'));
      const label = of('title')[0];
      const about = kept.length === 0 ? (label ? `named by ${label}` : 'no further columns') : `${label ? `named by ${label}, ` : ''}${list(kept.slice(0, 6).map((c) => c.name))}${kept.length > 6 ? ` and ${kept.length - 6} more` : ''} kept`;
      sentences.push(`${file.name}: ${id.length === 0 && lone ? `one ${entity} a row, numbered because no column is its id` : `${entity} = ${id.join(' + ') || '?'}`}, ${about}.`);
    }
  }

  if (lone) sentences.push(`No file says who chose what, so there is nothing to train on; the ${lone} alone can be looked at on Explore.`);
  else if (!hasInteractions) problems.unshift(`No file holds interactions: give one file the role "Interactions" or "User × item matrix". To look at a table alone, give it the role "Items" or "Users"${used.length > 1 ? ' and the other files the role "Ignore"' : ''}.`);
  return { ready: problems.length === 0, sentences, problems };
}

/** A data set's name from what was dropped: the archive's, else the interactions file's or that of a table alone, without its endings. */
export function nameFor(files: readonly { name: string }[], mapping: Mapping): string {
  const only = files.length === 1 ? files[0]?.name : undefined;
  const key = (mapping.files.find((f) => f.role === 'interactions' || f.role === 'matrix') ?? mapping.files.find((f) => f.role === 'items' || f.role === 'users'))?.key;
  const name = only ?? key?.split('/').at(-1) ?? files[0]?.name ?? 'My data';
  return name.replace(/(\.(zip|gz|csv|tsv|txt|dat|data))+$/i, '') || name;
}
