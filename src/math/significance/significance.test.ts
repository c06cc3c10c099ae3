import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random';
import { holm } from './holm';
import { pairedBootstrap } from './paired-bootstrap';
import { pairedT } from './paired-t';
import { twoSidedT } from './student-t';
import { wilcoxon } from './wilcoxon';

describe('worked examples', () => {
  it('differences 1, 2, 3: t = 2√3, and with two degrees of freedom p = 1 − t/√(t² + 2)', () => {
    const { t, df, p } = pairedT([1, 2, 3])!;
    expect(t).toBeCloseTo(2 * Math.sqrt(3), 14);
    expect(df).toBe(2);
    expect(p).toBeCloseTo(1 - t / Math.sqrt(t * t + 2), 13);
  });
  it('one degree of freedom is Cauchy’s: P(|T| ≥ 1) = 1/2', () => expect(twoSidedT(1, 1)).toBeCloseTo(0.5, 14));
  it('means 0, 1, 2: interval .05 to 1.95, p = 2/3', () => {
    const b = pairedBootstrap([0, 2], [[0, 0], [0, 1], [1, 1]])!;
    expect([...b.means]).toEqual([0, 1, 2]);
    expect(b.low).toBeCloseTo(0.05, 14);
    expect(b.high).toBeCloseTo(1.95, 14);
    expect(b.p).toBeCloseTo(2 / 3, 14);
  });
  it('three rises of three: two of eight sign patterns, p = 1/4', () => expect(wilcoxon([1, 2, 3])).toEqual({ w: 0, z: null, p: 0.25 }));
  it('Holm: .01, .04, .03 -> .03, .06, .06', () => [0.03, 0.06, 0.06].forEach((x, k) => expect(holm([0.01, 0.04, 0.03])[k]).toBeCloseTo(x, 14)));
});

describe('awkward cases', () => {
  it('two models that are alike cannot be told apart', () => {
    expect(pairedT([0, 0, 0])).toMatchObject({ t: 0, p: 1, low: 0, high: 0 });
    expect(wilcoxon([0, 0, 0])).toBeNull();
    expect(pairedBootstrap([0, 0, 0], { count: 20, random: createRandom(1) })).toMatchObject({ mean: 0, low: 0, high: 0, standardError: 0, p: 1 });
  });
  it('a difference that never varies is beyond doubt', () => expect(pairedT([0.5, 0.5, 0.5])).toMatchObject({ p: 0, low: 0.5, high: 0.5 }));
  it('too few differences say nothing', () => {
    expect(pairedT([1])).toBeNull();
    expect(pairedBootstrap([], { count: 5, random: createRandom(1) })).toBeNull();
    expect(holm([])).toEqual([]);
  });
});

const differences = fc.array(fc.integer({ min: -20, max: 20 }).map((x) => x / 16), { minLength: 2, maxLength: 40 });
const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 10 });
const tests = (d: readonly number[]) => [pairedT(d)!.p, wilcoxon(d)?.p ?? 1, wilcoxon(d, 'pratt')?.p ?? 1];

