import { describe, expect, it } from 'vitest';
import { pickSide, sideFacts } from './side-facts';

const ids = { friends: { a: ['u1', 'u2', 'u3', 'u9'], b: ['u2', 'u1', 'u3', 'u1'] }, tagged: { item: ['i2', 'i1', 'gone'], tag: ['pop', 'rock', 'pop'], time: [10, 20, 30] } };

describe('side facts', () => {
  it('has a pair told both ways once; oneself and strangers are no friends', () => {
    const { friends } = sideFacts(ids, ['u1', 'u2', 'u3'], ['i1', 'i2']);
    expect([[...friends!.a], [...friends!.b]]).toEqual([[0], [1]]);
  });
  it('keeps labels of items that are in the data', () => {
    const { tagged } = sideFacts(ids, ['u1'], ['i1', 'i2']);
    expect([[...tagged!.item], [...tagged!.tag], [...tagged!.time], tagged!.levels]).toEqual([[1, 0], [0, 1], [10, 20], ['pop', 'rock']]);
  });
  it('follows users and items that get new numbers, and loses those that go', () => {
    const side = sideFacts({ friends: { a: ['a', 'a'], b: ['b', 'c'] }, tagged: ids.tagged }, ['a', 'b', 'c'], ['i1', 'i2']);
    const picked = pickSide(side, Int32Array.of(1, -1, 0), Int32Array.of(-1, 0));
    expect([[...picked.friends!.a], [...picked.friends!.b], [...picked.tagged!.item], [...picked.tagged!.time]]).toEqual([[0], [1], [0], [10]]);
  });
});
