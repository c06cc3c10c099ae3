/** Every encoder feeds every model that takes text. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../compute/load-backend';
import type { TextVectors } from '../core/dataset';
import { DEFAULT_SPLIT } from '../core/split';
import { cardOf, rankers } from '../models/catalogue';
import { checkerboard } from '../models/small-world';
import { createHashedNgrams } from '../text/hashed-ngrams/encode';
import { learn } from '../text/learned';
import { learnerOf } from '../text/learner-cards';
import { runExperiment } from './experiment';

const world = checkerboard();
/** Words of the item's parity, and one without words. */
const texts = world.data.items.ids.map((_, i) => (i === 5 ? '' : (i % 2 ? ['gold bank coin', 'coin silver gold'] : ['rain sea storm', 'storm wave rain'])[(i >> 1) % 2]!));
const small = { minDf: 1, maxDf: 1 };
const encoders: Record<string, () => Promise<Omit<TextVectors, 'column'>>> = {
  'TF-IDF': () => learn(learnerOf('tfidf', { ...small, dim: 6 }), texts),
  Word2Vec: () => learn(learnerOf('word2vec', { dim: 6, minCount: 1 }), texts),
  'LDA topics': () => learn(learnerOf('lda', { ...small, topics: 2 }), texts),
  'hashed n-grams': async () => ({ ...createHashedNgrams(), ...(await createHashedNgrams().embed(texts)) }),
};
const SMALL: Record<string, number> = { epochs: 1, embedding: 8, output: 8, negatives: 3, batch: 32, trees: 3 };
const takesText = rankers.filter((c) => c.needs.text).map((c) => c.id);

beforeAll(() => loadBackend('wasm'), 60_000);

describe.each(Object.keys(encoders))('%s', (name) => {
  it('feeds every model that takes text: the run ends with numbers, the empty text included', async () => {
    expect(takesText).toEqual(expect.arrayContaining(['content-knn', 'hybrid', 'lightfm', 'two-tower', 'two-tower-retrieval', 'buhs']));
    const { encoder, dim, vectors, missing } = await encoders[name]!();
    expect([missing, vectors.every(Number.isFinite)]).toEqual([1, true]);
    for (const id of takesText) {
      const card = cardOf(id);
      const params = { ...Object.fromEntries(Object.entries(SMALL).filter(([p]) => card.params[p]?.kind === 'int')), ...(id === 'hybrid' ? { members: 'item-knn:0.5,content-knn:0.5' } : {}) };
      const { record, recommender } = await runExperiment({
        runId: id, name: id, data: world.data, split: DEFAULT_SPLIT, card, params, text: { column: 'words', encoder, dim, vectors: vectors.slice(), missing },
        seed: 1, patience: 0, selection: 'validation', maskValidation: true, backend: 'wasm', build: '0',
      });
      expect(record.text, id).toMatchObject({ column: 'words', encoder });
      const scores = new Float32Array(world.data.items.ids.length);
      await recommender.score(Int32Array.of(3), scores);
      expect(scores.every(Number.isFinite), id).toBe(true);
      recommender.dispose?.();
    }
  }, 60_000);
});
