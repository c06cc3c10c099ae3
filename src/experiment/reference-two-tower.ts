/** The two-tower model on MovieLens 100K against what PyTorch reaches: ids, ids with the dot product, ids and features. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chooseBackend } from '../compute/backend';
import type { CategoricalColumn, DataSet, EntityTable } from '../core/dataset';
import { DEFAULT_SPLIT } from '../core/split';
import { load } from '../data/load';
import { cardOf } from '../models/catalogue';
import { runExperiment } from './experiment';
import type { Claim, ClaimSource } from './reference-claim';
import { spreadOf, spreadWords, type Spread } from './seeds';

const SEEDS = [0, 1, 2];
/** One standard error of HR@10 over 943 users is about .010, and both sides are means over 3 seeds with a deviation of about .01. */
const TOLERANCE = 0.015;

const settings = {
  embedding: 32, output: 64, negatives: 10, negativesFrom: 'both', batch: 1024, learningRate: 2e-3, epochs: 10, loss: 'margin', margin: 1,
  startScale: 1, idDropout: 0, newItems: 'start', newAsNegatives: true, centredStart: true, warmUp: 20, combine: 'cat',
};
interface Variant { what: string; section: string; params: Record<string, string> }
const variants: readonly Variant[] = [
  { what: 'ids, compress', section: 'twoTower, ids, centred start', params: { scorer: 'dotCompress', userColumns: '', itemColumns: '' } },
  { what: 'ids, dot', section: 'twoTower, ids, dot', params: { scorer: 'dot', userColumns: '', itemColumns: '' } },
  { what: 'ids and features, compress', section: 'twoTower, features', params: { scorer: 'dotCompress', userColumns: 'gender,age group,occupation', itemColumns: 'year group,genres' } },
];

/** Lower ends of the age groups after "under 18", as the reference has them. */
const AGES = [18, 25, 35, 45, 50, 56];

function groups(name: string, values: Float64Array, groupOf: (x: number) => string): CategoricalColumn {
  const words = Array.from(values, groupOf);
  const levels = [...new Set(words)];
  const at = new Map(levels.map((level, code) => [level, code]));
  return { kind: 'categorical', name, codes: Int32Array.from(words, (w) => at.get(w)!), levels };
}
function numbers(table: EntityTable, name: string): Float64Array {
  const column = table.columns.find((c) => c.name === name);
  if (column?.kind !== 'numeric') throw new Error(`There is no numeric column "${name}".`);
  return column.values;
}
/** Adds age in 7 groups and the year of release as a category ('' is a year of its own, as in the reference). */
function withGroups(data: DataSet): DataSet {
  const age = groups('age group', numbers(data.users, 'age'), (x) => String(AGES.filter((a) => x >= a).length));
  const year = groups('year group', numbers(data.items, 'year'), (x) => (Number.isNaN(x) ? 'unknown' : String(x)));
  return {
    ...data,
    users: { ...data.users, columns: [...data.users.columns, age] },
    items: { ...data.items, columns: [...data.items.columns, year] },
  };
}

interface Published { mean: number; sd: number; each: number[] }
type Measured = Record<'HR@10' | 'NDCG@10', Published>;
interface Section { curve: { epoch: number; validation: Measured }[]; testAtThatEpoch: Measured }

export const twoTowerMl100k: ClaimSource = {
  id: 'two-tower-ml100k',
  title: 'Two-tower on MovieLens 100K, last interaction of each user, against PyTorch',
  note:
    `d 32, out 64, 10 negatives of each kind, batch 1024, learning rate 2e-3, 10 epochs, embeddings start as N(0, 1), centred start; the learning rate rises over the first 20 steps here (not there); full ranking of all 1,682 items; means over ${SEEDS.length} seeds. ` +
    `Validation is that of epoch 10, test that of the epoch with the best validation NDCG@10. Allowed difference of the means: ${TOLERANCE} (943 users: one standard error of HR@10 is about .010). ` +
    'Features: gender, age in 7 groups, occupation; year, genres (the mean of a film’s genre vectors here, their sum in the reference).',
  needs: ['reference/neural/quality.json', 'data/ml-100k.zip'],
  async claims(shared) {
    const { movielens100k } = JSON.parse(readFileSync(path.join(shared, 'reference/neural/quality.json'), 'utf8')) as { movielens100k: Record<string, Section> };
    const { raw } = await load({ files: [new File([readFileSync(path.join(shared, 'data/ml-100k.zip'))], 'ml-100k.zip')] });
    const data = withGroups(raw);
    const { chosen } = await chooseBackend('wasm');
    const claims: Claim[] = [];
    for (const { what, section, params } of variants) {
      const validation: number[] = [];
      const test: number[] = [];
      for (const seed of SEEDS) {
        const began = performance.now();
        const { record, recommender } = await runExperiment({
          runId: 'reference', name: 'two-tower', data, card: cardOf('two-tower'), params: { ...settings, ...params }, text: null, seed, patience: 0,
          selection: 'validation', maskValidation: true, backend: chosen, build: 'reference', split: DEFAULT_SPLIT,
        }, { checkpoints: false });
        recommender.dispose?.();
        validation.push(record.epochs.at(-1)!.validation!.all.metrics['HR@10']!.value);
        test.push(record.test.all.metrics['HR@10']!.value);
        process.stderr.write(`${what}, seed ${seed}: validation ${validation.at(-1)!.toFixed(4)}, test ${test.at(-1)!.toFixed(4)} (epoch ${record.bestEpoch}), ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
      }
      const published = movielens100k[section]!;
      const line = (words: string, ours: Spread, theirs: Published): Claim => ({
        where: 'ML-100K, last', what: `${what}: ${words}`, source: 'shared/reference/neural/quality.json', published: theirs.mean, ours: ours.mean, tolerance: TOLERANCE,
        spread: `theirs ${spreadWords(theirs)}, ours ${spreadWords(ours)}`,
      });
      claims.push(
        line('validation HR@10, epoch 10', spreadOf(validation), published.curve.at(-1)!.validation['HR@10']),
        line('test HR@10, best epoch', spreadOf(test), published.testAtThatEpoch['HR@10']),
      );
    }
    return claims;
  },
};
