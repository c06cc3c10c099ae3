/** Whole training steps and whole rankings of the two-tower model, at the sizes PyTorch's script beside us uses. */
import { createRandom } from '../src/core/random';
import type { Recommender } from '../src/core/model';
import { rank, type RankingTask } from '../src/metrics/ranking';
import type { Features } from '../src/models/two-tower/features';
import { initialWeights, type Architecture, type Scorer } from '../src/models/two-tower/initial';
import { Network } from '../src/models/two-tower/network';
import { createRecommender } from '../src/models/two-tower/recommender';
import type { Batch } from '../src/models/two-tower/sampling';
import type { Tensor } from '../src/compute/tensors';
import { PAIR_FLOPS } from './kernels';
import type { BenchRow } from './rows';
import { inTurn } from './timing';
import { switchTo, WAYS, type Way } from './ways';

export interface StepSettings {
  what: string;
  scorer: Scorer;
  d: number;
  D: number;
  /** Negatives of each kind. */
  n: number;
}
export const STEPS: readonly StepSettings[] = [
  { what: 'fast, dot', scorer: 'dot', d: 32, D: 64, n: 5 },
  { what: 'fast widths, compress', scorer: 'dotCompress', d: 32, D: 64, n: 5 },
  { what: 'published widths, compress', scorer: 'dotCompress', d: 96, D: 192, n: 20 },
];
const B = 1024;
const MARGIN = { loss: 'margin', margin: 1, temperature: 1 } as const;

/** U users with a country; I items with an artist, a tag and text of 384 numbers. */
function features(U: number, I: number): Features {
  const r = createRandom(7, 'features');
  const codes = (name: string, rows: number, size: number) => ({ kind: 'codes' as const, name, size, codes: Int32Array.from({ length: rows }, (_, k) => (size === rows ? k : r.int(size))) });
  return {
    user: { rows: U, features: [codes('id', U, U), codes('country', U, 120)], text: null },
    item: { rows: I, features: [codes('id', I, I), codes('artist', I, 700), codes('tag', I, 121)], text: { dim: 384, vectors: Float32Array.from({ length: I * 384 }, () => r.normal() / Math.sqrt(384)) } },
  };
}
const architecture = (s: StepSettings): Architecture => ({ combine: 'cat', scorer: s.scorer, embedding: s.d, output: s.D, hidden: [128, 64], startScale: 1, unknownItem: 0 });
function network(s: StepSettings, U: number, I: number): Network {
  const f = features(U, I);
  const a = architecture(s);
  return new Network(f, a, initialWeights(f, a, createRandom(1, 'weights')), { learningRate: 2e-4 });
}
/** Ids prepared before, as in PyTorch's script: positives lean to the head, half the negatives are uniform, half other positives. */
function batch(U: number, I: number, n: number, seed: number): Batch {
  const r = createRandom(seed, 'batch');
  const users = Int32Array.from({ length: B }, () => r.int(U));
  const popular = Int32Array.from({ length: B }, () => Math.floor(I * r.next() ** 2));
  const items = Int32Array.from({ length: B * (1 + 2 * n) }, (_, at) => {
    const k = at % (1 + 2 * n);
    return k === 0 ? popular[Math.floor(at / (1 + 2 * n))]! : k <= n ? r.int(I) : popular[r.int(B)]!;
  });
  return { users, items };
}

/** Steps over eight batches in turn, for benches that read the loss themselves. */
export function stepOf(s: StepSettings): { step(): Tensor; dispose(): void } {
  const [U, I] = [2807, 1519];
  const batches = Array.from({ length: 8 }, (_, k) => batch(U, I, s.n, k));
  const net = network(s, U, I);
  let k = 0;
  return { step: () => net.step((p) => net.batchLoss(p, batches[k++ % 8]!, MARGIN)), dispose: () => net.dispose() };
}

/** Loss read back, as a training loop does. @returns milliseconds */
export async function stepRows(settings = STEPS, ways: readonly Way[] = WAYS): Promise<BenchRow[]> {
  const [U, I] = [2807, 1519];
  const out: BenchRow[] = [];
  for (const s of settings) {
    await switchTo('simd');
    const batches = Array.from({ length: 8 }, (_, k) => batch(U, I, s.n, k));
    const nets = new Map(ways.map((w) => [w, network(s, U, I)]));
    const counts = new Map<Way, number>();
    const t = await inTurn(ways.map((name) => ({
      name,
      before: () => switchTo(name),
      run: () => {
        const k = counts.get(name) ?? 0;
        counts.set(name, k + 1);
        const loss = nets.get(name)!.step((p) => nets.get(name)!.batchLoss(p, batches[k % 8]!, MARGIN));
        loss.dataSync();
        loss.dispose();
      },
    })), { rounds: 3, seconds: 8 });
    for (const net of nets.values()) net.dispose();
    out.push({ what: `two-tower step, ${s.what} (d ${s.d}, out ${s.D}, ${s.n} + ${s.n} negatives, batch ${B})`, unit: 'ms', figures: Object.fromEntries(Object.entries(t).map(([w, x]) => [w, 1000 * x.median])), ...('simd' in t ? { fastest: 1000 * t.simd.fastest } : {}) });
  }
  return out;
}

/** A recommender is built, U·I scores made and every user's target ranked; slower ways do it for the first users only. */
export async function rankingRows(): Promise<BenchRow[]> {
  const out: BenchRow[] = [];
  for (const [size, U, I] of [['demo-sized', 1200, 900], ['HetRec-sized', 1859, 2823]] as const) {
    for (const s of STEPS) {
      await switchTo('simd');
      const net = network(s, U, I);
      const made = new Map<Way, Recommender>();
      for (const way of WAYS) {
        await switchTo(way);
        made.set(way, await createRecommender(net, { itemSeen: new Uint8Array(I).fill(1), userSeen: new Uint8Array(U).fill(1), untrained: 'start', save: async () => ({ version: 1, arrays: {}, meta: {} }) }));
      }
      const users: Record<Way, number> = { simd: U, twin: s.scorer === 'dot' ? U : 64, stock: s.scorer === 'dot' ? U : 64 };
      const tasks = new Map(WAYS.map((w) => [w, firstUsers(users[w], I)]));
      const t = await inTurn(WAYS.map((name) => ({ name, before: () => switchTo(name), run: () => rank(made.get(name)!, tasks.get(name)!) })), { rounds: 3, seconds: 4 });
      for (const r of made.values()) r.dispose?.();
      net.dispose();
      out.push({
        what: `rank ${size} ${U.toLocaleString('en-US')} × ${I.toLocaleString('en-US')}, ${s.what} (SIMD: whole table in ${t.simd.median.toFixed(2)} s)`, unit: 'M scores/s',
        figures: Object.fromEntries(WAYS.map((w) => [w, (users[w] * I) / t[w].median / 1e6])),
        ...(s.scorer === 'dotCompress' ? { gflops: (U * I * (PAIR_FLOPS + 2 * s.D)) / 1e9 / t.simd.fastest } : {}),
      });
    }
  }
  return out;
}

function firstUsers(n: number, I: number): RankingTask {
  const start = Int32Array.from({ length: n + 1 }, (_, k) => k);
  return { I, users: start.slice(0, n), targetStart: start, targets: Int32Array.from({ length: n }, (_, k) => (k * 37) % I), excluded: { start: new Int32Array(n + 1), items: new Int32Array(0) } };
}
