/** Whether runs that are drawn together can be told apart, user by user, in words. Pure. */
import { createRandom } from '../../core/random';
import { holm } from '../../math/significance/holm';
import { pairedBootstrap } from '../../math/significance/paired-bootstrap';
import { pairedT } from '../../math/significance/paired-t';
import { wilcoxon } from '../../math/significance/wilcoxon';
import { count, rate } from '../../ui/format';
import { distinctNames } from './series';
import type { ShownRun } from './shown';

const RESAMPLES = 1000;
const LEVEL = 0.05;
/** NDCG@10 of a user with one held-out item at this rank; 0 is no candidate. */
const ndcg10 = (rank: number): number => (rank >= 1 && rank <= 10 ? 1 / Math.log2(rank + 1) : 0);

const chance = (p: number): string => (p < 0.001 ? 'p < .001' : `p = ${rate(p, 3)}`);

/**
 * The first run against each of the others that ranked the same users' items among the same candidates; p values of several are Holm's.
 * @returns sentences in reading order; none where nothing can be compared
 */
export function comparisonOf(runs: readonly ShownRun[]): string[] {
  const first = runs[0];
  const own = first?.ranks;
  if (!first || !own) return [];
  const names = distinctNames(runs);
  const pairs = runs.flatMap((run, k) => {
    const other = run.ranks;
    if (k === 0 || !other || run.splitHash !== first.splitHash || other.maskValidation !== own.maskValidation || other.perUser.length !== own.perUser.length) return [];
    const difference = Float64Array.from(own.perUser, (r, u) => ndcg10(r) - ndcg10(other.perUser[u]!));
    const t = pairedT(difference);
    const bootstrap = pairedBootstrap(difference, { count: RESAMPLES, random: createRandom(0, 'bootstrap') });
    return t && bootstrap ? [{ name: names[k]!, t, bootstrap, signed: wilcoxon(difference, 'pratt')?.p ?? 1 }] : [];
  });
  if (pairs.length === 0) return [];
  const p = holm(pairs.map((x) => x.t.p));
  const signed = holm(pairs.map((x) => x.signed));
  const sentences = pairs.map(({ name, bootstrap: { mean, low, high } }, k) => {
    const size = mean === 0 ? 'the same as' : `${rate(Math.abs(mean))} ${mean > 0 ? 'higher' : 'lower'} than`;
    const apart = p[k]! < LEVEL ? 'the two can be told apart' : 'the two cannot be told apart';
    return `NDCG@10 of ${names[0]} is ${size} that of ${name} (95 % interval of the difference ${rate(low)} to ${rate(high)}, paired bootstrap): ${apart} (paired t ${chance(p[k]!)}, Wilcoxon ${chance(signed[k]!)}).`;
  });
  const corrected = pairs.length > 1 ? ` The p values, not the intervals, are corrected for ${pairs.length} comparisons (Holm).` : '';
  return [...sentences, `This weighs the same ${count(own.perUser.length)} users, not other seeds.${corrected}`];
}
