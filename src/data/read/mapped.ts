/** Reads files by a mapping: which file is what, and which column. */
import type { ColumnRole, FileRole, Mapping, ReadOptions } from '../../../workers/protocol';
import type { EntityTable } from '../../core/dataset';
import { Problem } from '../../core/problem';
import type { RecipeContext, RecipeResult } from '../recipes/recipe';
import type { ByteSource } from './byte-source';
import { joinTables, readEntities, typedColumns, type EntityColumn } from './entities';
import { dayOrderOf } from './day-month';
import { createInteractions } from './interactions';
import { readMatrix } from './matrix';
import { openTable, type Table } from './table';

interface Mapped {
  table: Table;
  role: FileRole;
  columns: Record<number, ColumnRole>;
}

/** Roles that describe an item or user, in any table. */
const ABOUT: ReadonlySet<ColumnRole> = new Set(['title', 'artist', 'text', 'category', 'number', 'tags']);

export async function readMapped(sources: readonly ByteSource[], mapping: Mapping, ctx: RecipeContext): Promise<RecipeResult> {
  const mapped: Mapped[] = [];
  for (const file of mapping.files) {
    if (file.role === 'ignore' || file.role === 'test') continue;
    const source = sources.find((s) => s.key === file.key);
    if (!source) throw new Problem('The mapping names a file that is not there.', { file: file.key }, `There ${sources.length === 1 ? 'is' : 'are'}: ${sources.map((s) => s.key).join(', ')}.`);
    mapped.push({ table: await open(source, file.options, ctx), role: file.role, columns: file.columns });
  }
  const with_ = (role: FileRole): Mapped[] => mapped.filter((m) => m.role === role);
  const [long, wide] = [with_('interactions'), with_('matrix')];
  if (long.length + wide.length === 0) return readLone(mapped, mapping, ctx);

  const all = (role: ColumnRole): boolean => long.length > 0 && wide.length === 0 && long.every((m) => columnsWith(m, role).length > 0);
  const rows = createInteractions(all('time'), wide.length > 0 ? long.every((m) => columnsWith(m, 'value').length > 0) : all('value'));
  const result: RecipeResult = { sources: [], interactions: rows.done(), users: null, items: null, notes: [] };
  for (const role of ['time', 'value'] as const) {
    if (long.length + wide.length > 1 && !all(role) && long.some((m) => columnsWith(m, role).length > 0) && !(role === 'value' && wide.length > 0)) {
      result.notes.push(`Not every file of interactions has a ${role} column, so ${role}s are left out.`);
    }
  }
  const tests = mapping.files.filter((f) => f.role === 'test');
  if (tests.length) result.notes.push(`${tests.map((f) => `"${f.key}"`).join(' and ')} is no part of the data set: choose it as your own test file when splitting.`);
  const itemFiles = with_('items');
  let about: EntityColumn[] = [];
  for (const m of long) {
    const user = columnsWith(m, 'user');
    let item = columnsWith(m, 'item');
    const looseItem = item.length === 0;
    if (looseItem) item = titleKey(m);
    if (user.length === 0 || item.length === 0) throw missing(m, user.length === 0 ? 'user' : 'item');
    const own = entityColumns(m);
    if (itemFiles.length === 0 && about.length === 0) about = own;
    const count = await rows.read(
      m.table,
      { user, item, time: all('time') ? columnsWith(m, 'time')[0]! : null, value: columnsWith(m, 'value')[0] ?? null, about: itemFiles.length === 0 && long.length === 1 ? about.map((c) => c.index) : [], looseItem },
      ctx.rejected,
      progress(m, ctx),
    );
    result.sources.push(sourceLine(m, 'interactions', count, ctx));
    if (all('time')) result.notes.push(...dateNotes(m, columnsWith(m, 'time')[0]!));
    if (looseItem) result.notes.push(`Items are told apart by ${item.map((c) => `"${m.table.shape.names[c]}"`).join(' and ')}, without regard to case: different items of one name count as one.`);
    if (own.length && itemFiles.length) result.notes.push(`Columns about items in "${m.table.source.name}" are left out, because there is an item table.`);
  }
  for (const m of wide) {
    const [user] = columnsWith(m, 'user');
    const items = columnsWith(m, 'item');
    if (user === undefined || items.length === 0) throw missing(m, user === undefined ? 'user' : 'item');
    result.sources.push(sourceLine(m, 'interactions', await readMatrix(m.table, user, items, rows, ctx.rejected, progress(m, ctx)), ctx));
  }

  const { about: cells, ...interactions } = rows.done();
  result.interactions = interactions;
  if (cells.length) {
    const typed = typedColumns(about, about.map((_, c) => cells.map((r) => r[c]!)));
    result.items = { ids: interactions.item.levels, columns: typed.columns, label: typed.label };
    result.notes.push(...typed.notes, `What is known about items comes from the interactions: the first row of each item counts.`);
  }
  result.users = await readAll(with_('users'), 'users', false, result, ctx);
  result.items = (await readAll(itemFiles, 'items', long.length > 0 && long.every((m) => columnsWith(m, 'item').length === 0), result, ctx)) ?? result.items;
  return result;
}

