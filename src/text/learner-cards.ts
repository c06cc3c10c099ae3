/** The encoders that learn from the texts themselves, as forms, addresses and the command line see them. */
import { choice, parseParams, type ParamSpecs, type ParamsOf } from '../core/params';
import { messageOf, Problem } from '../core/problem';
import type { LdaSettings } from './lda/encode';
import { STOP_WORD_LISTS, type StopWordList } from './stop-words';
import type { TfidfSettings } from './tfidf/encode';
import type { Word2VecSettings } from './word2vec/encode';

export type LearnerId = 'tfidf' | 'word2vec' | 'lda';
export type Learner = { id: 'tfidf'; settings: TfidfSettings } | { id: 'word2vec'; settings: Word2VecSettings } | { id: 'lda'; settings: LdaSettings };

const stopWords = choice<StopWordList>({
  label: 'Stop words',
  help: 'Words as common as “the” are left out; choose the language of the texts.',
  default: 'english',
  options: STOP_WORD_LISTS.map((value) => ({ value, label: value === 'none' ? 'None' : value[0]!.toUpperCase() + value.slice(1) })),
});
const minDf = { kind: 'int', label: 'Least texts', help: 'Words in fewer texts are left out.', min: 1, max: 1000, default: 2, scale: 'log' } as const;
const maxDf = { kind: 'number', label: 'Greatest share of texts', help: 'Words in a greater share of the texts are left out: they tell texts apart badly.', min: 0.01, max: 1, default: 0.5 } as const;
const maxTerms = { kind: 'int', label: 'Most words', help: 'Only so many words are kept, the most frequent ones.', min: 10, max: 200_000, default: 50_000, scale: 'log', advanced: true } as const;
const seed = { kind: 'int', label: 'Seed', help: 'One seed gives one result.', min: 0, max: 1_000_000, default: 42, advanced: true } as const;

const tfidf = {
  ngrams: choice({ label: 'Terms', help: 'Single words, or pairs of neighbouring words too.', default: '1', options: [{ value: '1', label: 'Words' }, { value: '1-2', label: 'Words and pairs' }, { value: '2', label: 'Pairs' }] }),
  stopWords, minDf, maxDf,
  sublinear: { kind: 'toggle', label: 'Damp repetition', help: 'Counts a word 1 + ln(count) times, so that a refrain does not drown the rest.', default: true },
  dim: { kind: 'int', label: 'Numbers a text', help: 'For training, the weights are pressed into so many numbers (latent semantic analysis). Neighbours use them all.', min: 2, max: 512, default: 128, scale: 'log' },
  maxTerms, seed,
} satisfies ParamSpecs;

const word2vec = {
  dim: { kind: 'int', label: 'Numbers a word', help: 'Length of a word’s vector; a text is the mean of its words.', min: 2, max: 512, default: 100, scale: 'log' },
  window: { kind: 'int', label: 'Window', help: 'Words up to this far apart count as neighbours.', min: 1, max: 20, default: 5 },
  epochs: { kind: 'int', label: 'Epochs', help: 'Times the texts are read. Few texts need more.', min: 1, max: 200, default: 10, scale: 'log' },
  minCount: { kind: 'int', label: 'Least occurrences', help: 'Rarer words are left out: there is nothing to learn them from.', min: 1, max: 1000, default: 2, scale: 'log' },
  negatives: { kind: 'int', label: 'Negatives', help: 'Random words each pair is told from.', min: 1, max: 20, default: 5, advanced: true },
  sample: { kind: 'number', label: 'Subsampling', help: 'Occurrences of words with a greater share of all words than this are thinned out; 0 keeps all.', min: 0, max: 0.1, default: 0.001, advanced: true },
  rate: { kind: 'number', label: 'Learning rate', help: 'At the start; it falls to almost nothing.', min: 0.0001, max: 0.5, default: 0.025, scale: 'log', advanced: true },
  seed,
} satisfies ParamSpecs;

const lda = {
  topics: { kind: 'int', label: 'Topics', help: 'How many themes to look for. Held-out perplexity helps to choose.', min: 2, max: 100, default: 10, scale: 'log' },
  passes: { kind: 'int', label: 'Passes', help: 'Times the texts are read. Few texts need more.', min: 1, max: 200, default: 40, scale: 'log' },
  stopWords, minDf, maxDf: { ...maxDf, default: 0.15 },
  batch: { kind: 'int', label: 'Texts per update', help: 'Topics move after every so many texts. Few texts want small batches.', min: 1, max: 100_000, default: 64, scale: 'log', advanced: true },
  alpha: { kind: 'number', label: 'Topics a text (α)', help: 'Small: a text has few topics. 0 = 1 / topics.', min: 0, max: 100, default: 0.3, advanced: true },
  beta: { kind: 'number', label: 'Words a topic (β)', help: 'Small: a topic has few words. 0 = 1 / topics.', min: 0, max: 100, default: 0.2, advanced: true },
  offset: { kind: 'number', label: 'Slow start', help: 'Early updates weigh less where this is larger.', min: 1, max: 1000, default: 10, scale: 'log', advanced: true },
  decay: { kind: 'number', label: 'Forgetting', help: 'From .51 (slowly) to 1: how fast later updates weigh less.', min: 0.51, max: 1, default: 0.7, advanced: true },
  maxTerms, seed,
} satisfies ParamSpecs;

export interface LearnerCard {
  id: LearnerId;
  name: string;
  /** One sentence: what it knows. */
  knows: string;
  params: ParamSpecs;
  main: readonly string[];
}
export const LEARNERS: readonly LearnerCard[] = [
  { id: 'tfidf', name: 'TF-IDF', knows: 'Knows which words two texts share, rare words counting most. Learned from these texts; any language with spaces.', params: tfidf, main: ['ngrams', 'stopWords', 'minDf', 'maxDf', 'sublinear', 'dim'] },
  { id: 'word2vec', name: 'Word2Vec', knows: 'Knows which words are used alike, from these texts alone; needs many of them.', params: word2vec, main: ['dim', 'window', 'epochs', 'minCount'] },
  { id: 'lda', name: 'LDA topics', knows: 'Knows which themes a text mixes; each theme is a list of words one can read.', params: lda, main: ['topics', 'passes', 'stopWords', 'minDf', 'maxDf'] },
];

/** @throws Problem naming the learners there are */
export function learnerCard(id: string): LearnerCard {
  const card = LEARNERS.find((l) => l.id === id);
  if (!card) throw new Problem(`There is no text encoder "${id}".`, {}, `There are: minilm, hashed-ngrams, ${LEARNERS.map((l) => l.id).join(', ')}.`);
  return card;
}

/**
 * Settings checked against their declaration, in the form the encoders take.
 * @throws Problem naming the setting, the value received and what is allowed
 */
export function learnerOf(id: LearnerId, given: Record<string, unknown> = {}): Learner {
  try {
    switch (id) {
      case 'tfidf': {
        const { ngrams, ...rest } = parseParams(tfidf, given) as ParamsOf<typeof tfidf>;
        return { id, settings: { ...rest, ngrams: ngrams === '1' ? [1, 1] : ngrams === '2' ? [2, 2] : [1, 2] } };
      }
      case 'word2vec': {
        const settings = parseParams(word2vec, given) as ParamsOf<typeof word2vec>;
        return { id, settings: { ...settings, lastRate: Math.min(1e-4, settings.rate) } };
      }
      case 'lda':
        return { id, settings: parseParams(lda, given) as ParamsOf<typeof lda> };
    }
  } catch (error) {
    throw new Problem(messageOf(error), {}, 'Change the setting and try again.');
  }
}
