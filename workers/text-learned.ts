/** The text worker's answers about what was learned from the texts themselves. Fitted learners stay here, the two asked about last. */
import { embedUnseen, factsOf, heldOutPerplexity, learn, near, topicTable, wordQuery, type Learned } from '../src/text/learned';
import { corpusName } from '../src/text/corpus-name';
import { Problem } from '../src/core/problem';
import type { Learner, TextCalls, TextProgress } from './protocol';
import type { HandlerContext, Handlers } from './rpc';

type Context = HandlerContext<TextProgress>;
const KEPT = 3;
const kept = new Map<string, Learned>();

async function learnedFrom(texts: string[], learner: Learner, label: string, ctx: Context): Promise<Learned> {
  const key = corpusName(learner.id, learner.settings, texts);
  const known = kept.get(key);
  if (known) {
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  const start = performance.now();
  const learned = await learn(
    learner, texts,
    ({ done, total, share }) => {
      const elapsed = (performance.now() - start) / 1000;
      ctx.progress({ phase: 'embed', label, done, total, secondsLeft: share > 0 ? (elapsed / share) * (1 - share) : null });
    },
    ctx.signal,
  );
  kept.set(key, learned);
  for (const old of kept.keys()) if (kept.size > KEPT) kept.delete(old);
  return learned;
}

export const learnedHandlers: Pick<Handlers<TextCalls>, 'learn' | 'near' | 'unseen' | 'topics' | 'words' | 'topicCount' | 'ownVectors' | 'packVectors'> = {
  async learn({ texts, column, learner }, ctx) {
    const start = performance.now();
    const learned = await learnedFrom(texts, learner, `Learning from ${column}`, ctx);
    const seconds = (performance.now() - start) / 1000;
    const { encoder, dim, missing } = learned;
    return {
      vectors: { column, encoder, dim, vectors: learned.vectors.slice(), missing }, // a copy: the questions below read the original
      seconds, perSecond: (texts.length - missing) / Math.max(seconds, 1e-3), facts: factsOf(learned, texts),
    };
  },
  async near({ texts, learner, item, k }, ctx) {
    return { neighbours: near(await learnedFrom(texts, learner, 'Learning again', ctx), item, k) };
  },
  async unseen({ texts, learner, unseen }, ctx) {
    const learned = await learnedFrom(texts, learner, 'Learning again', ctx);
    return { vectors: embedUnseen(learned, learner, unseen), dim: learned.dim, encoder: learned.encoder };
  },
  async topics({ texts, learner, terms }, ctx) {
    const learned = await learnedFrom(texts, learner, 'Learning again', ctx);
    if (learned.id !== 'lda') throw new Problem('Only LDA has topics.', {}, 'Choose vectors made by LDA.');
    return topicTable(learned.fitted, terms);
  },
  async words({ texts, learner, plus, minus, k }, ctx) {
    const learned = await learnedFrom(texts, learner, 'Learning again', ctx);
    if (learned.id !== 'word2vec') throw new Problem('Only Word2Vec has vectors of words.', {}, 'Choose vectors made by Word2Vec.');
    return wordQuery(learned.fitted, plus, minus, k);
  },
  async ownVectors({ files, ids, name }, ctx) {
    const { readOwnVectors } = await import('../src/text/own-vectors/own-vectors');
    const parts = await Promise.all(files.map(async (f) => ({ name: f.name, bytes: new Uint8Array(await f.arrayBuffer()) })));
    ctx.signal.throwIfAborted();
    const { dim, vectors, missing, strangers } = await readOwnVectors(parts, ids);
    return { vectors: { column: name, encoder: corpusName('own@1', { dim }, [files.map((f) => `${f.name} ${f.size}`).join(), String(vectors.reduce((s, x) => s + x, 0))]), dim, vectors, missing }, strangers };
  },
  async packVectors({ ids, vectors: { column, encoder, dim, vectors } }) {
    const { packVectors } = await import('../src/text/own-vectors/own-vectors');
    return packVectors(ids, vectors, dim, `Vectors of ${column} by ${encoder}, ${dim} numbers an item, float32.`);
  },
  async topicCount({ texts, settings, counts }, ctx) {
    let last = performance.now();
    const start = last;
    return heldOutPerplexity(texts, settings, counts, (share) => {
      if (performance.now() - last < 60) return undefined;
      last = performance.now();
      const elapsed = (last - start) / 1000;
      ctx.progress({ phase: 'embed', label: 'Trying numbers of topics', done: Math.round(share * 100), total: 100, secondsLeft: (elapsed / share) * (1 - share) });
      return new Promise<void>((resolve) => setTimeout(resolve)).then(() => ctx.signal.throwIfAborted());
    });
  },
};
