import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapQuery, MOST_PICKED, readMapAddress, type MapAddress } from './map-address';

const there = (patch: Partial<MapAddress>): MapAddress => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(mapQuery(patch))) if (value !== null) query.set(name, value);
  return readMapAddress(new URLSearchParams(query.toString()));
};

describe('the map in the address', () => {
  it('what is written is read back, whatever the ids and labels hold', () => {
    const pick = fc.array(fc.record({ kind: fc.constantFrom('item' as const, 'user' as const), id: fc.string({ unit: 'grapheme' }) }), { maxLength: 8 });
    const look = fc.option(fc.record({ cx: fc.integer({ min: -999, max: 999 }), cy: fc.integer({ min: -999, max: 999 }), zoom: fc.integer({ min: 1, max: 9999 }) }));
    const label = fc.option(fc.string({ unit: 'grapheme' }));
    fc.assert(fc.property(fc.record({ by: label, only: label, users: fc.boolean(), umap: fc.boolean(), pick, look }), (address) => {
      expect(there(address)).toEqual(address);
    }));
  });
  it('a selection too large to send is not kept, and one is read no further', () => {
    const many = Array.from({ length: MOST_PICKED + 1 }, (_, n) => ({ kind: 'item' as const, id: String(n) }));
    expect(there({ pick: many }).pick).toEqual([]);
    expect(readMapAddress(new URLSearchParams({ pick: JSON.stringify(many.map((p) => `i:${p.id}`)) })).pick).toHaveLength(MOST_PICKED);
  });
  it.each(['1,2', '1,2,0', '1,2,-3', '1,,3', 'x,y,z', '1,2,3,4', 'Infinity,0,1'])('look=%s means nothing', (look) => {
    expect(readMapAddress(new URLSearchParams({ look })).look).toBeNull();
  });
  it.each(['[', '{}', '[1]', '["x:1","7"]'])('pick=%s selects nothing', (pick) => {
    expect(readMapAddress(new URLSearchParams({ pick })).pick).toEqual([]);
  });
});
