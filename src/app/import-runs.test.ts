import { expect, it } from 'vitest';
import { RATING_FORMAT } from '../core/rating-run';
import { RUN_FORMAT } from '../core/run';
import { holdsRatings } from './import-runs';

it('a file goes by the format of its first document; what cannot be read goes to the reader that says why', () => {
  expect(holdsRatings(JSON.stringify({ format: RATING_FORMAT }))).toBe(true);
  expect(holdsRatings(JSON.stringify([{ format: RATING_FORMAT }, {}]))).toBe(true);
  for (const other of [JSON.stringify({ format: RUN_FORMAT }), '[]', 'null', '3', '', '{"format":']) expect(holdsRatings(other)).toBe(false);
});
