/** The slow, obvious twin of selection.ts: looks at every row for every dimension. For tests and the benchmark. */
import type { DataSet } from '../../core/dataset';
import type { CodedDimension } from './dimension';
import { failing, type Filter, type SelectionCounts } from './selection';

export function recount(data: DataSet, dimensions: readonly CodedDimension[], filters: readonly Filter[]): SelectionCounts {
  const { user, item } = data.interactions;
  const tests = filters.map((f) => {
    const d = dimensions.find((x) => x.about.id === f.dimension)!;
    const fails = failing(d, f);
    const { table } = d.about;
    return { id: f.dimension, met: (n: number): boolean => fails[table === 'users' ? user[n]! : table === 'items' ? item[n]! : n] === 0 };
  });
  const selected = (n: number, except?: string): boolean => tests.every((t) => t.id === except || t.met(n));

  const users = new Set<number>();
  const items = new Set<number>();
  let interactions = 0;
  for (let n = 0; n < user.length; n++) {
    if (!selected(n)) continue;
    interactions++;
    users.add(user[n]!);
    items.add(item[n]!);
  }
  return {
    interactions,
    users: users.size,
    items: items.size,
    dimensions: dimensions.map((d) => {
      const rows = new Int32Array(d.size);
      const entities = new Int32Array(d.size);
      const { table, id } = d.about;
      const seen = new Set<number>();
      for (let n = 0; n < user.length; n++) {
        if (!selected(n, id)) continue;
        const e = table === 'users' ? user[n]! : table === 'items' ? item[n]! : n;
        const positions = d.offsets ? d.codes.subarray(d.offsets[e]!, d.offsets[e + 1]!) : [d.codes[e]!];
        for (const p of positions) {
          rows[p]!++;
          if (!seen.has(e)) entities[p]!++;
        }
        seen.add(e);
      }
      return { id, rows, entities };
    }),
  };
}
