import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHash, parseHash, SCREENS } from './url';

describe('routes', () => {
  it('survive the way into the address and back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SCREENS), fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { maxKeys: 5 }), (screen, query) => {
        const back = parseHash(formatHash(screen, query));
        expect(back.screen).toBe(screen);
        expect(back.query.toString()).toBe(new URLSearchParams(query).toString());
      }),
      { numRuns: 200 },
    );
  });
  it.each([
    ['', 'data'],
    ['#', 'data'],
    ['#/train', 'train'],
    ['#/train/', 'train'],
    ['#/nowhere', 'data'],
    ['#/constructor', 'data'],
    ['#main', 'data'],
  ])('%s opens %s', (hash, screen) => {
    expect(parseHash(hash).screen).toBe(screen);
  });
  it('keeps the parameters of a known screen and drops those of an unknown one', () => {
    expect(parseHash('#/train?model=two-tower&lr=2e-4').query.get('lr')).toBe('2e-4');
    expect([...parseHash('#/nowhere?model=x').query]).toEqual([]);
  });
});
