/** One or two sentences that say what a run's numbers mean, computed from them. Pure. */
import { isPlainPopularity } from '../../analysis/plain-popularity';
import type { Estimate, Evaluation, SliceResult } from '../../core/metric';
import { count, percent, rate } from '../../ui/format';
import { baselineAt, headline, type ShownRun } from './shown';

const overlap = (a: Estimate, b: Estimate): boolean => a.low <= b.high && b.low <= a.high;
/** '1 user in 7' for a rate of .14; below one in a thousand the rate itself. */
const oneIn = (value: number): string => (value >= 0.9995 ? 'every user finds' : value >= 0.5 ? `${percent(value)} of users find` : `1 user in ${count(Math.round(1 / value))} finds`);

interface Reading {
  /** In reading order; at most four. */
  sentences: string[];
}

/** What to say under a run's results; `metric` is 'HR', `k` 10. */
export function readingOf(run: ShownRun, metric: string, k: number): Reading {
  const key = `${metric}@${k}`;
  const { stage, evaluation } = headline(run);
  if (!evaluation) return { sentences: [] };
  const all = evaluation.all.metrics[key];
  if (!all) return { sentences: [evaluation.all.empty ?? `This run has no ${key}.`] };
  const sentences = [overall(run, key, metric, k, all, stage), oracle(run, key, all, stage), slices(run, key, evaluation, stage), trend(run, key)];
  return { sentences: sentences.filter((s): s is string => s !== null) };
}

function overall(run: ShownRun, key: string, metric: string, k: number, all: Estimate, stage: 'test' | 'validation'): string {
  const finds = metric === 'HR' ? (all.value === 0 ? `no user finds the held-out item in a list of ${k}` : `${oneIn(all.value)} the held-out item in a list of ${k}`) : `${key} is ${rate(all.value)}`;
  const popularity = isPlainPopularity(run) ? undefined : baselineAt(run, 'popularity', stage)?.all.metrics[key];
  if (!popularity) return `${finds}.`;
  if (overlap(all, popularity)) {
    return `${finds}; that is not clearly ${all.value >= popularity.value ? 'better' : 'worse'} than counting plays (popularity ${rate(popularity.value, 3)}, the intervals overlap).`;
  }
  if (popularity.value === 0) return `${finds}, where popularity finds none.`;
  const times = all.value / popularity.value;
  return all.value > popularity.value ? `${finds}, ${timesWords(times)} as much as popularity (${rate(popularity.value, 3)}).` : `${finds}, less than popularity alone (${rate(popularity.value, 3)}): a count beats this model so far.`;
}

const timesWords = (t: number): string => (t < 1.15 ? 'about' : t < 9.5 ? `${t.toFixed(1).replace(/\.0$/, '')} times` : `${Math.round(t)} times`);

function slices(run: ShownRun, key: string, evaluation: Evaluation, stage: 'test' | 'validation'): string | null {
  const warm = evaluation.warm.metrics[key];
  const cold = evaluation.cold.metrics[key];
  const emptySlice = (s: SliceResult): string | null => (s.n === 0 ? (s.empty ?? null) : null);
  if (!cold || !warm) {
    const why = (!cold && emptySlice(evaluation.cold)) || (!warm && emptySlice(evaluation.warm));
    return why ? `Warm and cold cannot be compared: ${why.replace(/\.$/, '')}.` : null;
  }
  const random = baselineAt(run, 'random', stage)?.cold.metrics[key];
  const popularity = isPlainPopularity(run) ? undefined : baselineAt(run, 'popularity', stage)?.cold.metrics[key];
  if (cold.value === 0) return `Cold items are never found${popularity && popularity.value === 0 ? ', by popularity neither' : ''}.`;
  const chance = random && cold.low <= random.value ? ` (no better than chance, ${rate(random.value, 3)})` : '';
  const lifted = !chance && popularity && popularity.value < cold.low ? `, where popularity gives ${popularity.value === 0 ? 'nothing' : rate(popularity.value, 3)}` : '';
  const compared = overlap(warm, cold)
    ? 'warm and cold items do about alike (intervals overlap)'
    : warm.value > cold.value
      ? `warm items do ${timesWords(warm.value / cold.value)} as well`
      : `cold items do ${timesWords(cold.value / Math.max(warm.value, 1e-9))} as well as warm ones`;
  return `Cold items reach ${rate(cold.value, 3)}${chance}${lifted}; ${compared}.`;
}

function oracle(run: ShownRun, key: string, all: Estimate, stage: 'test' | 'validation'): string | null {
  const best = baselineAt(run, 'oracle', stage)?.all.metrics[key];
  return best && best.value > 0 ? `That is ${percent(all.value / best.value)} of what the oracle, who knows every taste, reaches (${rate(best.value, 3)}).` : null;
}

/** Whether more epochs would help: by how long ago the best epoch was. */
function trend(run: ShownRun, key: string): string | null {
  const measured = run.epochs.flatMap((e) => (e.validation?.all.metrics[key] ? [{ epoch: e.epoch, value: e.validation.all.metrics[key].value }] : []));
  const last = measured.at(-1);
  if (!last || measured.length < 3) return null;
  if (measured.every((m) => m.value === last.value)) return `${key} has not moved since the first epoch.`;
  const best = run.bestEpoch ?? measured.reduce((a, b) => (b.value > a.value ? b : a)).epoch;
  if (best === last.epoch) return run.live ? 'Still improving.' : 'It was still improving at the last epoch: more epochs may help.';
  // One or two epochs without a better one are noise, not an end.
  return last.epoch - best >= 3 ? `No better epoch since ${best}.` : null;
}
