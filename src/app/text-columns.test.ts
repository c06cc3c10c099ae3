import { describe, expect, it } from 'vitest';
import type { EntityTable } from '../core/dataset';
import { columnsOfName, textColumnFacts, textsOf } from './text-columns';

const items: EntityTable = {
  ids: ['1', '2', '3'],
  label: 'title',
  columns: [
    { kind: 'text', name: 'title', values: ['Rain', '', 'Harbour lights'] },
    { kind: 'categorical', name: 'artist', levels: ['Mira', 'Sol'], codes: Int32Array.of(1, 0, -1) },
    { kind: 'tags', name: 'tags', levels: ['slow', 'sea'], offsets: Int32Array.of(0, 2, 2, 3), codes: Int32Array.of(0, 1, 1) },
    { kind: 'numeric', name: 'year', values: Float64Array.of(1, 2, 3) },
  ],
};

describe('text columns', () => {
  it('text, categories and tags can be embedded, numbers cannot', () => {
    expect(textColumnFacts(items).map((c) => c.name)).toEqual(['title', 'tags', 'artist']);
    expect(textsOf(items, ['tags'])).toEqual(['slow, sea', '', 'sea']);
    expect(textsOf(items, ['year'])).toBeNull();
  });
  it('counts what is missing and finds the middle length: "Rain", "", "Harbour lights" -> 1 missing, 14', () => {
    expect(textColumnFacts(items)[0]).toMatchObject({ filled: 2, missing: 1, distinct: 2, medianLength: 14 });
  });
  it('joins columns into one text and leaves out what is empty', () => {
    expect(textsOf(items, ['title', 'artist'])).toEqual(['Rain. Sol', 'Mira', 'Harbour lights']);
  });
  it('finds the columns behind a joined name', () => {
    expect(columnsOfName(items, 'title + artist')).toEqual(['title', 'artist']);
    expect(columnsOfName(items, 'title + year')).toBeNull();
  });
});