describe('laws', () => {
  it('p lies in [0, 1], and naming the models the other way round changes none', () =>
    fc.assert(fc.property(differences, (d) => {
      const back = tests(d.map((x) => -x));
      tests(d).forEach((p, k) => {
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(back[k]).toBeCloseTo(p, 12);
      });
    })));
  it('the order of users changes nothing', () =>
    fc.assert(fc.property(differences, fc.nat(), (d, turn) => {
      const turned = d.map((_, k) => d[(k + turn) % d.length]!);
      tests(turned).forEach((p, k) => expect(p).toBeCloseTo(tests(d)[k]!, 10));
    })));
  it('the t interval holds the mean, and leaves 0 out exactly where p < .05', () =>
    fc.assert(fc.property(differences, (d) => {
      const { mean, low, high, p } = pairedT(d)!;
      expect(low).toBeLessThanOrEqual(mean);
      expect(high).toBeGreaterThanOrEqual(mean);
      if (Math.abs(p - 0.05) > 1e-9) expect(low > 0 || high < 0).toBe(p < 0.05);
    })));
  it('resampled means lie between the smallest and the largest difference, and one seed gives one result', () =>
    fc.assert(fc.property(differences, fc.nat(99), (d, seed) => {
      const draw = () => pairedBootstrap(d, { count: 30, random: createRandom(seed, 'test') })!;
      const b = draw();
      expect(b.low).toBeLessThanOrEqual(b.high);
      for (const m of b.means) {
        expect(m).toBeGreaterThanOrEqual(Math.min(...d) - 1e-12);
        expect(m).toBeLessThanOrEqual(Math.max(...d) + 1e-12);
      }
      expect(draw()).toEqual(b);
    })));
  it('Holm lies between p and m·p, keeps the order and follows the order given', () =>
    fc.assert(fc.property(shares, (p) => {
      const a = holm(p);
      a.forEach((x, k) => {
        expect(x).toBeGreaterThanOrEqual(p[k]!);
        expect(x).toBeLessThanOrEqual(Math.min(1, p.length * p[k]!) + 1e-15);
        a.forEach((y, j) => expect(p[k]! < p[j]! ? x <= y : true).toBe(true));
      });
      expect(holm([...p].reverse())).toEqual([...a].reverse());
    })));
});

interface Paired {
  inputs: { ranks_a: number[]; ranks_b: number[] };
  bootstrap: { indices: number[][]; mean_difference: number; percentile_95: number[]; standard_error: number; p_two_sided: number; first_five_means: number[] };
  t_test: { t: number; df: number; p: number; mean_difference_95: number[] };
  wilcoxon: { zeros_dropped: { w: number; z: number; p: number }; pratt: { w: number; z: number; p: number }; exact: { differences: number[]; w: number; p: number } };
}
const file = '../shared/reference/metrics.json';

describe.skipIf(!existsSync(file))('equals the independent figures (skipped where ../shared is absent)', () => {
  const r = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { paired: Paired; holm: { p: number[]; adjusted: number[] } }) : null;
  const gain = (rank: number): number => (rank <= 10 ? 1 / Math.log2(rank + 1) : 0);
  const d = r ? r.paired.inputs.ranks_a.map((a, k) => gain(a) - gain(r.paired.inputs.ranks_b[k]!)) : [];
  const within = (got: number, expected: number, tolerance: number): void => expect(Math.abs(got - expected), `${got} and ${expected}`).toBeLessThanOrEqual(tolerance);

  it('paired bootstrap with the given draws, to 1e-12', () => {
    const e = r!.paired.bootstrap;
    const b = pairedBootstrap(d, e.indices)!;
    within(b.mean, e.mean_difference, 1e-12);
    within(b.low, e.percentile_95[0]!, 1e-12);
    within(b.high, e.percentile_95[1]!, 1e-12);
    within(b.standardError, e.standard_error, 1e-12);
    within(b.p, e.p_two_sided, 1e-12);
    e.first_five_means.forEach((m, k) => within(b.means[k]!, m, 1e-12));
  });
  it('paired t, to 1e-9', () => {
    const e = r!.paired.t_test;
    const t = pairedT(d)!;
    expect(t.df).toBe(e.df);
    within(t.t, e.t, 1e-9);
    within(t.p, e.p, 1e-9);
    within(t.low, e.mean_difference_95[0]!, 1e-9);
    within(t.high, e.mean_difference_95[1]!, 1e-9);
  });
  it('Wilcoxon, zeros dropped, Pratt and exact, to 1e-9', () => {
    const e = r!.paired.wilcoxon;
    for (const [got, expected] of [[wilcoxon(d)!, e.zeros_dropped], [wilcoxon(d, 'pratt')!, e.pratt]] as const) {
      expect(got.w).toBe(expected.w);
      within(got.z!, expected.z, 1e-9);
      within(got.p, expected.p, 1e-9);
    }
    expect(wilcoxon(e.exact.differences)).toEqual({ w: e.exact.w, z: null, p: e.exact.p });
  });
  it('Holm over seven comparisons, to 1e-12', () => holm(r!.holm.p).forEach((p, k) => within(p, r!.holm.adjusted[k]!, 1e-12)));
});
