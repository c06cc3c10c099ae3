import { describe, expect, it } from 'vitest';
import type { Dimension } from '../../app/explore';
import { formatFilter, paramOf, readFilters } from './filter-address';
import { coreReading, correlationReading, leaked, levelsReading, numberReading, tailReading } from './readings';
import { exploreNouns, figure, momentName } from './words';

const country: Dimension = { id: 'users.country', table: 'users', name: 'country', kind: 'levels', levels: ['Spain', 'Peru', 'a~b..c', '<img src=x onerror=alert(1)>'], edges: new Float64Array(0), scale: 'linear', whole: true, unit: null, ofEntities: false, missing: 0 };
const year: Dimension = { ...country, id: 'items.year', table: 'items', name: 'year', kind: 'number', levels: [], edges: Float64Array.of(1990, 1991, 1992, 1993, 1994) };
const time: Dimension = { ...year, id: 'time', kind: 'time', name: 'time', edges: Float64Array.of(Date.UTC(2008, 0, 1) / 1000, Date.UTC(2010, 0, 1) / 1000), unit: 'year' };
const read = (text: string) => readFilters(new URLSearchParams(text), [country, year, time]);

it('where no test row is older than the training, nothing of the future is said to have been seen', () => {
  expect(leaked(0, 'play')).toBe('none of them is older than the newest training play, so the model has seen nothing of the future.');
  expect(leaked(0.2, 'play')).toContain('20 % of them are older');
  expect(leaked(0.9, 'play')).toContain('seen much');
});

describe('filters in the address', () => {
  it('come back as they were, whatever the names hold', () => {
    for (const f of [{ dimension: 'users.country', levels: ['a~b..c', '<img src=x onerror=alert(1)>', ''] }, { dimension: 'items.year', from: 1990.5, to: 1993 }, { dimension: 'time', from: time.edges[0]!, to: time.edges[1]! }]) {
      const about = [country, year, time].find((d) => d.id === f.dimension);
      const query = new URLSearchParams({ [paramOf(f.dimension)]: formatFilter(f, about)! });
      expect(readFilters(new URLSearchParams(query.toString()), [country, year, time])).toEqual({ filters: [f], refused: [] });
    }
  });
  it('are written as dates where they are times', () => expect(formatFilter({ dimension: 'time', from: time.edges[0]!, to: time.edges[1]! }, time)).toBe('2008-01-01..2010-01-01'));
  it('refuse what is not there with the allowed range, and keep the rest', () => {
    expect(read('f.users.country=Spain~Atlantis').filters).toEqual([{ dimension: 'users.country', levels: ['Spain'] }]);
    expect(read('f.users.country=Spain~Atlantis').refused[0]).toMatch(/"Atlantis" is not among the 4 values/);
    expect(read('f.items.year=2000..1990').refused[0]).toBe('"2000..1990" is no range of year: write FROM..TO between 1990 and 1994.');
    expect(read('f.items.year=..').refused).toHaveLength(1);
    expect(read('f.shoes=4&k=5').refused).toEqual(['The link filters by "shoes", which this data set does not have.']);
  });
});

describe('readings', () => {
  const n = exploreNouns('movielens-100k');
  it('names the long tail', () => {
    const text = tailReading({ entities: 100, interactions: 1000, gini: 0.7, curve: [], top: [], carriers: [{ share: 0.5, entities: 2 }, { share: 0.8, entities: 8 }] }, n.items, n.rows);
    expect(text).toMatch(/^8\.0 % of the films \(8 of 100\) carry 80 % of the ratings, and 2 carry half; a long tail/);
  });
  it('says who leads and what stands out against all data', () => {
    const text = levelsReading(country, Int32Array.of(60, 40, 0, 0, 0), Int32Array.of(80, 20, 100, 0, 0), true, 'ratings');
    expect(text).toBe('Spain leads with 60 % of the ratings; Peru is 4 times as frequent as in all data.');
  });
  it('finds the middle half of a number', () => expect(numberReading(year, Int32Array.of(10, 10, 10, 10, 0), 'films')).toBe('Half of the films lie between 1990 and 1992, the middle at 1991.'));
  it('says what a core loses', () => {
    const funnel = { users: Int32Array.of(10, 4), items: Int32Array.of(20, 5), interactions: Int32Array.of(100, 40) };
    expect(coreReading(funnel, 2, n)).toMatch(/keeps 40 % of the ratings and 4 viewers, and loses 75 % of the films/);
    expect(coreReading(funnel, 3, n)).toMatch(/Nothing is left at k = 3.*largest k that leaves anything is 2/);
  });
  it('names the strongest pair and what goes with popularity', () => expect(correlationReading(['a', 'b', 'p'], [1, -0.95, 0.05, -0.95, 1, -0.3, 0.05, -0.3, 1])).toBe('A and b go against each other most (r = −.95): one of the two would do as a feature; b says most about popularity (r = −.30).'));
});

describe('words', () => {
  it('writes moments in the words of their unit', () => expect(['year', 'quarter', 'month', 'day'].map((u) => momentName(Date.UTC(2008, 4, 3) / 1000, u))).toEqual(['2008', 'Q2 2008', 'May 2008', '3 May 2008']));
  it('writes years without a comma and small numbers without a zero', () => expect([figure(1999), figure(12345), figure(0.123), figure(12.34)]).toEqual(['1999', '12,345', '.123', '12.3']));
});
