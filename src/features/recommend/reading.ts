/** One sentence about the lists shown, computed from them. Pure. */
import { labelOf, type EntityTable } from '../../core/dataset';
import { count } from '../../ui/format';
import type { ShownList } from './export';
import { clip } from './item-words';

const namesOf = (lists: readonly ShownList[]): string[] => lists.map((l) => clip(l.run.name, 40));

export function readingOf(lists: readonly ShownList[], items: EntityTable): string {
  const names = namesOf(lists);
  const parts: string[] = [];
  const tests = lists.map((l) => l.list.heldOut.filter((h) => h.part === 'test' && h.rank > 0));
  const first = tests[0]?.[0];
  if (first && tests.every((t) => t.length === 1 && t[0]!.item === first.item)) {
    const places = tests.map((t, n) => ({ name: names[n]!, rank: t[0]!.rank })).sort((a, b) => a.rank - b.rank);
    parts.push(`what was held out, “${clip(labelOf(items, first.item), 60)}”, stands at ${places.map((p) => `${count(p.rank)} by ${p.name}`).join(', ')}`);
  }
  if (lists.length > 1) {
    const sets = lists.map((l) => new Set(l.list.items));
    const shared = [...sets[0]!].filter((i) => sets.every((s) => s.has(i))).length;
    const most = Math.min(...lists.map((l) => l.list.items.length));
    parts.push(shared === 0 ? `the lists have nothing in common` : `${shared} of ${most} items stand in ${lists.length === 2 ? 'both lists' : 'all lists'}`);
  }
  const cold = lists.map((l) => Array.from(l.list.items).filter((i) => (l.served.temperature[i] ?? 0) > 0).length);
  parts.push(
    cold.every((n) => n === 0)
      ? `no cold item is recommended`
      : `cold or new items: ${cold.map((n, k) => `${n} of ${lists[k]!.list.items.length}${lists.length > 1 ? ` by ${names[k]}` : ''}`).join(', ')}`,
  );
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