/** Which way round day and month were read, where they are numbers. */
function dateNotes({ table }: Mapped, column: number): string[] {
  const found = dayOrderOf(table.sample.map((r) => r[column] ?? ''));
  if (!found) return [];
  const [way, other] = found.order === 'mdy' ? ['month first', 'day first'] : ['day first', 'month first'];
  const name = `The dates in "${table.shape.names[column]}"`;
  return [found.because ? `${name} are read ${way}, because of dates like ${found.because}.` : `${name} are read ${way}, but nothing in the first ${table.sample.length.toLocaleString('en-US')} rows rules out ${other}: check the first and last date above, and write them as YYYY-MM-DD if they are wrong.`];
}

/** One table of users or items and nothing else: it can be looked at. Without an id its rows are numbered. */
async function readLone(mapped: readonly Mapped[], mapping: Mapping, ctx: RecipeContext): Promise<RecipeResult> {
  const [m] = mapped;
  if (mapped.length !== 1 || !m || (m.role !== 'items' && m.role !== 'users')) {
    throw new Problem('No file is chosen as interactions: without knowing who chose what there is nothing to learn.', { file: mapping.files[0]?.key }, 'Give one file the role "interactions" (a row per user and item) or "matrix" (a row per user). To look at one table alone, leave the others out.');
  }
  const result: RecipeResult = { sources: [], interactions: createInteractions(false, false).done(), users: null, items: null, lone: m.role, notes: [] };
  const own = columnsWith(m, 'id');
  const read = await readEntities(m.table, own.length ? own : columnsWith(m, m.role === 'users' ? 'user' : 'item'), false, entityColumns(m), ctx.rejected, progress(m, ctx));
  result[m.role] = read.table;
  result.sources.push(sourceLine(m, m.role, read.rows, ctx));
  result.notes.push(...read.notes);
  return result;
}

async function open(source: ByteSource, options: ReadOptions, ctx: RecipeContext): Promise<Table> {
  return openTable(source, options, { signal: ctx.signal, onDone: (done) => ctx.onProgress('Checking the encoding of', source, done) });
}

const progress = (m: Mapped, ctx: RecipeContext) => ({ signal: ctx.signal, onDone: (done: number) => ctx.onProgress('Reading', m.table.source, done) });

const sourceLine = (m: Mapped, role: 'interactions' | 'users' | 'items', rows: number, ctx: RecipeContext) => ({ name: m.table.source.key, bytes: m.table.source.size, role, rows, rejected: ctx.rejected.count(m.table.source.key) });

/** Column numbers with that role which the table really has. */
function columnsWith(m: Mapped, role: ColumnRole): number[] {
  return Object.entries(m.columns)
    .filter(([c, r]) => r === role && Number(c) < m.table.shape.names.length)
    .map(([c]) => Number(c));
}

const titleKey = (m: Mapped): number[] => [...columnsWith(m, 'title').slice(0, 1), ...columnsWith(m, 'artist').slice(0, 1)];

function entityColumns(m: Mapped): EntityColumn[] {
  return m.table.shape.names.flatMap((name, index) => {
    const role = m.columns[index];
    return role && ABOUT.has(role) ? [{ index, name, role }] : [];
  });
}

function missing(m: Mapped, what: string): Problem {
  const { names } = m.table.shape;
  return new Problem(
    names.length === 1 ? `The table has only one column ("${names[0]}"), so no ${what} can be told from it.` : `No column is chosen as ${what}.`,
    { file: m.table.source.key, line: 1 },
    names.length === 1 ? 'Choose the delimiter by hand if the rows do hold more than one cell.' : `Choose one of: ${names.join(', ')}.`,
  );
}

async function readAll(files: readonly Mapped[], role: 'users' | 'items', loose: boolean, result: RecipeResult, ctx: RecipeContext): Promise<EntityTable | null> {
  let joined: EntityTable | null = null;
  for (const m of files) {
    const own = columnsWith(m, 'id');
    const key = loose ? titleKey(m) : own.length ? own : columnsWith(m, role === 'users' ? 'user' : 'item');
    if (key.length === 0) throw missing(m, loose ? 'title' : 'id');
    const read = await readEntities(m.table, key, loose, entityColumns(m), ctx.rejected, progress(m, ctx));
    result.sources.push(sourceLine(m, role, read.rows, ctx));
    result.notes.push(...read.notes);
    joined = joined ? joinTables(joined, read.table) : read.table;
  }
  return joined;
}
