import { expect, it } from 'vitest';
import type { SplitSummary } from '../../core/split';
import { leakageSentence, meaningOfCold, whyEmpty } from './split-words';
import { nounsOf } from './words';

const s: SplitSummary = { train: 67_637, validation: 1859, test: 1859, testUsers: 1859, items: 2823, coldItems: 2258, newItems: 11, highestColdDegree: 27, lowestWarmDegree: 27, testWarm: 1214, testCold: 645, testNew: 0, leakage: 0.813, notes: [] };
const n = nounsOf('hetrec-lastfm');

it('says what cold means with this threshold on this data', () => {
  expect(meaningOfCold({ kind: 'share', share: 0.8 }, s, n)).toBe('The bottom 80 % of artists by train interactions are cold: 2,258 of 2,823, with at most 27 interactions each. 11 of them have none at all and are strictly new.');
  expect(meaningOfCold({ kind: 'atMost', max: 1 }, { ...s, newItems: 0 }, n)).toBe('Artists with at most 1 train interaction are cold: 2,258 of 2,823.');
});
it('an empty slice says how large it is and what to do', () => {
  expect(whyEmpty('cold', s, n, true)).toBeNull();
  expect(whyEmpty('cold', { ...s, testCold: 0 }, n, true)).toBe('No cold test artists (0 of 1,859): raise the cold threshold.');
  expect(whyEmpty('new', { ...s, newItems: 0 }, n, true)).toContain('The split by date brings out new ones.');
  expect(whyEmpty('new', { ...s, newItems: 0 }, n, false)).not.toContain('by date');
});
it('leakage is put in words, and its absence too', () => {
  expect(leakageSentence(s, 'last')).toContain('81 % of test interactions are older');
  expect(leakageSentence({ ...s, leakage: 0 }, 'temporal')).toContain('nothing of the future');
  expect(leakageSentence({ ...s, leakage: null }, 'last')).toContain('cannot be measured');
});
