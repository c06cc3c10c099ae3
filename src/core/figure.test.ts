import { expect, it } from 'vitest';
import { figure, significant } from './figure';

it('a figure in a sentence has no leading zero', () => {
  expect([0.5512, 1, -0.25, 12.3456, 0].map((x) => figure(x))).toEqual(['.551', '1.000', '-.250', '12.346', '.000']);
  expect([0.02134, 12.44, 0.00000012, -0.5].map((x) => significant(x))).toEqual(['.0213', '12.4', '1.20e-7', '-.500']);
});
