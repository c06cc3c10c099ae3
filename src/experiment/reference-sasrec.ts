/** SASRec on MovieLens 1M against the curve of PyTorch. Resumable; SASREC_EPOCHS=n goes on past epoch 15 and keeps the checkpoint. */
import { DEFAULT_SPLIT } from '../core/split';
import { openData, readJson, type Claim, type ClaimSource } from './reference-claim';
import { curveOf, forget, type Rates } from './reference-curve';

const AT = [1, 5, 10, 15];
const TOLERANCE = 0.01;
const SEED = 0;
const PARAMS = { dim: 64, length: 100, blocks: 2, heads: 1, loss: 'crossEntropy', arrangement: 'projection', dropout: 0.1, batch: 128, learningRate: 1e-3, beta2: 0.98, startScale: 0.02 };

interface Published { epoch: number; validation: Record<keyof Rates, { mean: number }>; test: Record<keyof Rates, { mean: number }> }

export const sasrecMl1m: ClaimSource = {
  id: 'sasrec-ml-1m',
  title: 'SASRec on MovieLens 1M, last interaction of each user, against PyTorch',
  note:
    'Width 64, length 100, 2 blocks, 1 head, original with projection, cross-entropy over all items, dropout .1, batch 128, Adam 1e-3 with β₂ .98; full ranking of 3,416 items. ' +
    `One seed against the mean of the reference's; allowed difference ${TOLERANCE}. Goes on from its last epoch when broken off; SASREC_EPOCHS=200 goes on past epoch 15 (published after full training at length 200: HR@10 .3152, NDCG@10 .1821).`,
  needs: ['reference/neural/quality.json', 'data/sasrec-ml-1m.zip'],
  async claims(shared) {
    const { movielens1m } = readJson(shared, 'reference/neural/quality.json') as { movielens1m: { sasrec: { curve: Published[] } } };
    const asked = process.env['SASREC_EPOCHS'];
    const epochs = Math.max(AT.at(-1)!, Number(asked ?? 0) || 0);
    const curve = await curveOf({ id: 'sasrec-ml-1m', data: () => openData(shared, 'data/sasrec-ml-1m.zip'), split: DEFAULT_SPLIT, model: 'sasrec', params: PARAMS, seed: SEED, epochs });
    if (asked === undefined) forget('sasrec-ml-1m'); // a finished measurement is not taken for the next one
    const where = 'ML-1M, last';
    const source = 'shared/reference/neural/quality.json';
    const claims: Claim[] = AT.flatMap((epoch) => {
      const ours = curve[epoch - 1]!;
      const theirs = movielens1m.sasrec.curve.find((c) => c.epoch === epoch)!;
      return (['validation', 'test'] as const).flatMap((on) => (['HR@10', 'NDCG@10'] as const).map((metric): Claim => ({
        where, what: `epoch ${epoch}: ${on} ${metric}`, source, published: theirs[on][metric].mean, ours: ours[on]![metric], tolerance: TOLERANCE,
      })));
    });
    const mean = curve.reduce((s, c) => s + c.cpuSeconds, 0) / curve.length;
    claims.push({ where, what: 'CPU seconds per epoch (reference: about 25 on one thread, PyTorch)', source, published: null, ours: mean, tolerance: 0 });
    const last = curve.at(-1)!;
    if (last.epoch > AT.at(-1)!) for (const metric of ['HR@10', 'NDCG@10'] as const) claims.push({ where, what: `epoch ${last.epoch}: test ${metric}`, source, published: null, ours: last.test[metric], tolerance: 0 });
    return claims;
  },
};
