/** Does text help cold items on the demo, and the more of it the more? Orders of our own figures; nothing is published about this data. */
import { chooseBackend } from '../compute/backend';
import { DEFAULT_SPLIT } from '../core/split';
import { cardOf } from '../models/catalogue';
import { runExperiment } from './experiment';
import { readInput } from './read-input';
import type { Claim, ClaimSource } from './reference-claim';
import { spreadOf, spreadWords, type Spread } from './seeds';

declare const __COLDWAVE_ROOT__: string;
const SEEDS = [1, 2, 3];
const TEXTS = [null, 'title', 'summary', 'lyrics'] as const;
type Metric = 'HR@10' | 'NDCG@10';

export const demoText: ClaimSource = {
  id: 'demo-text',
  title: 'Text and cold items: the demo, two-tower (preset fast)',
  note: `Last interaction of each user, full ranking, cold slice of the test; means over seeds ${SEEDS.join(', ')}. Claimed is the order of the means, not a distance: with a handful of hits apart, single seeds may swap.`,
  needs: [],
  async claims() {
    const { raw: data, vectors } = await readInput({ kind: 'demo' }, __COLDWAVE_ROOT__, () => {});
    const { chosen } = await chooseBackend('wasm');
    const card = cardOf('two-tower');
    const params = card.presets.find((p) => p.id === 'fast')!.params;
    const found = new Map<string, Record<Metric, Spread>>();
    let popularity: Record<Metric, number> = { 'HR@10': NaN, 'NDCG@10': NaN };
    let users = 0;
    for (const column of TEXTS) {
      const text = column === null ? null : vectors.find((v) => v.column === column)!;
      const hr: number[] = [];
      const ndcg: number[] = [];
      for (const seed of SEEDS) {
        const { record, recommender } = await runExperiment({
          runId: 'reference', name: 'two-tower', data, card, params, text, seed, patience: 0, selection: 'validation', maskValidation: true,
          backend: chosen, build: 'reference', split: DEFAULT_SPLIT,
        }, { checkpoints: false });
        recommender.dispose?.();
        hr.push(record.test.cold.metrics['HR@10']!.value);
        ndcg.push(record.test.cold.metrics['NDCG@10']!.value);
        const beside = record.baselines.find((b) => b.id === 'popularity')!.test.cold;
        popularity = { 'HR@10': beside.metrics['HR@10']!.value, 'NDCG@10': beside.metrics['NDCG@10']!.value };
        users = beside.n;
        process.stderr.write(`${column ?? 'no text'}, seed ${seed}: cold HR@10 ${hr.at(-1)!.toFixed(4)}, ${record.seconds.fit.toFixed(1)} s\n`);
      }
      found.set(column ?? 'no text', { 'HR@10': spreadOf(hr), 'NDCG@10': spreadOf(ndcg) });
    }
    const common = { where: 'demo', source: 'own expectation', tolerance: 0 };
    const claims: Claim[] = [];
    for (const metric of ['HR@10', 'NDCG@10'] as const) {
      for (const [name, f] of found) claims.push({ ...common, what: `${name}: cold ${metric} (${users} users)`, published: null, ours: f[metric].mean, spread: spreadWords(f[metric]) });
      claims.push({ ...common, what: `popularity: cold ${metric}`, published: null, ours: popularity[metric] });
    }
    const names = [...found.keys()];
    names.slice(1).forEach((more, k) => {
      const less = names[k]!;
      claims.push({ ...common, what: `cold HR@10: ${more} above ${less}`, published: found.get(less)!['HR@10'].mean, ours: found.get(more)!['HR@10'].mean, rule: 'above' });
    });
    claims.push({ ...common, what: 'cold HR@10: lyrics above popularity', published: popularity['HR@10'], ours: found.get('lyrics')!['HR@10'].mean, rule: 'above' });
    return claims;
  },
};
