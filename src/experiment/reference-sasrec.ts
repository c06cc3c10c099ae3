/**
 * SASRec on MovieLens 1M against the curve of PyTorch. Resumable: a checkpoint per epoch lies in .cache/reference and is taken up by the next call;
 * SASREC_EPOCHS=n goes on past epoch 15 and keeps it.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { chooseBackend } from '../compute/backend';
import type { ModelState, Recommender } from '../core/model';
import { parseParams } from '../core/params';
import { createRandom } from '../core/random';
import { DEFAULT_SPLIT } from '../core/split';
import { load } from '../data/load';
import { splitData } from '../data/split/split';
import { trainData } from '../data/split/train-data';
import { cardOf } from '../models/catalogue';
import { measure, measuring } from './measuring';
import type { Claim, ClaimSource } from './reference-claim';

declare const __COLDWAVE_ROOT__: string;
const AT = [1, 5, 10, 15];
const TOLERANCE = 0.01;
const SEED = 0;
const PARAMS = { dim: 64, length: 100, blocks: 2, heads: 1, loss: 'crossEntropy', arrangement: 'projection', dropout: 0.1, batch: 128, learningRate: 1e-3, beta2: 0.98, startScale: 0.02 };

type Rates = Record<'HR@10' | 'NDCG@10', number>;
interface Line { epoch: number; loss: number; cpuSeconds: number; validation: Rates; test: Rates }
interface Saved { params: string; curve: Line[]; state: ModelState | null }
interface Published { epoch: number; validation: Record<keyof Rates, { mean: number }>; test: Record<keyof Rates, { mean: number }> }

/** Trains to `epochs`, from the checkpoint where there is one of the same settings. */
async function curveOf(shared: string, epochs: number, file: string): Promise<Line[]> {
  const settings = JSON.stringify(PARAMS);
  let saved: Saved = { params: settings, curve: [], state: null };
  if (existsSync(file)) {
    const found = deserialize(readFileSync(file)) as Saved;
    if (found.params === settings) saved = found;
  }
  if (saved.curve.length >= epochs) return saved.curve;
  const { raw: data } = await load({ files: [new File([readFileSync(path.join(shared, 'data/sasrec-ml-1m.zip'))], 'sasrec-ml-1m.zip')] });
  await chooseBackend('wasm');
  const split = splitData(data, DEFAULT_SPLIT);
  const train = trainData(data, split);
  const m = measuring(train, split, true);
  const card = cardOf('sasrec');
  const rates = async (model: Recommender, on: 'validation' | 'test'): Promise<Rates> => {
    const { metrics } = (await measure(model, on, m))!.all;
    return { 'HR@10': metrics['HR@10']!.value, 'NDCG@10': metrics['NDCG@10']!.value };
  };
  let cpu = process.cpuUsage();
  const module = await card.load();
  const fitted = await module.fit({
    train, text: null, params: parseParams(card.params, { ...PARAMS, epochs }), random: createRandom(SEED, 'fit'), signal: new AbortController().signal,
    ...(saved.state ? { resume: saved.state } : {}),
    async report(p) {
      if (p.kind !== 'epoch') return 'continue';
      const used = process.cpuUsage(cpu);
      const line: Line = { epoch: p.epoch, loss: p.loss, cpuSeconds: (used.user + used.system) / 1e6, validation: await rates(p.model, 'validation'), test: await rates(p.model, 'test') };
      saved.curve.push(line);
      saved.state = await p.checkpoint();
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, serialize(saved));
      renameSync(`${file}.new`, file);
      process.stderr.write(`epoch ${line.epoch}: loss ${line.loss.toFixed(4)}, ${line.cpuSeconds.toFixed(1)} CPU s, validation ${line.validation['HR@10'].toFixed(4)} / ${line.validation['NDCG@10'].toFixed(4)}, test ${line.test['HR@10'].toFixed(4)} / ${line.test['NDCG@10'].toFixed(4)}\n`);
      cpu = process.cpuUsage();
      return 'continue';
    },
  });
  fitted.dispose?.();
  return saved.curve;
}

export const sasrecMl1m: ClaimSource = {
  id: 'sasrec-ml-1m',
  title: 'SASRec on MovieLens 1M, last interaction of each user, against PyTorch',
  note:
    'Width 64, length 100, 2 blocks, 1 head, original with projection, cross-entropy over all items, dropout .1, batch 128, Adam 1e-3 with β₂ .98; full ranking of 3,416 items. ' +
    `One seed against the mean of the reference's; allowed difference ${TOLERANCE}. Goes on from its last epoch when broken off; SASREC_EPOCHS=200 goes on past epoch 15 (published after full training at length 200: HR@10 .3152, NDCG@10 .1821).`,
  needs: ['reference/neural/quality.json', 'data/sasrec-ml-1m.zip'],
  async claims(shared) {
    const { movielens1m } = JSON.parse(readFileSync(path.join(shared, 'reference/neural/quality.json'), 'utf8')) as { movielens1m: { sasrec: { curve: Published[] } } };
    const asked = process.env['SASREC_EPOCHS'];
    const epochs = Math.max(AT.at(-1)!, Number(asked ?? 0) || 0);
    const file = path.join(__COLDWAVE_ROOT__, '.cache', 'reference', 'sasrec-ml-1m.bin');
    const curve = await curveOf(shared, epochs, file);
    // A finished measurement is not taken for the next one.
    if (asked === undefined) rmSync(file, { force: true });
    const where = 'ML-1M, last';
    const source = 'shared/reference/neural/quality.json';
    const claims: Claim[] = AT.flatMap((epoch) => {
      const ours = curve[epoch - 1]!;
      const theirs = movielens1m.sasrec.curve.find((c) => c.epoch === epoch)!;
      return (['validation', 'test'] as const).flatMap((on) => (['HR@10', 'NDCG@10'] as const).map((metric): Claim => ({
        where, what: `epoch ${epoch}: ${on} ${metric}`, source, published: theirs[on][metric].mean, ours: ours[on][metric], tolerance: TOLERANCE,
      })));
    });
    const mean = curve.reduce((s, c) => s + c.cpuSeconds, 0) / curve.length;
    claims.push({ where, what: 'CPU seconds per epoch (reference: about 25 on one thread, PyTorch)', source, published: null, ours: mean, tolerance: 0 });
    const last = curve.at(-1)!;
    if (last.epoch > AT.at(-1)!) for (const metric of ['HR@10', 'NDCG@10'] as const) claims.push({ where, what: `epoch ${last.epoch}: test ${metric}`, source, published: null, ours: last.test[metric], tolerance: 0 });
    return claims;
  },
};
