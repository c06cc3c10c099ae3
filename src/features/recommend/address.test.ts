import { describe, expect, it } from 'vitest';
import { readAddress } from './address';

const read = (text: string) => readAddress(new URLSearchParams(text));

describe('the address of Recommend', () => {
  it('says which tab, models, user, length, sliders and labels', () => {
    expect(read('tab=new-user&run=a,b&user=7&k=20&discovery=-30&diversity=50&have=["1","x,y"]&without=["tag~a~b"]&search=ivf:16:4&why=["a~7~x"]')).toEqual({
      tab: 'new-user', runs: ['a', 'b'], user: '7', have: ['1', 'x,y'], k: 20, discovery: -30, diversity: 50, without: [{ column: 'tag', level: 'a~b' }], only: [], search: 'ivf:16:4', why: { a: '7~x' },
    });
  });
  it('what is out of range or unreadable falls back to the default', () => {
    expect(read('tab=nothing&k=7&discovery=400&diversity=-1&have=[1&without=["x"]&why=["x"]')).toEqual({
      tab: 'person', runs: [], user: null, have: [], k: 10, discovery: 0, diversity: 0, without: [], only: [], search: null, why: {},
    });
  });
  it('takes at most three models', () => {
    expect(read('run=a,b,c,d').runs).toEqual(['a', 'b', 'c']);
  });
});
