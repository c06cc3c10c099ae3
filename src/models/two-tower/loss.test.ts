import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../compute/load-backend';
import { tensor2d, tidy } from '../../compute/tensors';
import { lossOf, type LossSettings } from './loss';

beforeAll(() => loadBackend('cpu'));

const LOSSES = ['margin', 'bpr', 'softmax'] as const;
const loss = (scores: number[][], s: Partial<LossSettings>): number => tidy(() => lossOf(tensor2d(scores.flat(), [scores.length, scores[0]!.length]), { loss: 'margin', margin: 1, temperature: 1, ...s }).dataSync()[0]!);

describe('losses over a positive, in front, and its negatives', () => {
  it('margin ½, positive 1 against .75 and 0: (½ − ¼ and nothing) / 2 = ⅛', () => expect(loss([[1, 0.75, 0]], { margin: 0.5 })).toBeCloseTo(0.125, 6));
  it('BPR, positive ahead by ln 3: −ln σ(ln 3) = −ln ¾; behind by ln 3: −ln ¼', () => {
    expect(loss([[Math.log(3), 0]], { loss: 'bpr' })).toBeCloseTo(-Math.log(0.75), 6);
    expect(loss([[0, Math.log(3)]], { loss: 'bpr' })).toBeCloseTo(-Math.log(0.25), 6);
  });
  it('softmax at temperature ½, positive ahead by ½ ln 3: −ln ¾', () => expect(loss([[0.5 * Math.log(3), 0]], { loss: 'softmax', temperature: 0.5 })).toBeCloseTo(-Math.log(0.75), 6));
  it.each(LOSSES)('%s: raising a positive never raises the loss, raising a negative never lowers it', (name) => {
    const score = fc.integer({ min: -16, max: 16 }).map((k) => k / 8);
    fc.assert(fc.property(score, fc.array(score, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 8 }), (positive, negatives, step) => {
      const at = (p: number, n: number[]): number => loss([[p, ...n]], { loss: name });
      const now = at(positive, negatives);
      expect(at(positive + step / 8, negatives)).toBeLessThanOrEqual(now + 1e-6);
      expect(at(positive, [negatives[0]! + step / 8, ...negatives.slice(1)])).toBeGreaterThanOrEqual(now - 1e-6);
    }), { numRuns: 40 });
  });
});
