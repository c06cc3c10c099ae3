import { describe, expect, it } from 'vitest';
import type { EntityTable } from '../../core/dataset';
import { draftFromText, draftToText } from './new-item-draft';
import { EMPTY_DRAFT } from './new-item-fields';

const items: EntityTable = {
  ids: ['a', 'b', 'c', 'd'], label: 'title',
  columns: [
    { kind: 'text', name: 'title', values: ['one', 'two', 'three', 'four'] },
    { kind: 'categorical', name: 'genre', codes: Int32Array.of(0, 1, 0, 1), levels: ['rock', 'a,"b'] },
    { kind: 'tags', name: 'tags', offsets: Int32Array.of(0, 1, 2, 2, 2), codes: Int32Array.of(0, 1), levels: ['x', 'y'] },
    { kind: 'numeric', name: 'tempo', values: Float64Array.of(1, 2, 3, 4) },
  ],
};

describe('the form of a new item in the address', () => {
  it('comes back as it was', () => {
    const draft = { texts: { title: '=1+1 <b> 夜 🎵' }, labels: { genre: ['a,"b'], tags: ['x', 'y'] }, numbers: { tempo: -0.5 } };
    expect(draftFromText(draftToText(draft), items)).toEqual(draft);
  });
  it('of another data set keeps only what these items have: columns, labels that occur, one of a category, numbers', () => {
    const given = JSON.stringify([{ title: 'x', lyrics: 'gone', toString: 1 }, { genre: ['jazz', 'rock', 'a,"b'], tags: 'x', mood: ['sad'] }, { tempo: '7', energy: 1 }]);
    expect(draftFromText(given, items)).toEqual({ texts: { title: 'x' }, labels: { genre: ['rock'] }, numbers: {} });
  });
  it.each([null, '', '{}', 'null', '[', '7'])('%j is no form', (text) => expect(draftFromText(text, items)).toBeNull());
  it('an empty form and one too long to send are not written', () => {
    expect(draftToText(EMPTY_DRAFT)).toBeNull();
    expect(draftToText({ ...EMPTY_DRAFT, texts: { title: 'x'.repeat(10_000) } })).toBeNull();
  });
});
