import { expect, it } from 'vitest';
import { contextFor, scoreRows, trainFrom } from '../../math/small-matrices';
import { fitModule } from './fit';

it('chance: draws have the mean and spread of train, and differ from pair to pair', async () => {
  // Half 40, half 60, and far ends so that little is clipped: mean 50, sd about 11.
  const train = trainFrom(100, 60, Array.from({ length: 100 }, (_, k) => [k, 0, k === 0 ? 0 : k === 1 ? 100 : k % 2 ? 40 : 60] as const));
  const draws = (await scoreRows(await fitModule.fit(contextFor(train, {})), train)).flat();
  const mean = draws.reduce((s, x) => s + x, 0) / draws.length;
  const sd = Math.sqrt(draws.reduce((s, x) => s + (x - mean) ** 2, 0) / draws.length);
  expect(Math.abs(mean - 50)).toBeLessThan(1);
  expect(Math.abs(sd - 12.2)).toBeLessThan(1);
  expect(new Set(draws).size).toBeGreaterThan(5900);
});
