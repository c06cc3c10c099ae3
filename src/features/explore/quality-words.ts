/** Findings of the quality check in words: what it is, what it does to models, what helps and where. */
import type { Finding } from '../../app/explore';
import type { CleaningStep } from '../../core/dataset';
import { count, percent, plural } from '../../ui/format';
import { oneLine } from '../../ui/plot-scale';
import { figure, isYearly, momentName, type ExploreNouns } from './words';

/** Where on the Data screen it is put right. */
export type DataStep = 'files' | 'cleaning' | 'split';
export interface WordedFinding {
  title: string;
  effect: string;
  remedy: string;
  step: DataStep | null;
}

export const STEP_NAMES: Record<DataStep, string> = { files: 'Files', cleaning: 'Cleaning', split: 'Split' };

/** What cleaning did before the data were looked at: rows that repeated a pair and are gone. Null where it was not asked to. */
export function mergedBy(steps: readonly CleaningStep[]): number | null {
  const merging = steps.filter((s) => s.step.kind === 'duplicates');
  return merging.length === 0 ? null : merging.reduce((sum, s) => sum + s.before.interactions - s.after.interactions, 0);
}

/** Years carry no comma and no fraction. */
const yearOr = ({ name, low, high }: { name: string; low: number; high: number }, v: number): string => (isYearly({ kind: 'number', name, edges: Float64Array.of(low, high) }) ? String(Math.floor(v)) : figure(v));

