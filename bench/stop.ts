/**
 * How long Stop takes on MovieLens 1M, model by model, in Node through the very handlers of the page's workers.
 *   node scripts/run-ts.mjs bench/stop.ts [MODEL …] [--seconds S] [--write]
 * Each model runs until it has been fitting for S seconds (default 8); one that is done earlier runs again and is stopped half-way.
 * "deaf": longest time without a turn of the event loop, in which no message is heard. "silent": longest time between two reports of progress.
 * All in processor seconds, so that other work on the machine counts for nothing. --write replaces its part of docs/measured.md.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { DataSet } from '../src/core/dataset';
import type { AnyModelCard } from '../src/core/model';
import { defaultsOf } from '../src/core/params';
import { DEFAULT_SPLIT } from '../src/core/split';
import { openData } from '../src/experiment/reference-claim';
import { alignedRows } from '../src/experiment/result-table';
import { catalogue } from '../src/models/catalogue';
import { handlers as ratings } from '../workers/ratings';
import { handlers as trainer } from '../workers/trainer';
import { machine, table, writeParts } from './document';
import { processorTime, watchTurns } from './turns';
import { prepareWays, switchTo } from './ways';

declare const __COLDWAVE_ROOT__: string;
const { values, positionals } = parseArgs({ options: { seconds: { type: 'string', default: '8' }, write: { type: 'boolean' } }, allowPositionals: true });
const shared = path.resolve(__COLDWAVE_ROOT__, '..', 'shared');

interface Outcome {
  /** Seconds of fitting before it was stopped, or until it was done. */
  fit: number;
  finished: boolean;
  deafFitting: number;
  deafAside: number;
  whereAside: string;
  /** What it said before the longest deaf spell while fitting. */
  where: string;
  silent: number;
  reports: number;
  /** From Stop to the last word of fitting, and to idle; NaN where it was done before. */
  ended: number;
  idle: number;
}

/** One run; Stop is pressed `after` seconds of fitting. */
async function run(card: AnyModelCard, data: DataSet, after: number): Promise<Outcome> {
  const turns = watchTurns();
  const asked = new AbortController();
  const state = { began: NaN, ended: NaN, stoppedAt: NaN, reports: 0, last: NaN, silent: 0 };
  const hear = (label: string, fitting: boolean): void => {
    const now = processorTime();
    if (fitting) {
      if (Number.isNaN(state.began)) state.began = now;
      else state.silent = Math.max(state.silent, now - state.last);
      state.last = now;
      state.ended = now;
      state.reports++;
    }
    turns.say(label, fitting);
  };
  const stop = (): void => {
    state.stoppedAt = processorTime();
    void (card.task === 'rank' ? trainer.control({ runId: 'stop', action: 'stop' }, context) : ratings.stop({ runId: 'stop' }, context));
  };
  const context = { signal: asked.signal, progress: () => {}, transfer: () => {} };
  const watch = setInterval(() => {
    if (Number.isNaN(state.stoppedAt) && processorTime() - state.began > after * 1000) stop();
  }, 5);
  const settings = { runId: 'stop', name: card.id, data, model: card.id, params: defaultsOf(card.params), seed: 0, build: 'bench' };
  let failed = '';
  try {
    if (card.task === 'rank') {
      await trainer.train({ ...settings, split: { ...DEFAULT_SPLIT, protocol: 'last' }, text: null, patience: 0, selection: 'validation', maskValidation: true, backend: 'wasm', checkpoints: false }, {
        ...context,
        progress(p) {
          if (p.kind === 'phase') hear(p.label, !['Splitting', 'Measuring popularity and chance', 'Reading the test set'].includes(p.label));
          else if (p.kind === 'batch') hear(`epoch ${p.epoch}`, true);
          else if (p.kind === 'epoch') hear('after an epoch', true);
          else if (p.kind === 'ready') hear('loading the model', true);
        },
      });
    } else {
      await ratings.rate({ ...settings, folds: { kind: 'holdout', share: 0.1, seed: 0 }, cold: DEFAULT_SPLIT.cold }, {
        ...context,
        progress(p) {
          hear(p.kind === 'phase' ? p.label : p.kind === 'batch' || p.kind === 'epoch' ? `epoch ${p.epoch}` : p.kind, p.kind !== 'fold');
        },
      });
    }
  } catch (error) {
    failed = error instanceof Error ? error.message : String(error);
    if (Number.isNaN(state.stoppedAt)) throw error;
  }
  const idle = processorTime();
  clearInterval(watch);
  const { fitting, aside, where, whereAside } = turns.end();
  const stopped = !Number.isNaN(state.stoppedAt);
  return {
    fit: (state.ended - state.began) / 1000, finished: !stopped && failed === '', deafFitting: fitting, deafAside: aside, whereAside, where, silent: state.silent / 1000, reports: state.reports,
    ended: stopped ? Math.max(0, state.ended - state.stoppedAt) / 1000 : NaN, idle: stopped ? (idle - state.stoppedAt) / 1000 : NaN,
  };
}

await prepareWays();
await switchTo('simd');
const data = await openData(shared, 'data/ncf-ml-1m.zip');
const unknown = positionals.filter((p) => !catalogue.some((c) => c.id === p));
if (unknown.length > 0) throw new Error(`There is no model ${unknown.join(', ')}.`);
const cards = catalogue.filter((c) => (positionals.length === 0 ? !['random', 'hybrid'].includes(c.id) : positionals.includes(c.id)));

const figure = (x: number): string => (Number.isFinite(x) ? x.toFixed(2) : '–');
const HEAD = ['model', 'fitted for, s', 'reports', 'silent at most, s', 'deaf at most, s', 'during', 'deaf before and after, s', 'during', 'Stop → fitting ended, s', 'Stop → idle, s'];
const rows: string[][] = [];
for (const card of cards) {
  try {
    const first = await run(card, data, Number(values.seconds));
    const half = first.finished ? await run(card, data, first.fit / 2) : first;
    rows.push([card.id, figure(first.fit), String(first.reports), figure(first.silent), figure(first.deafFitting), first.where, figure(Math.max(first.deafAside, half.deafAside)), first.deafAside >= half.deafAside ? first.whereAside : half.whereAside, figure(half.ended), figure(half.idle)]);
  } catch (error) {
    rows.push([card.id, `did not run: ${error instanceof Error ? error.message : String(error)}`, ...HEAD.slice(2).map(() => '–')]);
  }
  console.log(rows.at(-1)!.join(' | '));
}
console.log(`\n${alignedRows([HEAD, ...rows])}`);
if (values.write) {
  const how = 'MovieLens 1M, full ranking (rating models: one tenth held out), default settings, one thread, in processor seconds, through the workers’ own handlers. Deaf: the longest time without a turn of the event loop, in which Stop cannot be heard. Silent: the longest time between two reports of progress. A model trained in epochs keeps what it has learned, so after Stop it still reads the test set; one that is computed at once ends with nothing.';
  writeParts(__COLDWAVE_ROOT__, [{ id: 'stop', title: 'Stop and progress', command: 'node scripts/run-ts.mjs bench/stop.ts --write', body: `${machine()}.\n\n${how}\n\n${table(HEAD, rows)}` }]);
}
process.exit(0);
