/**
 * Text: TF-IDF, nearest texts, LDA and Word2Vec on 5,000 documents of 80 words, one thread, in turn with scikit-learn and gensim where
 * PEER_PYTHON names a Python that has them; else Word2Vec beside its slow twin. Part "text" of docs/measured.md.
 *   PEER_PYTHON=python3 node scripts/run-ts.mjs bench/text.ts
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { z } from '../src/core/schema';
import { createRandom } from '../src/core/random';
import { nearestRows } from '../src/math/nearest-rows';
import { inferAll, LDA_DEFAULTS, onlinePass, startTopics } from '../src/text/lda/encode';
import { perplexity, type LdaModel } from '../src/text/lda/lda';
import { fitTfidf, TFIDF_DEFAULTS } from '../src/text/tfidf/encode';
import { countTerms } from '../src/text/tokens';
import { fitWord2Vec } from '../src/text/word2vec/encode';
import { figure, machine, table, writeParts } from './document';

declare const __COLDWAVE_ROOT__: string;
const [N, LENGTH, VOCABULARY, TOPICS] = [5000, 80, 3000, 10];
const ROUNDS = 2;

/** The finaliser of MurmurHash3. */
function mix32(x: number): number {
  x ^= x >>> 16;
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
/** Planted topics, by the rule the peers' scripts state: word ranks follow a steep curve, and in six words of ten the document's topic shifts it. */
const texts = Array.from({ length: N }, (_, d) =>
  Array.from({ length: LENGTH }, (_, n) => {
    const k = 2 * (d * LENGTH + n);
    const rank = Math.floor(VOCABULARY ** (mix32(k) / 2 ** 32) - 1);
    return `w${mix32(k + 1) % 10 < 4 ? rank : (rank * 7 + (d % TOPICS) * (VOCABULARY / TOPICS)) % VOCABULARY}`;
  }).join(' '),
);

const every = { minDf: 1, maxDf: 1, maxTerms: 1e6, stopWords: 'none' } as const;
const counted = countTerms(texts, { ...every, ngrams: [1, 1], stopWords: new Set() });
const tfidf = (): ReturnType<typeof fitTfidf> => fitTfidf(texts, { ...TFIDF_DEFAULTS, ...every, sublinear: false });
const { weights } = tfidf();

/** As scikit-learn's `fit` does: ten passes, then one E-step over all and the perplexity. */
async function lda(): Promise<string> {
  const random = createRandom(1, 'lda');
  const model: LdaModel = { topics: TOPICS, terms: counted.terms.length, alpha: 1 / TOPICS, beta: 1 / TOPICS, lambda: startTopics(TOPICS, counted.terms.length, random) };
  const order = Int32Array.from({ length: N }, (_, d) => d);
  let updates = 0;
  for (let pass = 0; pass < 10; pass++) updates = await onlinePass(model, counted.counts, order, { ...LDA_DEFAULTS, batch: 256 }, updates);
  return `perplexity ${perplexity(model, counted.counts, inferAll(model, counted.counts)).toFixed(1)}`;
}
const wordSettings = { dim: 100, window: 5, negatives: 5, epochs: 5, minCount: 1, sample: 0, rate: 0.025, lastRate: 1e-4, seed: 1 };

interface Work {
  what: string;
  script: string;
  /** How its line of the script's output begins. */
  peer: string;
  /** At most so many times as long as the peer. */
  target: number;
  ours(): unknown;
}
const work: Work[] = [
  { what: 'TF-IDF', script: 'tfidf.py', peer: 'tf-idf 5k docs', target: 2, ours: () => `${tfidf().terms.length} terms` },
  { what: 'ten nearest of every document', script: 'tfidf.py', peer: 'tf-idf cosine', target: 2, ours: () => nearestRows(weights, { k: 10, shrink: 0, similarity: 'cosine' }) },
  { what: 'LDA, 10 topics, 10 passes', script: 'lda.py', peer: 'online LDA', target: 1.5, ours: lda },
  { what: 'Word2Vec, 400,000 tokens, 100-d, 5 epochs', script: 'w2v.py', peer: 'word2vec', target: 1.5, ours: () => fitWord2Vec(texts, wordSettings) },
];

const line = z.object({ name: z.string(), seconds: z.number(), perplexity: z.number().optional() });
const python = process.env['PEER_PYTHON'];
const folder = path.resolve(__COLDWAVE_ROOT__, '..', 'shared', 'reference', 'peers');
const said = new Map<string, z.infer<typeof line>[]>();
function peerLines(script: string): z.infer<typeof line>[] {
  if (!python) return [];
  const known = said.get(script);
  if (known) return known;
  const env = { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' };
  const lines = execFileSync(python, [path.join(folder, script)], { encoding: 'utf8', env }).split('\n').filter(Boolean).map((l) => line.parse(JSON.parse(l)));
  said.set(script, lines);
  return lines;
}
async function seconds(run: () => unknown): Promise<[number, string]> {
  const began = performance.now();
  const result: unknown = await run();
  return [(performance.now() - began) / 1000, typeof result === 'string' ? result : ''];
}

const only = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const rows: string[][] = [];
for (const w of work.filter(({ what }) => only.length === 0 || only.some((o) => what.startsWith(o)))) {
  const mine: number[] = [];
  let note = '';
  const turn = async (): Promise<void> => {
    const [spent, words] = await seconds(w.ours);
    mine.push(spent);
    note = words;
  };
  for (let round = 0; round < ROUNDS; round++) await turn();
  const peer = peerLines(w.script).find((l) => l.name.startsWith(w.peer));
  for (let round = 0; round < ROUNDS; round++) await turn(); // after the peer too: a busy moment falls on both
  const best = Math.min(...mine);
  const twin = !peer && w.what.startsWith('Word2Vec') ? (await seconds(() => fitWord2Vec(texts, wordSettings, undefined, false)))[0] : null;
  if (twin !== null) note = `its TypeScript twin takes ${figure(twin)} s`;
  if (peer?.perplexity !== undefined) note += `, the peer's ${peer.perplexity.toFixed(1)}`;
  rows.push([w.what, `${figure(best)} s`, peer ? `${figure(peer.seconds)} s` : '–', peer ? `${figure(best / peer.seconds)}×` : '–', `${w.target}×`, note]);
  console.log(rows.at(-1)!.join(' | '));
}
if (python && only.length === 0 && !process.argv.includes('--no-write')) {
  const body = `${machine()}.\n\n5,000 documents of 80 words with planted topics, the same for both; the fastest of ${2 * ROUNDS} runs of ours around the peer's own runs (fastest of two or three), one thread. Peers: scikit-learn (TF-IDF, online LDA) and gensim (Word2Vec), which are native code. The ratio says how many times as long ours takes.\n\n${table(['work', 'ours', 'peer', 'ours : peer', 'asked for', 'note'], rows)}`;
  writeParts(__COLDWAVE_ROOT__, [{ id: 'text', title: 'Text encoders', command: 'PEER_PYTHON=python3 node scripts/run-ts.mjs bench/text.ts', body }]);
  console.log('Written to docs/measured.md.');
}
