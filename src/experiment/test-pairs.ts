/** Reads a reviewer's own test file with the same recognition as any other file: (user, item) pairs by source id. */
import type { InspectedFile, Mapping } from '../../workers/protocol';
import { Problem } from '../core/problem';
import { inspect } from '../data/inspect';
import { load } from '../data/load';

export interface TestPairs {
  user: string[];
  item: string[];
}

/** @throws Problem when the file is no table, or no column looks like a user or an item */
export async function readTestPairs(file: File, signal?: AbortSignal): Promise<TestPairs> {
  const inspection = await inspect([file], undefined, undefined, signal);
  const table = inspection.files.find((f) => has(f, 'user') && has(f, 'item'));
  if (!inspection.recipe && !table) {
    throw new Problem(
      'No column of the test file looks like a user, or none like an item.', { file: file.name },
      'Give it a header with "user" and "item", or two columns: user first, item second.',
    );
  }
  const how = inspection.recipe
    ? { recipe: inspection.recipe.id }
    : { mapping: mappingOf(inspection.files, table!) };
  const { raw } = await load({ files: [file], ...how }, undefined, signal);
  const { user, item } = raw.interactions;
  return { user: Array.from(user, (u) => raw.users.ids[u]!), item: Array.from(item, (i) => raw.items.ids[i]!) };
}

const has = (f: InspectedFile, role: 'user' | 'item'): boolean => f.columns.some((c) => c.role === role);

function mappingOf(files: readonly InspectedFile[], table: InspectedFile): Mapping {
  return {
    files: files.map((f) => ({
      key: f.key,
      role: f === table ? 'interactions' : 'ignore',
      columns: Object.fromEntries(f.columns.map((c) => [c.index, c.role])),
      options: {},
    })),
  };
}
