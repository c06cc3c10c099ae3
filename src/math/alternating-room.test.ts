import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../core/random';
import { alternatingRoom, type AlternatingRoom } from './alternating-room';
import { halfSweep, objective, RowSolver, type Side } from './alternating-rows';
import { csrFromTriplets, transpose, type Csr } from './csr';

interface World { f: number; g: number; steps: number; users: Side; items: Side; X: Float64Array; Y: Float64Array }

/** Values that float32 holds exactly, so that both ways start from the same numbers. */
const single = (n: number, draw: () => number): Float64Array => Float64Array.from({ length: n }, () => Math.fround(draw()));

function world(f: number, U: number, I: number, density: number, steps: number, implicit: boolean, seed: number): World {
  const r: Random = createRandom(seed, 'room');
  const row: number[] = [];
  const col: number[] = [];
  for (let u = 0; u < U; u++) for (let i = 0; i < I; i++) if (r.next() < density) { row.push(u); col.push(i); }
  const C = csrFromTriplets(U, I, row, col, single(row.length, () => 1 + 3 * r.next()));
  const side = (m: Csr): Side => ({
    entries: m, weight: implicit ? m.value.map((c) => Math.fround(c - 1)) : m.value.map(() => 1), target: implicit ? m.value : m.value.map(() => 1),
    ridge: single(m.rows, () => 0.1 + r.next()),
  });
  return { f, g: implicit ? 1 : Math.fround(0.2), steps, users: side(C), items: side(transpose(C)), X: single(U * f, () => 0.3 * r.normal()), Y: single(I * f, () => 0.3 * r.normal()) };
}
const roomOf = async (w: World): Promise<AlternatingRoom> => {
  const room = (await alternatingRoom(w.f, w.g, w.users, w.items, w.steps, 1))!;
  room.write(w.X, w.Y);
  return room;
};
const taken = (room: AlternatingRoom, w: World): { X: Float64Array; Y: Float64Array } => {
  const out = { X: new Float64Array(w.X.length), Y: new Float64Array(w.Y.length) };
  room.read(out.X, out.Y);
  return out;
};
const worlds = fc.record({
  f: fc.integer({ min: 1, max: 37 }), U: fc.integer({ min: 1, max: 90 }), I: fc.integer({ min: 1, max: 40 }), density: fc.constantFrom(0, 0.03, 0.2, 0.7),
  steps: fc.integer({ min: 1, max: 3 }), implicit: fc.boolean(), seed: fc.nat(1e6),
});
type Shape = typeof worlds extends fc.Arbitrary<infer S> ? S : never;
const worldOf = (p: Shape): World => world(p.f, p.U, p.I, p.density, p.steps, p.implicit, p.seed);
/** NaN where one is among them: Math.max hands it on. */
const largest = (v: Float64Array): number => v.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

describe('alternating least squares on one memory', () => {
  it('a sweep of either side gives the factors of the slow twin from the same start, empty rows included', async () => {
    await fc.assert(fc.asyncProperty(worlds, async (shape) => {
      const w = worldOf(shape);
      const room = await roomOf(w);
      const solver = new RowSolver(w.f, w.g, w.steps);
      let before = { X: w.X, Y: w.Y };
      for (const which of ['users', 'items', 'users'] as const) {
        for (const _ of room.sweep(which));
        const twin = which === 'users' ? before.X.slice() : before.Y.slice();
        for (const _ of which === 'users' ? halfSweep(solver, w.users, before.Y, twin) : halfSweep(solver, w.items, before.X, twin));
        const after = taken(room, w);
        const ours = which === 'users' ? after.X : after.Y;
        // Rounding of float32, 6e-8, times what the condition of these small systems makes of it.
        const allowed = 2e-4 * Math.max(1, largest(twin));
        expect(largest(twin.map((x, k) => ours[k]! - x))).toBeLessThan(allowed);
        const { start } = w[which].entries;
        const empty = [...start.keys()].filter((r) => start[r] === start[r + 1]);
        expect(empty.filter((r) => largest(ours.subarray(r * w.f, (r + 1) * w.f)) > 0)).toEqual([]);
        before = after;
      }
    }), { numRuns: 80 });
  });

  it('its objective is that of the slow twin, before and after a sweep', async () => {
    await fc.assert(fc.asyncProperty(worlds, async (shape) => {
      const w = worldOf(shape);
      const room = await roomOf(w);
      const compare = (X: Float64Array, Y: Float64Array): void => {
        const plain = objective(w.users, w.items.ridge, w.g, w.f, X, Y);
        const size = plain + w.users.target.reduce((s, t) => s + t, 0);
        expect(Math.abs(room.objective() - plain)).toBeLessThan(1e-5 * Math.max(1, size));
      };
      compare(w.X, w.Y);
      for (const _ of room.sweep('items'));
      const after = taken(room, w);
      compare(after.X, after.Y);
    }), { numRuns: 40 });
  });

  it('what is read is what was written, and a second memory gives the same bits', async () => {
    const w = world(7, 30, 20, 0.3, 3, true, 4);
    const room = await roomOf(w);
    expect(taken(room, w)).toEqual({ X: w.X, Y: w.Y });
    const again = await roomOf(w);
    for (const r of [room, again]) for (const _ of r.sweep('users'));
    expect(taken(again, w)).toEqual(taken(room, w));
  });

  it('hands out a large sweep in slices, in order, ending with the last row', async () => {
    const w = world(64, 12_000, 60, 0.5, 3, true, 1);
    const ends = [...(await roomOf(w)).sweep('users')];
    expect(ends.length).toBeGreaterThan(2);
    expect(ends.at(-1)).toBe(12_000);
    expect(ends).toEqual(ends.toSorted((a, b) => a - b));
  });

  it('yields after a few rows where each has very many entries', async () => {
    const w = world(512, 24, 6000, 1, 3, true, 1); // 5 · 10⁷ operations a user, of 3.2 · 10⁸ between two yields
    const ends = [...(await roomOf(w)).sweep('users')];
    expect(ends).toEqual([7, 14, 21, 24]);
  });

  it('where SIMD does not run there is no room, and the twin does the work', async () => {
    const validate = WebAssembly.validate;
    WebAssembly.validate = () => false;
    try {
      const w = world(2, 2, 2, 1, 1, true, 1);
      expect(await alternatingRoom(w.f, w.g, w.users, w.items, 1)).toBeNull();
    } finally {
      WebAssembly.validate = validate;
    }
  });
  it('on one to four threads, sweeps and objectives are the same to the last bit', async () => {
    await fc.assert(fc.asyncProperty(worlds, fc.integer({ min: 2, max: 4 }), async (shape, threads) => {
      // Enough users for several parts a sweep and several chunks of the objective.
      const w = worldOf({ ...shape, f: shape.f + 40, U: shape.U + 600, I: shape.I + 60 });
      const [one, many] = await Promise.all([1, threads].map(async (n) => {
        const room = (await alternatingRoom(w.f, w.g, w.users, w.items, w.steps, n))!;
        expect(room.threads).toBe(n);
        room.write(w.X, w.Y);
        const losses = [room.objective()];
        for (const which of ['users', 'items'] as const) {
          for (const _ of room.sweep(which));
          losses.push(room.objective());
        }
        const factors = taken(room, w);
        room.end();
        return { losses, ...factors };
      }));
      expect(many).toEqual(one);
    }), { numRuns: 6 });
  });
});
