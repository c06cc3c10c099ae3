import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dimensionsOf } from './dimension';
import { recount } from './recount';
import { createSelection, type Filter } from './selection';
import { smallWorld } from './small-world';

const seeds = fc.integer({ min: 1, max: 1e6 });
const world = (seed: number) => {
  const data = smallWorld(seed, { users: 12, items: 9, rows: 90 });
  return { data, dimensions: dimensionsOf(data) };
};
/** Any filters over any dimensions, also empty ones that let nothing through. */
const filtersOf = (dimensions: ReturnType<typeof dimensionsOf>, picks: readonly { which: number; a: number; b: number }[]): Filter[] => {
  const out = new Map<string, Filter>();
  for (const { which, a, b } of picks) {
    const { about } = dimensions[which % dimensions.length]!;
    if (about.kind === 'levels' || about.kind === 'tags') {
      const names = [...about.levels, ''];
      out.set(about.id, { dimension: about.id, levels: [names[a % names.length]!, names[b % names.length]!] });
    } else {
      const [x, y] = [about.edges[a % about.edges.length]!, about.edges[b % about.edges.length]!];
      if (x !== y) out.set(about.id, { dimension: about.id, from: Math.min(x, y), to: Math.max(x, y) });
    }
  }
  return [...out.values()];
};
const pick = fc.record({ which: fc.nat(40), a: fc.nat(40), b: fc.nat(40) });

describe('selection', () => {
  it('counts after any series of filter changes what a recount of every row counts', () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.array(pick, { maxLength: 4 }), { minLength: 1, maxLength: 6 }), (seed, steps) => {
        const { data, dimensions } = world(seed);
        const selection = createSelection(data, dimensions);
        for (const step of steps) {
          const filters = filtersOf(dimensions, step);
          expect(selection.apply(filters)).toEqual([]);
          expect(selection.counts()).toEqual(recount(data, dimensions, filters));
        }
      }),
      { numRuns: 60 },
    );
  });
  it('keeps a chart whole under its own filter: only the others shrink', () => {
    const { data, dimensions } = world(7);
    const selection = createSelection(data, dimensions);
    const before = selection.counts();
    const country = dimensions.find((d) => d.about.id === 'users.country')!;
    selection.apply([{ dimension: 'users.country', levels: [country.about.levels[0]!] }]);
    const after = selection.counts();
    const at = dimensions.indexOf(country);
    expect(after.dimensions[at]).toEqual(before.dimensions[at]);
    expect(after.interactions).toBe(before.dimensions[at]!.rows[0]);
  });
  it('is back where it was once all filters are gone', () => {
    const { data, dimensions } = world(3);
    const selection = createSelection(data, dimensions);
    const before = selection.counts();
    selection.apply([{ dimension: 'items.year', from: 1990, to: 2000 }, { dimension: 'users.country', levels: [''] }]);
    selection.apply([]);
    expect(selection.counts()).toEqual(before);
  });
  it('says which filters name nothing known, and goes on without them', () => {
    const { data, dimensions } = world(3);
    const selection = createSelection(data, dimensions);
    const odd: Filter[] = [{ dimension: 'users.shoe size', levels: ['44'] }, { dimension: 'items.year', levels: ['1990'] }, { dimension: 'items.year', from: 5, to: 5 }];
    expect(selection.apply(odd)).toEqual(odd);
    expect(selection.counts().interactions).toBe(90);
  });
  it('tells row by row what is in', () => {
    const { data, dimensions } = world(5);
    const selection = createSelection(data, dimensions);
    selection.apply([{ dimension: 'activity', from: 8, to: 1000 }]);
    const inside = Array.from(data.interactions.user, (_, n) => n).filter((n) => selection.has(n)).length;
    expect(inside).toBe(selection.counts().interactions);
  });
});
