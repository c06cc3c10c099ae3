/** NeuMF by the NCF protocol. Resumable; NEUMF_EPOCHS=n goes on past epoch 12 and keeps the checkpoint. */
import { DEFAULT_SPLIT } from '../core/split';
import { openData, type Claim, type ClaimSource } from './reference-claim';
import { curveOf, forget } from './reference-curve';

const EPOCHS = 12;
const ENOUGH = 0.68;
const PARAMS = { part: 'neumf', factors: 16, layers: 3, pretraining: 6, alpha: 0.5, negatives: 4, batch: 2048, learningRate: 4e-3, startScale: 0.01, weightDecay: 0 };

export const neumfNcf: ClaimSource = {
  id: 'neumf-ncf',
  title: 'MovieLens 1M, NCF protocol (99 listed negatives): NeuMF',
  note:
    `16 factors, 3 MLP layers, 4 negatives, batch 2,048 plays, Adam 4e-3, ${EPOCHS} epochs of which 6 train GMF and MLP apart; one seed, no validation items held out, the figure is that of the last epoch. ` +
    'Published: .7093 / .4349 with 64 factors and tuned settings. Goes on from its last epoch when broken off; NEUMF_EPOCHS=n trains longer.',
  needs: ['data/ncf-ml-1m.zip'],
  async claims(shared) {
    const asked = process.env['NEUMF_EPOCHS'];
    const epochs = Math.max(EPOCHS, Number(asked ?? 0) || 0);
    const curve = await curveOf({
      id: 'neumf-ncf', data: () => openData(shared, 'data/ncf-ml-1m.zip'), split: { ...DEFAULT_SPLIT, protocol: 'listed', validation: false }, model: 'neumf', params: PARAMS, seed: 0, epochs,
    });
    if (asked === undefined) forget('neumf-ncf');
    const source = 'shared/REFERENCE.md, A';
    const last = curve.at(-1)!;
    const common = { where: 'NCF ML-1M', source };
    const claims: Claim[] = [
      { ...common, what: `epoch ${last.epoch}: HR@10, at least ${ENOUGH}`, published: ENOUGH, ours: last.test['HR@10'], tolerance: 0, rule: 'above' },
      { ...common, what: `epoch ${last.epoch}: NDCG@10`, published: null, ours: last.test['NDCG@10'], tolerance: 0 },
      { ...common, what: 'CPU seconds per epoch', published: null, ours: curve.reduce((s, c) => s + c.cpuSeconds, 0) / curve.length, tolerance: 0 },
    ];
    return claims;
  },
};
