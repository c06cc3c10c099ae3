import { describe, expect, it } from 'vitest';
import { hash32 } from '../core/random';
import { embedUnseen, heldOutPerplexity, learn, near, topicTable, wordQuery, factsOf } from './learned';
import { learnerOf, LEARNERS } from './learner-cards';

const themes = [['rain', 'sea', 'storm', 'wave', 'harbour', 'tide'], ['gold', 'money', 'bank', 'coin', 'silver', 'debt'], ['love', 'kiss', 'heart', 'dance', 'lips', 'touch']];
const texts = Array.from({ length: 120 }, (_, d) => Array.from({ length: 14 }, (_, n) => themes[d % 3]![hash32(`${d} ${n}`) % 6]!).join(' '));
const small = { minDf: 1, maxDf: 1 };

describe('the learners', () => {
  it.each([
    learnerOf('tfidf', { ...small, dim: 8 }),
    learnerOf('lda', { ...small, topics: 3 }),
    learnerOf('word2vec', { dim: 12, minCount: 1, epochs: 20, sample: 0, rate: 0.1 }),
  ])('$id: the nearest texts are of the same theme, and the reasons are words of that theme', async (learner) => {
    const learned = await learn(learner, texts);
    for (const item of [0, 1, 2]) {
      const found = near(learned, item, 5);
      expect(found.length).toBe(5);
      for (const { item: other, cosine, reasons } of found) {
        expect(other % 3).toBe(item);
        expect(cosine).toBeLessThan(1 + 1e-6);
        if (learner.id !== 'word2vec') for (const { label } of reasons.slice(0, 1)) expect(themes[item]!.some((w) => label.includes(w))).toBe(true);
      }
    }
  });
  it.each([
    learnerOf('tfidf', { ...small, dim: 8, ngrams: '1-2' }),
    learnerOf('tfidf', { ...small, dim: 500, sublinear: false }),
    learnerOf('lda', { ...small, topics: 3 }),
    learnerOf('word2vec', { dim: 12, minCount: 1, epochs: 20, sample: 0, rate: 0.1 }),
  ])('$id: a text of the corpus gets its own vector as an unseen one; a new one stands with its theme; one without a known word is zeros', async (learner) => {
    const learned = await learn(learner, texts);
    const { dim, vectors } = learned;
    const unseen = embedUnseen(learned, learner, [texts[5]!, 'Storm on the SEA, rain in the harbour \u{1F30A}', 'zither', '']);
    for (let d = 0; d < dim; d++) expect(unseen[d]!).toBeCloseTo(vectors[5 * dim + d]!, 5);
    const cosine = (row: number): number => unseen.subarray(dim, 2 * dim).reduce((s, x, d) => s + x * vectors[row * dim + d]!, 0);
    expect(cosine(0)).toBeGreaterThan(Math.max(cosine(1), cosine(2)));
    expect([...unseen.subarray(2 * dim)]).toEqual(Array.from({ length: 2 * dim }, () => 0));
  });
  it('TF-IDF: the parts of the shared words add up to the cosine', async () => {
    const learned = await learn(learnerOf('tfidf', small), ['rain on the sea', 'the sea and the storm', 'gold']);
    const [first] = near(learned, 0, 1);
    expect(first!.item).toBe(1);
    expect(first!.reasons).toEqual([{ label: 'sea', part: first!.cosine }]);
  });
  it('a text without a known word has no neighbours, and is nobody’s neighbour', async () => {
    const learned = await learn(learnerOf('tfidf', small), [...texts.slice(0, 6), '']);
    expect(near(learned, 6, 5)).toEqual([]);
    expect(near(learned, 0, 10).some(({ item }) => item === 6)).toBe(false);
    expect(() => near(learned, 7, 1)).toThrow(/from 0 to 6/);
  });
  it('topics list their words by share, and their shares of all words add up to 1', async () => {
    const learned = await learn(learnerOf('lda', { ...small, topics: 3 }), texts);
    if (learned.id !== 'lda') throw new Error('expected LDA');
    const { topics } = topicTable(learned.fitted, 6);
    expect(topics.reduce((s, t) => s + t.share, 0)).toBeCloseTo(1, 5);
    expect(topics.map((t) => t.terms.map(({ term }) => term).sort().join()).sort()).toEqual(themes.map((t) => [...t].sort().join()).sort());
  });
  it('words unknown to Word2Vec are named', async () => {
    const learned = await learn(learnerOf('word2vec', { dim: 8, minCount: 1, sample: 0 }), texts);
    if (learned.id !== 'word2vec') throw new Error('expected Word2Vec');
    expect(wordQuery(learned.fitted, ['Rain', 'zither'], [], 3)).toMatchObject({ words: [], unknown: ['zither'] });
    expect(wordQuery(learned.fitted, ['Rain'], [], 3).words).toHaveLength(3);
  });
  it('three planted themes are told by held-out perplexity: three topics beat two', async () => {
    const found = await heldOutPerplexity(texts, (learnerOf('lda', small) as { settings: Parameters<typeof heldOutPerplexity>[1] }).settings, [2, 3], () => undefined);
    expect(found.map(({ topics }) => topics)).toEqual([2, 3]);
    expect(found[1]!.perplexity).toBeLessThan(found[0]!.perplexity);
  });
  it('perplexity of texts without a known word is refused, not infinite', async () => {
    const strangers = Array.from({ length: 40 }, (_, d) => (d % 10 === 0 ? `only${d} here${d}` : texts[d]!));
    await expect(heldOutPerplexity(strangers, (learnerOf('lda', small) as { settings: Parameters<typeof heldOutPerplexity>[1] }).settings, [2], () => undefined)).rejects.toThrow('share no word');
  });
  it.each([learnerOf('tfidf', {}), learnerOf('lda', {}), learnerOf('word2vec', {})])('$id: a script without spaces in which no phrase comes twice is refused with that reason, English with another', async (learner) => {
    const chinese = Array.from({ length: 12 }, (_, d) => Array.from({ length: 9 }, (__, n) => String.fromCodePoint(0x4e00 + 9 * d + n)).join(''));
    await expect(learn(learner, chinese)).rejects.toThrow(/script written without spaces/);
    const english = Array.from({ length: 12 }, (_, d) => `only${String.fromCodePoint(97 + d)} once${String.fromCodePoint(97 + d)}`);
    await expect(learn(learner, english)).rejects.toThrow(/Lower the least/);
  });
  it('says when all texts are alike, and when a script has no spaces', async () => {
    const alike = Array.from({ length: 5 }, () => 'rain sea');
    expect(factsOf(await learn(learnerOf('tfidf', small), alike), alike).join(' ')).toMatch(/All texts are alike/);
    const chinese = ['今天的雨下得很大', '海上的风暴来了', '金色的城市'];
    expect(factsOf(await learn(learnerOf('tfidf', small), chinese), chinese).join(' ')).toMatch(/without spaces/);
  });
});

describe('settings of learners', () => {
  it('every card’s defaults are accepted, and its main settings exist', () => {
    for (const { id, params, main } of LEARNERS) {
      expect(learnerOf(id).id).toBe(id);
      for (const name of main) expect(params).toHaveProperty(name);
    }
  });
  it('values out of range are refused with the range', () => {
    expect(() => learnerOf('lda', { topics: 1 })).toThrow(/topics must be a whole number from 2 to 100; received 1/);
    expect(() => learnerOf('word2vec', { rate: 'NaN' })).toThrow(/rate must be a number/);
    expect(() => learnerOf('tfidf', { maxDf: 0 })).toThrow(/maxDf must be a number from 0.01 to 1; received 0/);
  });
});
