import { describe, expect, it } from 'vitest';
import { cardOf } from '../../models/catalogue';
import { checkSearch, createSearchForm, FRESH, searchable, searchFromQuery, searchToQuery, type SearchFormState } from './search-form';

const knn = cardOf('item-knn');
const als = cardOf('als');
const query = (patch: Record<string, string | null>): URLSearchParams => new URLSearchParams(Object.entries(patch).filter((e): e is [string, string] => e[1] !== null));
const search: SearchFormState = { ...FRESH, mode: 'search' };

describe('the search form', () => {
  it('opens with the main settings of the card and a range the card allows', () => {
    for (const card of [knn, als, cardOf('two-tower'), cardOf('lightfm')]) {
      const { strategy, errors } = checkSearch(card, search, 1, 25);
      expect(errors).toEqual({});
      expect(strategy!.space.map((d) => d.name)).not.toContain('epochs');
      expect(strategy!.space.length).toBeGreaterThan(0);
    }
  });
  it('travels in the address and comes back the same', () => {
    const form = createSearchForm();
    form.set({ mode: 'search', strategy: 'grid', trials: '9', minutes: '2', workers: 2 });
    form.setField(knn, 'k', { min: '5', max: '50', steps: '3' });
    form.setField(knn, searchable(knn).find((n) => n !== 'k')!, { on: false });
    const { state, problems } = searchFromQuery(knn, query(searchToQuery(knn, form.store.getState())));
    const { problems: _, ...before } = form.store.getState();
    expect(problems).toEqual([]);
    expect(checkSearch(knn, state, 1, 0)).toEqual(checkSearch(knn, before, 1, 0));
    expect(state).toMatchObject({ mode: 'search', strategy: 'grid', trials: '9', minutes: '2', workers: 2 });
    expect(query(searchToQuery(knn, FRESH)).toString()).toBe('');
  });
  it.each([
    ['range.k=0..50', 'k', /least k to try must be a whole number from 1 to/],
    ['range.k=5..x', 'k', /received "x"/],
    ['range.weighting=bm25,cosine', 'weighting', /must be among none/],
    ['trials=0', 'trials', /whole number from 1 to 1,000; received "0"/],
    ['trials=NaN', 'trials', /received "NaN"/],
    ['minutes=-3', 'minutes', /above 0/],
    ['strategy=halving', 'strategy', /has no epochs/],
  ])('%s in the address is refused beside its field with what is allowed', (text, name, message) => {
    const { state } = searchFromQuery(knn, new URLSearchParams(`mode=search&${text}`));
    const checked = checkSearch(knn, state, 1, 0);
    expect(checked.errors[name]).toMatch(message);
    expect(checked.strategy).toBeNull();
  });
  it('what an address names and there is not is said', () => {
    expect(searchFromQuery(knn, new URLSearchParams('mode=search&strategy=luck&range.depth=1..2&workers=9')).problems).toEqual([
      expect.stringMatching(/no strategy "luck"/), expect.stringMatching(/from 1 to 4 on this device; received "9"/), expect.stringMatching(/no setting "depth"/),
    ] as string[]);
  });
  it('halving leaves the epochs to itself and says its rounds', () => {
    const form = createSearchForm();
    form.set({ mode: 'search', strategy: 'halving', trials: '13' });
    form.setField(als, 'epochs', { on: true });
    const checked = checkSearch(als, form.store.getState(), 1, 9);
    expect(checked.strategy!.space.map((d) => d.name)).not.toContain('epochs');
    expect(checked.rounds).toEqual([{ count: 9, epochs: 1 }, { count: 3, epochs: 3 }, { count: 1, epochs: 9 }]);
  });
});
