import { describe, expect, it } from 'vitest';
import { nearestPairs, sentencesOf } from './sentences';

describe('sentences', () => {
  it('are lines and sentences, each once; a text without an end is one', () => {
    expect(sentencesOf('Rain on the roof.\nRain on the roof.\nMy cat is dancing! Who knows?\nOh')).toEqual(['Rain on the roof.', 'My cat is dancing!', 'Who knows?']);
    expect(sentencesOf('Rice in the pan / An egg for the king')).toEqual(['Rice in the pan', 'An egg for the king']);
    expect(sentencesOf('Rain')).toEqual(['Rain']);
    expect(sentencesOf('  ')).toEqual([]);
  });
  it('the nearest pairs come first, no sentence twice, whatever the lengths of the rows', () => {
    const vectors = Float32Array.from([1, 0, 0, 2, /* b: */ 0, 1, 3, 0.3, 0, 0]);
    const pairs = nearestPairs(['x', 'y'], ['up', 'right', 'nothing'], vectors, 2, 5);
    expect(pairs.map((p) => [p.a, p.b])).toEqual([['y', 'up'], ['x', 'right']]);
    expect(pairs[0]!.cosine).toBeCloseTo(1, 6);
    expect(nearestPairs(['x'], [], vectors, 2, 5)).toEqual([]);
  });
});
