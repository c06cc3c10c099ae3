import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random';
import { distinct, ownItems, owns, Sampler, usableRows } from './sampling';

/** A train set from each user's items and their validation item (−1: none). */
function world(I: number, lists: number[][], validation: number[]) {
  const userStart = Int32Array.from([0, ...lists.map(((sum) => (l: number[]) => (sum += l.length))(0))]);
  return {
    U: lists.length,
    I,
    user: Int32Array.from(lists.flatMap((l, u) => l.map(() => u))),
    item: Int32Array.from(lists.flat()),
    userStart,
    validationItem: Int32Array.from(validation),
  };
}
const worlds = fc.integer({ min: 3, max: 25 }).chain((I) =>
  fc
    .array(fc.tuple(fc.array(fc.nat(I - 1), { minLength: 1, maxLength: 12 }), fc.integer({ min: -1, max: I - 1 })), { minLength: 1, maxLength: 8 })
    .map((users) => world(I, users.map((u) => u[0]), users.map((u) => u[1]))),
);

describe('negatives', () => {
  it('are never a train or validation item of the user, positives come first', () => {
    fc.assert(
      fc.property(worlds, fc.nat(4), fc.integer({ min: 1, max: 4 }), fc.integer(), (train, out, inside, seed) => {
        const own = ownItems(train);
        const rows = usableRows(train, own);
        fc.pre(rows.length > 0);
        const { users, items } = new Sampler(train, own, out, inside, rows.length).batch(rows, createRandom(seed));
        const columns = 1 + out + inside;
        rows.forEach((row, b) => {
          expect(users[b]).toBe(train.user[row]);
          expect(items[b * columns]).toBe(train.item[row]);
          for (let k = 1; k < columns; k++) {
            const i = items[b * columns + k]!;
            expect(i).toBeGreaterThanOrEqual(0);
            expect(i).toBeLessThan(train.I);
            const list = train.item.subarray(train.userStart[users[b]!]!, train.userStart[users[b]! + 1]!);
            expect(list.includes(i)).toBe(false);
            expect(train.validationItem[users[b]!]).not.toBe(i);
          }
        });
      }),
    );
  });

  it('in-batch: four users with one item each → the three others, each position once', () => {
    const train = world(9, [[0], [1], [2], [3]], [-1, -1, -1, -1]);
    const { items } = new Sampler(train, ownItems(train), 0, 3, 4).batch(Int32Array.of(0, 1, 2, 3), createRandom(1));
    for (let b = 0; b < 4; b++) expect([...items.subarray(b * 4 + 1, b * 4 + 4)].sort()).toEqual([0, 1, 2, 3].filter((i) => i !== b));
  });

  it('in-batch: an item on two positions may be drawn twice, a third time it may not', () => {
    const train = world(9, [[0], [1], [1]], [-1, -1, -1]);
    const { items } = new Sampler(train, ownItems(train), 0, 2, 3).batch(Int32Array.of(0, 1, 2), createRandom(1));
    expect([...items.subarray(1, 3)]).toEqual([1, 1]);
  });

  it('in-batch: where too few positions qualify, the rest comes from the catalogue', () => {
    const train = world(50, [[0], [1]], [-1, -1]);
    const { items } = new Sampler(train, ownItems(train), 0, 5, 2).batch(Int32Array.of(0, 1), createRandom(1));
    const drawn = [...items.subarray(1, 6)];
    expect(drawn[0]).toBe(1);
    expect(drawn).not.toContain(0);
    expect(new Set(drawn.slice(1)).size).toBeGreaterThan(1);
  });

  it('out-of-batch: uniform over what the user does not own, also where they own nearly everything', () => {
    const train = world(100, [Array.from({ length: 97 }, (_, k) => k)], [97]);
    const sampler = new Sampler(train, ownItems(train), 1, 0, 1);
    const random = createRandom(3);
    const count = new Map<number, number>();
    for (let k = 0; k < 2000; k++) {
      const i = sampler.batch(Int32Array.of(0), random).items[1]!;
      count.set(i, (count.get(i) ?? 0) + 1);
    }
    expect([...count.keys()].sort()).toEqual([98, 99]);
    expect(Math.abs(count.get(98)! - 1000)).toBeLessThan(150); // 6.7 standard deviations
  });

  it('a user who owns every item is left out', () => {
    const train = world(3, [[0, 1], [1]], [2, -1]);
    expect([...usableRows(train, ownItems(train))]).toEqual([2]);
  });
});

it('owns: train and validation items, nothing else', () => {
  const own = ownItems(world(6, [[4, 1, 4]], [2]));
  expect([0, 1, 2, 3, 4, 5].filter((i) => owns(own, 0, i))).toEqual([1, 2, 4]);
});

it('distinct values in order of first appearance, scratch left clean', () => {
  const slots = new Int32Array(9).fill(-1);
  const { values, index } = distinct(Int32Array.of(7, 3, 7, 0), slots);
  expect([...values]).toEqual([7, 3, 0]);
  expect([...index]).toEqual([0, 1, 0, 2]);
  expect(slots.every((s) => s === -1)).toBe(true);
});
