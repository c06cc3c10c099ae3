/** "Bring your own test file": (user, item) pairs from any readable table. */
import type { ReadOptions } from '../../workers/protocol';
import { Problem } from '../core/problem';
import { cellsOf, guessKeys, guessNamelessKeys } from './read/guess-columns';
import { expand } from './read/expand';
import { idOf } from './read/interactions';
import { createRejected } from './read/rejected';
import { openTable, readRows } from './read/table';

/**
 * The pairs by source id, in file order. Columns are found by their names, else the first two are user and item.
 * @throws Problem when the file is no table of at least two columns, or a row lacks a user or item
 */
export async function readTestFile(file: File, signal?: AbortSignal, options: ReadOptions = {}): Promise<{ user: string[]; item: string[] }> {
  const { sources } = await expand([file], signal);
  if (sources.length !== 1) throw new Problem(`The test file holds ${sources.length} tables.`, { file: file.name }, 'Choose one table with a user and an item in every row.');
  const table = await openTable(sources[0]!, options, { signal });
  const { names } = table.shape;
  const keys = table.shape.header ? guessKeys(table) : guessNamelessKeys(table);
  // A test table may have one row per user, so repeats say nothing here; names, then position, decide.
  const user = keys.user >= 0 ? keys.user : 0;
  const item = keys.item >= 0 ? keys.item : names.findIndex((_, c) => c !== user && cellsOf(table, c).length > 0);
  if (names.length < 2 || item < 0) throw new Problem('A test file needs a user and an item in every row; only one column was found.', { file: file.name, line: 1, value: names[0] }, 'Save it with a comma or tab between user and item.');
  const rejected = createRejected();
  const pairs = { user: [] as string[], item: [] as string[] };
  await readRows(
    table,
    rejected,
    (batch) =>
      batch.rows.forEach((row, k) => {
        const u = idOf(row, [user]);
        const i = idOf(row, [item]);
        if (u && i) {
          pairs.user.push(u);
          pairs.item.push(i);
        } else rejected.add(file.name, batch.lines[k]!, u ? `no item in "${names[item]}"` : `no user in "${names[user]}"`, row);
      }),
    { signal },
  );
  const bad = rejected.summary();
  const first = bad.reasons[0];
  // A test row silently left out would change the result it is meant to check.
  if (first) throw new Problem(`${bad.total.toLocaleString('en-US')} row${bad.total === 1 ? '' : 's'} of the test file cannot be used: ${first.reason}.`, { file: file.name, line: first.firstLine, value: first.sample }, 'Correct or remove these rows.');
  if (pairs.user.length === 0) throw new Problem('The test file has a header and no rows.', { file: file.name }, 'Choose a file with test interactions.');
  return pairs;
}
