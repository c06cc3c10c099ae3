/** Full ranking with all metrics, and a file of a million rows turned into indices. */
import { existsSync, openAsBlob } from 'node:fs';
import path from 'node:path';
import { dotRecommender } from '../../src/compute/dot-recommender';
import { slice, tensor2d } from '../../src/compute/tensors';
import { createRandom } from '../../src/core/random';
import { evaluate } from '../../src/metrics/evaluation';
import { rank, rankingTask } from '../../src/metrics/ranking';
import { scoreRows } from '../../src/math/factor-scores';
import { ownToIndices } from '../csv';
import { processorSeconds, type Work } from './work';

const U = 6040;
const I = 3706;
const F = 64;
const SEEN = 0.0447;

/** The table the peer's script draws: random factors, 4.5 % of pairs seen, one target a user, top 100. */
export function evaluationWork(): Work[] {
  const r = createRandom(3, 'ranking');
  const P = Float32Array.from({ length: U * F }, () => r.normal());
  const Q = Float32Array.from({ length: I * F }, () => r.normal());
  const target = Int32Array.from({ length: U }, () => r.int(I));
  const user: number[] = [];
  const item: number[] = [];
  for (let u = 0; u < U; u++) for (let i = 0; i < I; i++) if (r.next() < SEEN && i !== target[u]) { user.push(u); item.push(i); }
  const known = { user: Int32Array.from(user), item: Int32Array.from(item) };
  const task = rankingTask(U, I, { user: Int32Array.from({ length: U }, (_, u) => u), item: target }, [known]);
  const temperature = { cold: new Uint8Array(I), itemDegree: new Int32Array(I).fill(1) };
  const users = tensor2d(P, [U, F]);
  // Users come in order.
  const simd = dotRecommender({ U, I, users: (list) => slice(users, [list[0]!, 0], [list.length, F]), items: tensor2d(Q, [I, F]), save: () => ({ version: 1, arrays: {}, meta: {} }) });
  const wide = { P: Float64Array.from(P), Q: Float64Array.from(Q) };
  const peer = { library: 'NumPy', script: 'eval_fullrank.py', args: ['numpy'], line: 'full ranking 6040x3706 rank 64 top-100 numpy' };
  const ranked = (score: Parameters<typeof rank>[0]): Work['ours'] => async () => void evaluate(await rank(score, task, { listLength: 100 }), temperature);
  return [
    { what: 'full ranking 6,040 × 3,706, rank 64, top 100, all metrics: scores in float32 SIMD', target: 2, ours: ranked(simd), peer },
    { what: 'the same, scores in float64 (ALS, PureSVD, LightFM)', target: 2, ours: ranked({ score: (list, out) => scoreRows(wide.P, list, wide.Q, F, out) }), peer },
  ];
}

/** Reads the very file the peer's script has written; without Python there is none. */
export function fileWork(temp: string): Work[] {
  const file = path.join(temp, 'bench_1m.csv');
  return [{
    what: 'CSV of 1,000,000 rows: read, checked and indexed', target: 2,
    ours: async () => {
      if (!existsSync(file)) return NaN;
      const opened = new File([await openAsBlob(file)], 'bench_1m.csv');
      const began = processorSeconds();
      await ownToIndices(opened);
      return processorSeconds() - began;
    },
    peer: { library: 'pandas', script: 'pandas_csv.py', args: ['pandas'], line: 'read and index 1M-row csv pandas' },
  }];
}
