/** What the figures were measured on: leakage, sampling, repeats, filters, and how much there was of it. */
import { SLICES } from '../../core/metric';
import { count, list, percent, type Check } from './check';

/** Shares of the test older than the newest train event above this are objected to. */
const MOST_LEAKAGE = 0.05;
export const FEWEST_IN_SLICE = 30;
const SMALLEST_TEST = 200;
const MOST_MISSING_TEXT = 0.1;

export const dataChecks: readonly Check[] = [
  {
    id: 'leakage',
    title: `At most ${percent(MOST_LEAKAGE)} of the test is older than the newest training event`,
    look: ({ split }) =>
      split.leakage === null
        ? { unknown: 'The interactions have no timestamps, so nobody can tell.' }
        : split.leakage <= MOST_LEAKAGE
          ? 'ok'
          : {
              severity: 'serious',
              what: `${percent(split.leakage)} of the test is older than the newest training event.`,
              why: 'The model learned from what others did later: it knew the future, which no recommender does.',
              remedy: 'Use the split by date (Data screen), or show its figures beside these.',
            },
  },
  {
    id: 'sampled',
    title: 'Ranked against all items, not a sample',
    look: ({ sampled }) =>
      sampled
        ? {
            severity: 'serious',
            what: `Every test item was ranked among ${count(sampled.negatives)} ${sampled.origin} negatives only.`,
            why: 'Sampled metrics are far higher than full ones and can turn the order of models round.',
            remedy: 'Rank against all items; keep the sampled figures only beside a publication that used the same lists.',
          }
        : 'ok',
  },
  {
    id: 'repeats',
    title: 'No held-out interaction also lies in train',
    look: ({ data, split }) => {
      if (split.repeats === undefined) {
        return data.steps.some((s) => s.step.kind === 'duplicates') ? 'ok' : { unknown: 'The record was made before repeats were counted. The split itself never measures a pair that is also in train.' };
      }
      if (split.repeats === 0) return 'ok';
      const share = split.repeats / (split.repeats + split.validation + split.test);
      return {
        severity: share > 0.01 ? 'doubt' : 'remark',
        what: `${count(split.repeats)} held-out interactions (${percent(share)}) repeat one the same user already has. They were taken out of the measurement.`,
        why: 'Duplicates across the split are answers that were given away. Without them the test is smaller than it was planned, and not a fair sample of it.',
        remedy: 'Remove duplicates in cleaning, before the split.',
      };
    },
  },
  {
    id: 'core',
    title: 'No filter saw the test interactions',
    look: ({ data }) => {
      const cores = data.steps.filter((s) => s.step.kind === 'core' && s.before.interactions > s.after.interactions);
      const first = cores[0];
      const last = cores.at(-1);
      if (!first || !last || first.step.kind !== 'core') return 'ok';
      const users = first.before.users - last.after.users;
      const items = first.before.items - last.after.items;
      return {
        severity: 'remark',
        what: `A ${first.step.k}-core was taken of all interactions, before the split: ${count(users)} of ${count(first.before.users)} users and ${count(items)} of ${count(first.before.items)} items are gone, from the test too.`,
        why: 'Whether somebody counts was decided with test interactions in sight, and the hard cases, those with little data, are not measured.',
        remedy: 'Say so beside the figures, or show them without the core as well.',
      };
    },
  },
  {
    id: 'test-size',
    title: `The test has at least ${SMALLEST_TEST} users`,
    look: ({ test }) =>
      test.all.n >= SMALLEST_TEST
        ? 'ok'
        : {
            severity: test.all.n < FEWEST_IN_SLICE ? 'serious' : 'doubt',
            what: `Only ${count(test.all.n)} users are measured.`,
            why: `With so few, a hit rate of .2 is known to about ±${(1.96 * Math.sqrt(0.16 / Math.max(1, test.all.n))).toFixed(2).replace(/^0/, '')} only.`,
            remedy: 'Hold out more, loosen the cleaning, or take larger data.',
          },
  },
  {
    id: 'slice-size',
    title: `Every slice reported has at least ${FEWEST_IN_SLICE} users`,
    look: ({ test }) => {
      const thin = SLICES.filter((s) => s !== 'all' && test[s].n > 0 && test[s].n < FEWEST_IN_SLICE);
      return thin.length === 0
        ? 'ok'
        : {
            severity: 'doubt',
            what: `${list(thin.map((s) => `${s === 'new' ? 'strictly new' : s} items: n = ${test[s].n}`))}.`,
            why: 'So few users say next to nothing; one lucky hit moves the figure by several points.',
            remedy: 'Leave the slice out of the claims, or choose a rule for cold items under which more are measured.',
          };
    },
  },
  {
    id: 'text',
    title: 'The text fed to the model is there for most items',
    look: ({ text, data }) => {
      if (!text) return 'skip';
      if (text.missing === undefined) return { unknown: 'The record was made before missing texts were counted.' };
      const share = text.missing / Math.max(1, data.counts.items);
      return share <= MOST_MISSING_TEXT
        ? 'ok'
        : {
            severity: share > 0.5 ? 'doubt' : 'remark',
            what: `"${text.column}" is empty for ${count(text.missing)} of ${count(data.counts.items)} items (${percent(share)}).`,
            why: 'For these the model had no text at all, so what is said of text holds for the others only.',
            remedy: 'Report them apart, or embed a column that more items have.',
          };
    },
  },
];