/** @param userName what the page calls a user  @param merged rows that cleaning merged; null where it did not look */
export function wordFinding(f: Finding, n: ExploreNouns, userName: (u: number) => string, merged: number | null = null): WordedFinding {
  const ok = f.severity === 'good';
  switch (f.id) {
    case 'duplicates':
      return ok
        ? {
            title: `No ${n.user} and ${n.item} pair is repeated${merged ? ' after cleaning' : ''}`,
            effect: `${merged === null ? '' : merged === 0 ? 'The files repeated none. ' : `Cleaning merged ${plural(merged, 'row')} that did. `}Training and test cannot share a pair.`,
            remedy: '',
            step: null,
          }
        : { title: `${plural(f.pairs, 'row')} repeat a ${n.user} and ${n.item} pair (${percent(f.share)})`, effect: 'A test pair that is also in training is answered from memory: every figure comes out too high.', remedy: 'Keep the first or the last of each, or add them up.', step: 'cleaning' };
    case 'titles':
      return ok
        ? { title: `Every title belongs to one ${n.item}`, effect: 'Titles can stand for ids.', remedy: '', step: null }
        : { title: `${plural(f.titles, 'title')} stand for ${plural(f.ids, 'id')}${f.examples[0] ? `: “${oneLine(f.examples[0].title, 50)}” for ${count(f.examples[0].ids)}` : ''}`, effect: `What one ${n.item} earned is spread over several, and a list can show the same title twice; text vectors are equal for all of them.`, remedy: 'If they are the same thing, merge them in the file, or map the title (and artist) as the item instead of the id.', step: 'files' };
    case 'noTime':
      return { title: 'There are no timestamps', effect: `Nobody can say which ${n.row} came last: “last one out” follows the order of rows, sequence models learn that order, and leakage cannot be measured.`, remedy: 'Map a date column as the time, or split by the portable hash and say so.', step: 'split' };
    case 'timeLump':
      return ok
        ? { title: 'Times are spread out', effect: 'Order and dates mean something.', remedy: '', step: null }
        : { title: `${percent(f.share)} of the ${n.rows} fall on one day (${momentName(f.day, 'day')})`, effect: 'That is an import, not behaviour: within it order is chance, and a split by date cuts through it.', remedy: 'Check that the column is when it happened, not when it was written down; else split at random.', step: 'split' };
    case 'sameMoment':
      return ok
        ? { title: `A ${n.user}’s ${n.rows} have times of their own`, effect: 'Sequences have an order to learn.', remedy: '', step: null }
        : { title: `${percent(f.share)} of the ${n.rows} carry the very time of the same ${n.user}’s one before`, effect: 'Within such a moment the order is that of the file; sequence models learn it, and “last one out” may pick any of them.', remedy: 'Compare with the random split before trusting a sequence model.', step: 'split' };
    case 'oddTimes':
      return ok
        ? { title: 'Times are plausible', effect: `From ${momentName(f.oldest, 'month')} to ${momentName(f.newest, 'month')}.`, remedy: '', step: null }
        : { title: `${plural(f.rows, 'time')} are missing, in the future or before ${momentName(810_000_000, 'year')}`, effect: 'They sort to an end: a split by date puts them all into training or all into the test.', remedy: 'Check which column is the time and its unit (seconds or milliseconds).', step: 'files' };
    case 'heavyUser':
      return ok
        ? { title: `No ${n.user} dominates`, effect: `The busiest has ${percent(f.share)} of the ${n.rows}.`, remedy: '', step: null }
        : { title: `One ${n.user} (${oneLine(userName(f.user), 40)}) has ${percent(f.share)} of all ${n.rows}`, effect: `A shop, a robot or a test account teaches its taste to everybody: popularity and neighbours lean towards it.`, remedy: `Leave this ${n.user} out of the file and compare.`, step: 'files' };
    case 'popularity':
      return ok
        ? { title: 'Popularity alone is a weak guess', effect: `The ten most popular take ${percent(f.topTen)} of the ${n.rows}: a model has to know the ${n.user}.`, remedy: '', step: null }
        : { title: `The ten most popular ${n.items} take ${percent(f.topTen)} of the ${n.rows}`, effect: `A list that never changes already hits about that often; ${percent(f.carriers)} of the ${n.items} carry 80 %. Hit rates of any model look good and say little.`, remedy: 'Read every result beside popularity, and by warm and cold.', step: 'split' };
    case 'thinUsers':
      return ok
        ? { title: `Nearly every ${n.user} has three ${n.rows} or more`, effect: 'Train, validation and test each get one.', remedy: '', step: null }
        : { title: `${plural(f.users, n.user, n.users)} (${percent(f.share)}) have fewer than three ${n.rows}`, effect: 'They are trained on but never measured: the figures speak for the others.', remedy: 'A k-core makes that explicit; a split by date measures newcomers too.', step: 'cleaning' };
    case 'onceItems':
      return ok
        ? { title: `Few ${n.items} appear only once`, effect: `${percent(f.share)} of them.`, remedy: '', step: null }
        : { title: `${plural(f.items, n.item, n.items)} (${percent(f.share)}) appear only once`, effect: 'Ids teach nothing about them, and if that one row is the test, the item is strictly new.', remedy: 'Embed a text for them, or drop them with a k-core and say so.', step: 'cleaning' };
    case 'values':
      return ok
        ? { title: 'Values are of one size', effect: `From the middle ${figure(f.median)} to ${figure(f.largest)} at most.`, remedy: '', step: null }
        : f.constant !== null
          ? { title: `Every value is ${figure(f.constant)}`, effect: 'It says no more than that there is a row; models that weigh by it treat all alike.', remedy: 'Nothing to do; ratings cannot be predicted from it.', step: null }
          : { title: f.negative > 0 ? `${plural(f.negative, 'value')} are below zero` : `The largest value (${figure(f.largest)}) is ${count(Math.round(f.largest / Math.max(1e-9, f.median)))} times the middle one (${figure(f.median)})`, effect: 'Models that weigh rows by value learn from a few of them alone.', remedy: 'Use a model’s logarithmic weights, or set a minimum value.', step: 'cleaning' };
    case 'columns': {
      const who = f.table === 'users' ? n.users : n.items;
      if (ok) return { title: `The columns of ${who} are well filled`, effect: 'Each can be used as a feature.', remedy: '', step: null };
      const names = [...f.empty.map((c) => `${oneLine(c.name, 30)} (${percent(c.share)} empty)`), ...f.constant.map((c) => `${oneLine(c, 30)} (always the same)`)];
      return { title: `${names.length === 1 ? 'A column' : `${names.length} columns`} of ${who} ${names.length === 1 ? 'says' : 'say'} little: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ' …' : ''}`, effect: 'Where a feature is empty, a model that relies on it falls back to the average.', remedy: 'Take the column as “ignore”, or fill it.', step: 'files' };
    }
    case 'noColumns':
      return { title: `Nothing is known about the ${f.table === 'users' ? n.users : n.items}`, effect: f.table === 'items' ? 'Cold items have ids only: no model can do better than chance on strictly new ones.' : `Results cannot be told apart by group of ${n.users}.`, remedy: `Add a file about the ${f.table === 'users' ? n.users : n.items}.`, step: 'files' };
    case 'noText':
      return { title: `There is no text about the ${n.items}`, effect: 'Two-tower and content models have only categories and numbers to place cold items by.', remedy: 'Map a title, name or description as text.', step: 'files' };
    case 'farNumbers':
      return ok
        ? { title: 'No number stands far off', effect: 'None lies more than five times the width of the middle half beyond it.', remedy: '', step: null }
        : { title: `${f.columns.length === 1 ? 'A column has' : `${f.columns.length} columns have`} numbers far from the rest: ${f.columns.slice(0, 3).map((c) => `${oneLine(c.name, 30)} (${plural(c.rows, 'row')}, as far as ${yearOr(c, c.farthest)}; half lie from ${yearOr(c, c.low)} to ${yearOr(c, c.high)})`).join(', ')}${f.columns.length > 3 ? ' …' : ''}`, effect: 'A slip of the pen or a stand-in for “unknown” draws means and correlations to itself.', remedy: 'Look at these rows in the file; if they are wrong, empty the cells.', step: 'files' };
    case 'spellings':
      return ok
        ? { title: 'Each label is spelled one way', effect: 'None differs from another by capitals or spaces only.', remedy: '', step: null }
        : { title: `${plural(f.groups, 'label')} ${f.groups === 1 ? 'is' : 'are'} spelled more than one way: ${f.examples.map((e) => `${e.labels.slice(0, 3).map((l) => `“${oneLine(l, 24)}”`).join(' and ')} in ${oneLine(e.name, 24)}`).join('; ')}${f.groups > f.examples.length ? ' …' : ''}`, effect: 'Each spelling counts as a label of its own: bars are split and a model learns them apart.', remedy: 'Where they mean the same, write them alike in the file.', step: 'files' };
    case 'rows':
      return ok
        ? { title: 'Enough rows to describe', effect: `${plural(f.rows, n.item, n.items)}.`, remedy: '', step: null }
        : { title: `Only ${plural(f.rows, n.item, n.items)}`, effect: 'Shares and correlations of so few are mostly chance.', remedy: 'Choose less narrowly, or read them as examples.', step: null };
    case 'size':
      return ok
        ? { title: 'Enough to measure on', effect: `${count(f.users)} ${n.users}: differences of about ${percent(1.96 * Math.sqrt(0.18 / f.users))} in hit rate can be told from chance.`, remedy: '', step: null }
        : { title: `Only ${plural(f.users, n.user, n.users)} and ${plural(f.items, n.item, n.items)}`, effect: f.severity === 'bad' ? 'Results will be chance.' : 'Intervals will be wide: small differences between models mean nothing.', remedy: f.severity === 'bad' ? 'Add data or filter less.' : 'Use several seeds and look at the intervals.', step: 'cleaning' };
  }
}
