/** What the result is set against: baselines, tuning on both sides, seeds, and differences no larger than their error. */
import { SLICES, type SliceId } from '../../core/metric';
import type { RunRecord } from '../../core/run';
import { count, isYardstick, list, rate, sameSettings, type Check } from './check';
import { FEWEST_IN_SLICE } from './data-checks';

/** The measure differences are looked at by. */
const BY = 'NDCG@10';

/** The settings, or the same settings in another run of this split, came out of a search on record. */
const isTuned = (run: RunRecord, others: readonly RunRecord[]): boolean => run.tuned !== undefined || others.some((o) => o.tuned !== undefined && sameSettings(o, run));

/** Popularity on the same test: as a line of the run itself, else as a run beside it. */
function popularityOf(run: RunRecord, others: readonly RunRecord[]): RunRecord['test'] | null {
  return run.baselines.find((b) => b.id === 'popularity')?.test ?? others.find((o) => o.model.id === 'popularity')?.test ?? null;
}

const sliceWords: Record<SliceId, string> = { all: 'all items', warm: 'warm items', cold: 'cold items', new: 'strictly new items' };

export const comparisonChecks: readonly Check[] = [
  {
    id: 'popularity',
    title: 'Popularity was measured on the same test',
    look: (run, { others }) =>
      isYardstick(run.model.id)
        ? 'skip'
        : popularityOf(run, others)
          ? 'ok'
          : {
              severity: 'serious',
              what: 'There is no popularity baseline, neither in the run nor as a run of the same split.',
              why: 'Published models have turned out worse than a popularity count.',
              remedy: 'Train popularity on the same split.',
            },
  },
  {
    id: 'effect',
    title: 'Differences from popularity are larger than their intervals',
    look: (run, { others }) => {
      const popular = popularityOf(run, others);
      if (isYardstick(run.model.id) || !popular) return 'skip';
      const worse: string[] = [];
      const unclear: { slice: SliceId; words: string }[] = [];
      for (const slice of SLICES) {
        const own = run.test[slice].metrics[BY];
        const theirs = popular[slice].metrics[BY];
        if (!own || !theirs || (slice !== 'all' && run.test[slice].n < FEWEST_IN_SLICE)) continue;
        const effect = own.value - theirs.value;
        const words = `${sliceWords[slice]} ${rate(own.value)} (${rate(own.low)} to ${rate(own.high)}) against ${rate(theirs.value)}`;
        // Where both find nothing, nothing is claimed.
        if (effect < 0 && own.high < theirs.value) worse.push(words);
        else if (effect !== 0 && (own.high - own.low) / 2 > Math.abs(effect)) unclear.push({ slice, words });
      }
      if (worse.length > 0) {
        return {
          severity: worse[0]!.startsWith(sliceWords.all) ? 'serious' : 'doubt',
          what: `By ${BY} it is worse than popularity: ${list(worse)}.`,
          why: 'What cannot beat a popularity count there has no place there.',
          remedy: 'Tune it, or say for which items it is meant.',
        };
      }
      if (unclear.length === 0) return 'ok';
      return {
        severity: unclear[0]!.slice === 'all' ? 'doubt' : 'remark',
        what: `By ${BY} the interval is wider than the difference from popularity: ${list(unclear.map((u) => u.words))}.`,
        why: 'Another sample of users could turn the order round.',
        remedy: 'Claim no difference there, or measure more users.',
      };
    },
  },
  {
    id: 'tuned',
    title: 'The settings come from a search on validation',
    look: (run, { others, factsOf }) => {
      if (factsOf(run.model.id)?.tunable === false || isYardstick(run.model.id)) return 'skip';
      return isTuned(run, others)
        ? 'ok'
        : {
            severity: 'doubt',
            what: 'No search is on record: the settings are defaults or were chosen by hand.',
            why: 'Untuned models lose to tuned ones whatever their worth, and settings chosen by hand were often chosen by looking at the test.',
            remedy: 'Search on validation (Train, Search) and train the winner; the number of trials then stands beside it.',
          };
    },
  },
  {
    id: 'tuned-others',
    title: 'What it is compared with was tuned as well',
    look: (run, { others, factsOf }) => {
      if (!isTuned(run, others)) return 'skip'; // then its own tuning is the first question
      const rivals = others.filter((o) => o.model.id !== run.model.id && !isYardstick(o.model.id) && factsOf(o.model.id)?.tunable !== false);
      const models = [...new Set(rivals.map((o) => o.model.id))];
      if (models.length === 0) return 'skip';
      const untuned = models.filter((m) => !rivals.some((o) => o.model.id === m && isTuned(o, others)));
      return untuned.length === 0
        ? 'ok'
        : {
            severity: 'doubt',
            what: `It was tuned, but on this split ${list(untuned.map((m) => factsOf(m)?.name ?? m))} ${untuned.length === 1 ? 'was' : 'were'} not.`,
            why: 'A tuned model against untuned baselines is the commonest reason why published gains do not last.',
            remedy: 'Give every baseline a search with the same number of trials.',
          };
    },
  },
  {
    id: 'seeds',
    title: 'More than one seed was run',
    look: (run, { others, factsOf }) => {
      if (isYardstick(run.model.id) || factsOf(run.model.id)?.seeded === false) return 'skip';
      const seeds = new Set([run, ...others.filter((o) => sameSettings(o, run))].map((r) => r.seed));
      return seeds.size > 1
        ? 'ok'
        : {
            severity: 'doubt',
            what: `One seed only (${count(run.seed).replace(/,/g, '')}).`,
            why: 'Another start gives another result; without a second one nobody knows how different.',
            remedy: 'Train the same settings with two more seeds and report the mean and its spread.',
          };
    },
  },
];
