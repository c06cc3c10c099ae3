import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { membersText, parseMembers, type MemberSpec } from './members';

const member: fc.Arbitrary<MemberSpec> = fc.record({
  model: fc.constantFrom('item-knn', 'ease', 'als', 'pure-svd'),
  params: fc.dictionary(fc.constantFrom('k', 'lambda', 'weighting'), fc.constantFrom('1', '0.5', 'bm25'), { noNullPrototype: true }),
  weight: fc.integer({ min: 1, max: 100 }).map((n) => n / 100),
});
const key = (m: MemberSpec): string => membersText([{ ...m, weight: 1 }]);

describe('members as text', () => {
  it('what is written is read back', () => {
    fc.assert(fc.property(fc.uniqueArray(member, { minLength: 2, maxLength: 6, selector: key }), (members) => {
      expect(parseMembers(membersText(members))).toEqual(members);
    }));
  });
  it('item-knn:0.5,ease(lambda=500;k=3):.25 -> two members, the second with two settings', () => {
    expect(parseMembers(' item-knn:0.5, ease(lambda=500;k=3):.25')).toEqual([{ model: 'item-knn', params: {}, weight: 0.5 }, { model: 'ease', params: { lambda: '500', k: '3' }, weight: 0.25 }]);
  });
  it.each([
    ['item-knn:1', /from 2 to 6 models; received 1/],
    ['item-knn,ease:1', /a weight from 0 to 1 each/],
    ['item-knn:2,ease:1', /a weight from 0 to 1 each.*received "item-knn:2"/],
    ['item-knn:NaN,ease:1', /a weight from 0 to 1 each/],
    ['item-knn:-1,ease:1', /a weight from 0 to 1 each/],
    ['item-knn:0,ease:0', /at least one model a weight above 0/],
    ['item-knn:1,item-knn:0.5', /twice/],
    ['item-knn(k):1,ease:1', /name=value/],
  ])('%s is refused', (text, message) => expect(() => parseMembers(text)).toThrow(message));
});
