import { describe, expect, it } from 'vitest';
import { createPace } from './pace';

describe('how many users are scored at a time', () => {
  it('16 at first, then as many as take 100 ms, as a power of two: 16 in 160 ms make 10, so 8; 8 in 5 ms make 160, so 128', () => {
    const pace = createPace(1024);
    const sizes = [pace.users];
    for (const [ms, users] of [[160, 16], [5, 8]] as const) {
      pace.took(ms, users, false);
      sizes.push(pace.users);
    }
    expect(sizes).toEqual([16, 8, 128]);
  });
  it('never none, never more than there is room for', () => {
    const pace = createPace(100);
    pace.took(60_000, 16, false);
    expect(pace.users).toBe(1);
    pace.took(0, 1, false);
    expect(pace.users).toBe(100);
    expect(createPace(5).users).toBe(5);
  });
  it('whole blocks for a model that answers later', () => {
    const pace = createPace(1024);
    pace.took(5000, 16, true);
    expect(pace.users).toBe(1024);
  });
});
