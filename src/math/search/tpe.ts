/**
 * Tree-structured Parzen estimator (Bergstra et al. 2011, "Algorithms for hyper-parameter optimization", §4).
 * Past trials are parted into the better γ and the rest; l(x) and g(x) are densities over each, and the next trial is,
 * of 24 points drawn from l, the one with the greatest l/g, parameter by parameter.
 *
 * In the paper the parameters form a tree and bandwidths follow the neighbours' distance; here the space is flat, the
 * bandwidth has a floor of the range over the number of points (as in the authors' code), and both densities hold one
 * even component, so no part of the range is ever out of reach.
 */
import { createRandom, type Random } from '../../core/random';
import { randomPoint } from './random';
import { isRange, placeOf, valueAt, type ListDimension, type Point, type RangeDimension } from './space';
import type { Outcome, Strategy, StrategySpec } from './strategy';

/** Share of past trials that count as good. The paper takes .15; a smaller share searches nearer the best, which pays in budgets of tens of trials. */
const GAMMA = 0.1;
const CANDIDATES = 24;
/** Trials drawn at random before the first estimate. */
const startTrials = (trials: number): number => Math.max(4, Math.min(10, Math.ceil(trials / 4)));

/** A mixture of equal normals cut off at 0 and 1, and one even component, over [0, 1]. */
interface Density {
  centres: number[];
  widths: number[];
}

function densityOf(places: readonly number[]): Density {
  const centres = [...places].sort((a, b) => a - b);
  const floor = 1 / Math.min(100, 1 + centres.length);
  const widths = centres.map((c, k) => Math.min(1, Math.max(c - (centres[k - 1] ?? 0), (centres[k + 1] ?? 1) - c, floor)));
  return { centres, widths };
}

/** Abramowitz & Stegun 7.1.26; off by at most 1.5e−7. */
function normalBelow(z: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(z)) / Math.SQRT2);
  const tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp((-z * z) / 2);
  return z >= 0 ? 1 - tail / 2 : tail / 2;
}

function densityAt({ centres, widths }: Density, x: number): number {
  let sum = 1; // the even component
  centres.forEach((c, k) => {
    const w = widths[k]!;
    const inside = normalBelow((1 - c) / w) - normalBelow(-c / w);
    sum += Math.exp(-0.5 * ((x - c) / w) ** 2) / (w * Math.sqrt(2 * Math.PI) * inside);
  });
  return sum / (centres.length + 1);
}

function drawFrom({ centres, widths }: Density, random: Random): number {
  const k = random.int(centres.length + 1);
  if (k === centres.length) return random.next();
  for (let tries = 0; tries < 100; tries++) {
    const x = centres[k]! + widths[k]! * random.normal();
    if (x >= 0 && x <= 1) return x;
  }
  return centres[k]!;
}

function nextOfRange(d: RangeDimension, good: readonly Point[], rest: readonly Point[], random: Random): number {
  const places = (points: readonly Point[]): number[] => points.map((p) => placeOf(d, Number(p[d.name])));
  const l = densityOf(places(good));
  const g = densityOf(places(rest));
  let best = { x: 0.5, ratio: -Infinity };
  for (let c = 0; c < CANDIDATES; c++) {
    const x = drawFrom(l, random);
    const ratio = densityAt(l, x) / densityAt(g, x);
    if (ratio > best.ratio) best = { x, ratio };
  }
  return valueAt(d, best.x);
}

function nextOfList(d: ListDimension, good: readonly Point[], rest: readonly Point[], random: Random): Point[string] {
  const share = (points: readonly Point[], value: Point[string]): number => (1 + points.filter((p) => p[d.name] === value).length) / (d.values.length + points.length);
  let best = { value: d.values[0]!, ratio: -Infinity };
  for (let c = 0; c < CANDIDATES; c++) {
    let left = random.next();
    const value = d.values.find((v) => (left -= share(good, v)) < 0) ?? d.values.at(-1)!;
    const ratio = share(good, value) / share(rest, value);
    if (ratio > best.ratio) best = { value, ratio };
  }
  return best.value;
}

/** The better part of the trials that have a score, best first (ties: the earlier), and all others; failed ones count as bad. */
function parted(seen: readonly Outcome[]): { good: Point[]; rest: Point[] } {
  const order = seen.map((_, k) => k).sort((a, b) => (seen[b]!.score ?? -Infinity) - (seen[a]!.score ?? -Infinity) || a - b);
  const scored = seen.filter((o) => o.score !== null).length;
  const good = Math.min(scored, Math.max(1, Math.ceil(GAMMA * seen.length)));
  return { good: order.slice(0, good).map((k) => seen[k]!.params), rest: order.slice(good).map((k) => seen[k]!.params) };
}

export function tpeSearch({ space, seed, trials, workers }: StrategySpec): Strategy {
  const first = startTrials(trials);
  return {
    trials,
    propose(n, outcomes) {
      if (n >= trials) return null;
      if (n < first) return { params: randomPoint(space, seed, n) };
      // Trial n never looks at the last workers − 1 before it: they may be running beside it, and what it sees must not depend on the clock.
      const seen = outcomes.slice(0, n - workers + 1);
      if (seen.length < n - workers + 1 || seen.includes(undefined)) return null;
      const { good, rest } = parted(seen as Outcome[]);
      const random = createRandom(seed, `search trial ${n}`);
      return { params: Object.fromEntries(space.map((d) => [d.name, isRange(d) ? nextOfRange(d, good, rest, random) : nextOfList(d, good, rest, random)])) };
    },
  };
}
