/** Milliseconds per brush of the Explore screen at 1 M interactions, beside the twin that recounts every row. */
import { dimensionsOf } from '../src/data/explore/dimension';
import { recount } from '../src/data/explore/recount';
import { createSelection, type Filter } from '../src/data/explore/selection';
import { smallWorld } from '../src/data/explore/small-world';

const rows = Number(process.argv[2] ?? 1_000_000);
if (!Number.isInteger(rows) || rows < 1000 || rows > 5_000_000) {
  console.error('The number of interactions must be a whole number from 1,000 to 5,000,000.');
  process.exit(2);
}
const data = smallWorld(1, { users: 20_000, items: 10_000, rows });
let begun = performance.now();
const dimensions = dimensionsOf(data);
const selection = createSelection(data, dimensions);
console.log(`${rows.toLocaleString('en-US')} interactions, 20,000 users, 10,000 items, ${dimensions.length} dimensions; made ready in ${(performance.now() - begun).toFixed(0)} ms`);

const day = 86_400;
const from = Date.UTC(2010, 0, 1) / 1000;
const country: Filter = { dimension: 'users.country', levels: ['country 1'] };
/** Each is a person's hand: one chart's filter moved step by step while others stand. */
const brushes: Record<string, Filter[][]> = {
  'a range of item years dragged along': range(30, (k) => [{ dimension: 'items.year', from: 1980 + k, to: 1985 + k }]),
  'the same with a country chosen': range(30, (k) => [country, { dimension: 'items.year', from: 1980 + k, to: 1985 + k }]),
  'a window of 90 days dragged through time': range(60, (k) => [{ dimension: 'time', from: from + k * 30 * day, to: from + (k * 30 + 90) * day }]),
  'one country after the other': range(5, (k) => [{ dimension: 'users.country', levels: [`country ${k}`] }]),
  'one tag after the other': range(12, (k) => [{ dimension: 'items.tags', levels: [`tag ${k}`] }]),
  'activity widened step by step': range(20, (k) => [{ dimension: 'activity', from: 1, to: 10 + 10 * k }]),
  'all filters taken away and put back': range(10, (k) => (k % 2 ? [] : [country, { dimension: 'items.year', from: 1990, to: 2000 }, { dimension: 'time', from, to: from + 600 * day }])),
};

function range(n: number, make: (k: number) => Filter[]): Filter[][] {
  return Array.from({ length: n }, (_, k) => make(k));
}
const middle = (times: number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1]!;

let worst = 0;
for (const [name, steps] of Object.entries(brushes)) {
  const times = steps.map((filters) => {
    begun = performance.now();
    selection.apply(filters);
    selection.counts();
    return performance.now() - begun;
  });
  begun = performance.now();
  const slow = recount(data, dimensions, steps.at(-1)!);
  const slowMs = performance.now() - begun;
  if (slow.interactions !== selection.counts().interactions) throw new Error(`The counts differ after "${name}".`);
  worst = Math.max(worst, ...times);
  console.log(`${name}: ${middle(times).toFixed(1)} ms (at most ${Math.max(...times).toFixed(1)} ms), counting anew ${slowMs.toFixed(0)} ms`);
}
console.log(`slowest brush ${worst.toFixed(1)} ms; aim: under 100 ms`);
