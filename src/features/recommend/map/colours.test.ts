import { describe, expect, it } from 'vitest';
import type { EntityTable } from '../../../core/dataset';
import { bytesOf, colouring, COLOUR_BY_POPULARITY, COLOUR_BY_SLICE } from './colours';

const items: EntityTable = {
  ids: ['a', 'b', 'c', 'd'], label: null,
  columns: [
    { kind: 'categorical', name: 'tag', codes: Int32Array.of(1, 1, 0, -1), levels: ['jazz', 'rock'] },
    { kind: 'tags', name: 'genres', offsets: Int32Array.of(0, 2, 2, 3, 4), codes: Int32Array.of(0, 1, 1, 1), levels: ['x', 'y'] },
    { kind: 'numeric', name: 'tempo', values: Float64Array.of(100, NaN, 120, 90) },
  ],
};
const by = (name: string) => colouring({ by: name, items, temperature: Uint8Array.of(0, 1, 2, 1), degree: Int32Array.of(9, 1, 0, 2), dark: false, token: () => '#f2a33a' });

describe('colours of a map', () => {
  it('labels: the most frequent level first, an empty cell has none', () => {
    const { group, legend, words } = by('tag');
    expect(legend.map((l) => [l.label, l.count])).toEqual([['rock', 2], ['jazz', 1]]);
    expect([...group]).toEqual([0, 0, 1, -1]);
    expect([words(0), words(3)]).toEqual(['rock', '']);
  });
  it('of several tags the first counts', () => {
    expect([0, 1, 2, 3].map(by('genres').words)).toEqual(['x', '', 'y', 'y']);
  });
  it('warm, cold and strictly new count to all items', () => {
    expect(by(COLOUR_BY_SLICE).legend.map((l) => [l.label, l.count])).toEqual([['warm', 1], ['cold', 2], ['strictly new', 1]]);
  });
  it('numbers go by rank, an empty one has no colour, and every legend entry counts somebody', () => {
    for (const name of ['tempo', COLOUR_BY_POPULARITY]) {
      const { group, legend } = by(name);
      legend.forEach((l, g) => expect(group.reduce((n, x) => n + Number(x === g), 0)).toBe(l.count));
    }
    expect(by('tempo').group[1]).toBe(-1);
  });
  it('reads tokens of three and six digits', () => {
    expect([bytesOf('#fff'), bytesOf(' #102030')]).toEqual([[255, 255, 255], [16, 32, 48]]);
  });
});
