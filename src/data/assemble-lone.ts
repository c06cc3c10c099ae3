/** A table of users or items alone as a data set without interactions. */
import type { DataSet } from '../core/dataset';
import type { LoneTable } from '../core/lone-table';
import { pickEntities } from './entity-rows';
import { hashData } from './hash';
import { orderOfIds } from './id-order';
import type { RecipeResult } from './recipes/recipe';

/** Rows in ascending order of id; of a repeated id the first row counts, and `notes` says how many there were. */
export function assembleLone(result: RecipeResult, which: LoneTable, about: { name: string; recipe: string }): { data: DataSet; notes: string[] } {
  const given = result[which]!;
  const rowOf = new Map<string, number>();
  given.ids.forEach((id, r) => {
    if (!rowOf.has(id)) rowOf.set(id, r);
  });
  const distinct = [...rowOf.keys()];
  const ids = Array.from(orderOfIds(distinct), (k) => distinct[k]!);
  const table = pickEntities(given, ids, Int32Array.from(ids, (id) => rowOf.get(id)!));
  const empty = { ids: [], columns: [], label: null };
  const interactions = { user: new Int32Array(0), item: new Int32Array(0), time: null, value: null, row: new Int32Array(0) };
  const users = which === 'users' ? table : empty;
  const items = which === 'items' ? table : empty;
  const repeated = given.ids.length - ids.length;
  return {
    data: { ...about, users, items, interactions, sources: result.sources, steps: [], hash: hashData(users.ids, items.ids, interactions), truth: null },
    notes: repeated === 0 ? [] : [`${repeated.toLocaleString('en-US')} row${repeated === 1 ? ' repeats' : 's repeat'} an id; the first row of each id is used.`],
  };
}
