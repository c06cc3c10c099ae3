import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../core/dataset';
import { calibration, calibrationColumn, type ItemLabels } from './calibration';

const labels = (perItem: number[][], levels = 3): ItemLabels => ({
  offsets: Int32Array.from([0, ...perItem.map((_, i) => perItem.slice(0, i + 1).flat().length)]), codes: Int32Array.from(perItem.flat()), levels,
});
/** Items: 0 and 1 drama, 2 and 3 comedy, 4 both, 5 none, 6 thriller. */
const films = labels([[0], [0], [1], [1], [0, 1], [], [2]]);

describe('calibration', () => {
  it('a taste of half drama, half comedy, shown drama only: ½ ln(.5/.995) + ½ ln(.5/.005) = 1.9585', () =>
    expect(calibration([[0, 1]], [[0, 1, 2, 3]], films)).toBeCloseTo(0.5 * Math.log(0.5 / 0.995) + 0.5 * Math.log(100), 12));
  it('a list with the user’s own mixture: 0, whatever its length', () => expect(calibration([[0, 2]], [[0, 1, 2, 3]], films)).toBeCloseTo(0, 12));
  it('an item of two labels gives each half: as one drama and one comedy', () => expect(calibration([[4]], [[0, 2]], films)).toBeCloseTo(0, 12));
  it('nothing in common: ln 100, the most there is', () => expect(calibration([[6]], [[0]], films)).toBeCloseTo(Math.log(100), 12));
  it('items without a label count on neither side; a list or history of only those has no value and is in no mean', () => {
    expect(calibration([[0, 5]], [[0, 5, 5]], films)).toBeCloseTo(0, 12);
    expect(calibration([[5], [6]], [[0], [0]], films)).toBeCloseTo(Math.log(100), 12);
    expect(calibration([[5]], [[0]], films)).toBeNaN();
    expect(calibration([[]], [[0]], films)).toBeNaN();
    expect(calibration([[0]], [[]], films)).toBeNaN();
  });
  it('is never below 0 nor above ln 100', () => {
    const items = fc.array(fc.nat(6), { minLength: 1, maxLength: 8 });
    fc.assert(fc.property(items, items, (list, own) => {
      const c = calibration([list], [own], films);
      if (!Number.isNaN(c)) expect(c > -1e-12 && c < Math.log(100) + 1e-12).toBe(true);
    }));
  });
});

describe('the column it is measured by', () => {
  const category = (name: string, codes: number[], levels: number): Column => ({ kind: 'categorical', name, codes: Int32Array.from(codes), levels: Array.from({ length: levels }, (_, k) => `${k}`) });
  it('is the first with 2 to 200 labels that at least half of the items have', () => {
    const text: Column = { kind: 'text', name: 'title', values: ['a', 'b', 'c', 'd'] };
    const found = calibrationColumn([text, category('one', [0, 0, 0, 0], 1), category('rare', [0, -1, -1, -1], 2), category('many', [0, 1, 2, 3], 201), category('genre', [0, -1, 1, 1], 2), category('later', [0, 1, 0, 1], 2)], 4);
    expect(found?.name).toBe('genre');
    expect(found?.labels).toEqual({ offsets: Int32Array.of(0, 1, 1, 2, 3), codes: Int32Array.of(0, 1, 1), levels: 2 });
  });
  it('there may be none', () => expect(calibrationColumn([], 4)).toBeNull());
});
