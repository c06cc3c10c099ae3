/** The NCF MovieLens-1M protocol: the test item among its listed negatives; ties against it; listed twice counts once. */
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { TrainData } from '../../src/core/model';
import type { Claim } from './claims';
import { fitModel } from './fit-model';

export interface NcfWorld { train: TrainData; target: Int32Array; /** Candidates of each user without the target. */ listed: Int32Array[]; expected: Record<string, { hr10: number; ndcg10: number; hits10: number; first_ten_ranks: number[] }> }
export interface NcfRow { name: string; id: string; params: Record<string, unknown>; tolerance: number; /** Where the figures are not in ncf.json. */ published?: { source: string; hr10: number; ndcg10: number } }

const ITEMS = 3706;

export function ncfWorld(shared: string): NcfWorld {
  const files = unzipSync(readFileSync(`${shared}/data/ncf-ml-1m.zip`));
  const lines = (name: string): string[] => new TextDecoder().decode(files[name]).split(/\r?\n/).filter(Boolean);
  const pairs = lines('ml-1m.train.reconstructed.tsv').filter((l) => /^\d/.test(l)).map((l) => l.split('\t').map(Number));
  const tests = lines('ml-1m.test.negative').map((l) => l.split('\t'));
  const target = Int32Array.from(tests, (t) => Number(t[0]!.slice(1, -1).split(',')[1]));
  const listed = tests.map((t, u) => Int32Array.from(new Set(t.slice(1).map(Number).filter((i) => i !== target[u]))));
  const U = tests.length;
  pairs.sort((a, b) => a[0]! - b[0]!);
  const userStart = new Int32Array(U + 1);
  const itemDegree = new Int32Array(ITEMS);
  for (const [u, i] of pairs) {
    userStart[u! + 1]!++;
    itemDegree[i!]!++;
  }
  for (let u = 0; u < U; u++) userStart[u + 1]! += userStart[u]!;
  const table = (n: number) => ({ ids: Array.from({ length: n }, (_, k) => String(k)), columns: [], label: null });
  return {
    train: {
      U, I: ITEMS, user: Int32Array.from(pairs, (p) => p[0]!), item: Int32Array.from(pairs, (p) => p[1]!), time: null, value: null, userStart, itemDegree,
      users: table(U), items: table(ITEMS), validationItem: new Int32Array(U).fill(-1),
    },
    target, listed,
    expected: (JSON.parse(readFileSync(`${shared}/reference/ncf.json`, 'utf8')) as { expected: NcfWorld['expected'] }).expected,
  };
}

export async function ncfClaims({ train, target, listed, expected }: NcfWorld, row: NcfRow): Promise<{ claims: Claim[]; seconds: string }> {
  const { model, seconds } = await fitModel(row.id, row.params, train);
  const started = performance.now();
  const ranks = new Int32Array(train.U);
  const block = 256;
  const scores = new Float32Array(block * train.I);
  for (let start = 0; start < train.U; start += block) {
    const users = Int32Array.from({ length: Math.min(block, train.U - start) }, (_, b) => start + b);
    await model.score(users, scores.subarray(0, users.length * train.I));
    users.forEach((u, b) => {
      const own = scores[b * train.I + target[u]!]!;
      ranks[u] = 1 + listed[u]!.reduce((n, i) => n + (scores[b * train.I + i]! >= own ? 1 : 0), 0);
    });
  }
  const ranked = (performance.now() - started) / 1000;
  model.dispose?.();
  const hr10 = ranks.filter((r) => r <= 10).length / train.U;
  const ndcg10 = ranks.reduce((s, r) => s + (r <= 10 ? 1 / Math.log2(r + 1) : 0), 0) / train.U;
  const known = row.published ?? { source: 'ncf.json', ...expected[row.name]! };
  const claims: Claim[] = [
    { source: known.source, what: 'HR@10', expected: known.hr10, ours: hr10, tolerance: row.tolerance },
    { source: known.source, what: 'NDCG@10', expected: known.ndcg10, ours: ndcg10, tolerance: row.tolerance },
  ];
  if (!row.published) {
    const first = expected[row.name]!.first_ten_ranks;
    claims.push({ source: known.source, what: 'of the first ten ranks, those that differ', expected: 0, ours: first.filter((r, u) => r !== ranks[u]).length, tolerance: 0 });
  }
  return { claims, seconds: `fit ${seconds.toFixed(2)} s, score and rank ${ranked.toFixed(2)} s` };
}
