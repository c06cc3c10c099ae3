/** Neural recommenders against what PyTorch reaches on the same data and protocol (shared/reference/neural/quality.json). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chooseBackend } from '../compute/backend';
import { DEFAULT_SPLIT } from '../core/split';
import { load } from '../data/load';
import { cardOf } from '../models/catalogue';
import { runExperiment } from './experiment';
import type { Claim, ClaimSource } from './reference-claim';
import { spreadOf, spreadWords, type Spread } from './seeds';

const SEEDS = [0, 1, 2];
interface Published { mean: number; sd: number; each: number[] }
type Measured = Record<'HR@10' | 'NDCG@10', Published>;

const autoencoders = [
  { what: 'Mult-VAE', section: 'multVae', model: 'mult-vae', params: { hidden: 600, latent: 200, dropout: 0.5, beta: 0.2, annealing: 2000, schedule: 'scaled', batch: 100, learningRate: 1e-3, epochs: 100, weightDecay: 0 } },
  { what: 'AutoRec', section: 'autoRec', model: 'autorec', params: { side: 'user', feedback: 'plays', output: 'sigmoid', hidden: 500, batch: 100, learningRate: 1e-3, epochs: 300, weightDecay: 0 } },
] as const;
const ALLOWED = { 'HR@10': 0.012, 'NDCG@10': 0.008 } as const;

export const autoencodersMl100k: ClaimSource = {
  id: 'autoencoders-ml100k',
  title: 'Mult-VAE and AutoRec on MovieLens 100K, last interaction of each user, against PyTorch',
  note:
    'Every rating is a play; full ranking of all 1,682 items; test at the epoch with the best validation NDCG@10 (ours looks at every epoch, the reference at every fifth or tenth); ' +
    `means over ${SEEDS.length} seeds. Allowed difference of the means: HR@10 ${ALLOWED['HR@10']}, NDCG@10 ${ALLOWED['NDCG@10']}.`,
  needs: ['reference/neural/quality.json', 'data/ml-100k.zip'],
  async claims(shared) {
    const { movielens100k } = JSON.parse(readFileSync(path.join(shared, 'reference/neural/quality.json'), 'utf8')) as { movielens100k: Record<string, { 'test at that epoch': Measured }> };
    const { raw: data } = await load({ files: [new File([readFileSync(path.join(shared, 'data/ml-100k.zip'))], 'ml-100k.zip')] });
    const { chosen } = await chooseBackend('wasm');
    const claims: Claim[] = [];
    for (const { what, section, model, params } of autoencoders) {
      const found: Record<keyof Measured, number[]> = { 'HR@10': [], 'NDCG@10': [] };
      for (const seed of SEEDS) {
        const began = performance.now();
        const { record, recommender } = await runExperiment({
          runId: 'reference', name: model, data, card: cardOf(model), params, text: null, seed, patience: 0,
          selection: 'validation', maskValidation: true, backend: chosen, build: 'reference', split: DEFAULT_SPLIT,
        }, { checkpoints: false });
        recommender.dispose?.();
        for (const metric of ['HR@10', 'NDCG@10'] as const) found[metric].push(record.test.all.metrics[metric]!.value);
        process.stderr.write(`${what}, seed ${seed}: test HR@10 ${found['HR@10'].at(-1)!.toFixed(4)} (epoch ${record.bestEpoch}), ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
      }
      const published = movielens100k[section]!['test at that epoch'];
      for (const metric of ['HR@10', 'NDCG@10'] as const) {
        const ours: Spread = spreadOf(found[metric]);
        claims.push({
          where: 'ML-100K, last', what: `${what}: test ${metric}, best epoch`, source: 'shared/reference/neural/quality.json', published: published[metric].mean, ours: ours.mean,
          tolerance: ALLOWED[metric], spread: `theirs ${spreadWords(published[metric])}, ours ${spreadWords(ours)}`,
        });
      }
    }
    return claims;
  },
};
