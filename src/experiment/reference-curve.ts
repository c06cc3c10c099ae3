/**
 * The curve of a long run, resumable: a checkpoint per epoch lies in .cache/reference and is taken up by the next call with the same settings.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { chooseBackend } from '../compute/backend';
import type { DataSet } from '../core/dataset';
import type { ModelState, Recommender } from '../core/model';
import { parseParams } from '../core/params';
import { createRandom } from '../core/random';
import type { SplitSpec } from '../core/split';
import { splitData } from '../data/split/split';
import { trainData } from '../data/split/train-data';
import { cardOf } from '../models/catalogue';
import { measure, measuring } from './measuring';

declare const __COLDWAVE_ROOT__: string;

export type Rates = Record<'HR@10' | 'NDCG@10', number>;
export interface CurveLine {
  epoch: number;
  loss: number;
  /** Of training alone, on however many threads. */
  cpuSeconds: number;
  /** Null where the split holds no validation items. */
  validation: Rates | null;
  test: Rates;
}
export interface LongRun {
  id: string;
  data(): Promise<DataSet>;
  split: SplitSpec;
  model: string;
  params: Record<string, unknown>;
  seed: number;
  epochs: number;
}
interface Saved { settings: string; curve: CurveLine[]; state: ModelState | null }

const fileOf = (id: string): string => path.join(__COLDWAVE_ROOT__, '.cache', 'reference', `${id}.bin`);
export const forget = (id: string): void => rmSync(fileOf(id), { force: true });

/** Trains to `epochs`, measuring the test after each: for curves to be compared, never to choose an epoch by. */
export async function curveOf(run: LongRun): Promise<CurveLine[]> {
  const file = fileOf(run.id);
  const settings = JSON.stringify([run.model, run.params, run.seed, run.split]);
  let saved: Saved = { settings, curve: [], state: null };
  if (existsSync(file)) {
    const found = deserialize(readFileSync(file)) as Saved;
    if (found.settings === settings) saved = found;
  }
  if (saved.curve.length >= run.epochs) return saved.curve;
  const data = await run.data();
  await chooseBackend('wasm');
  const split = splitData(data, run.split);
  const train = trainData(data, split);
  const m = measuring(train, split, true);
  const card = cardOf(run.model);
  const rates = async (model: Recommender, on: 'validation' | 'test'): Promise<Rates | null> => {
    const metrics = (await measure(model, on, m))?.all.metrics;
    return metrics ? { 'HR@10': metrics['HR@10']!.value, 'NDCG@10': metrics['NDCG@10']!.value } : null;
  };
  const words = (r: Rates | null): string => (r ? `${r['HR@10'].toFixed(4)} / ${r['NDCG@10'].toFixed(4)}` : 'none');
  const module = await card.load();
  let cpu = process.cpuUsage();
  const fitted = await module.fit({
    train, text: null, params: parseParams(card.params, { ...run.params, epochs: run.epochs }), random: createRandom(run.seed, 'fit'), signal: new AbortController().signal,
    ...(saved.state ? { resume: saved.state } : {}),
    async report(p) {
      if (p.kind !== 'epoch') return 'continue';
      const used = process.cpuUsage(cpu);
      const line: CurveLine = { epoch: p.epoch, loss: p.loss, cpuSeconds: (used.user + used.system) / 1e6, validation: await rates(p.model, 'validation'), test: (await rates(p.model, 'test'))! };
      saved.curve.push(line);
      saved.state = await p.checkpoint();
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, serialize(saved));
      renameSync(`${file}.new`, file);
      process.stderr.write(`epoch ${line.epoch}: loss ${line.loss.toFixed(4)}, ${line.cpuSeconds.toFixed(1)} CPU s, validation ${words(line.validation)}, test ${words(line.test)}\n`);
      cpu = process.cpuUsage();
      return 'continue';
    },
  });
  fitted.dispose?.();
  return saved.curve;
}
