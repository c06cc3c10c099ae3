import { expect, it } from 'vitest';
import { placedNames } from './placed-names';

it('a name stands at the right of its point, at its left near the edge, and gives way to a neighbour', () => {
  const [a] = placedNames([{ label: 'EASE', x: 100, y: 50 }], 30, 400);
  expect([a!.label, a!.x > 100]).toEqual(['EASE', true]);
  expect(placedNames([{ label: 'EASE', x: 395, y: 50 }], 30, 400)[0]!.x).toBeLessThan(370);
  const [one, two] = placedNames([{ label: 'EASE', x: 100, y: 50 }, { label: 'SLIM', x: 125, y: 52 }], 30, 400);
  expect([one!.x < 100, two!.x > 125]).toEqual([true, true]);
});
it('where points lie on one another some names are left out, and none lies on another', () => {
  const names = placedNames(Array.from({ length: 12 }, (_, k) => ({ label: `model ${k}`, x: 100 + k, y: 50 })), 30, 400);
  expect(names.length).toBeGreaterThan(0);
  expect(names.length).toBeLessThan(12);
  for (const [k, n] of names.entries()) for (const m of names.slice(k + 1)) expect(Math.abs(n.y - m.y) >= 13 || Math.abs(n.x - m.x) > 40).toBe(true);
});
