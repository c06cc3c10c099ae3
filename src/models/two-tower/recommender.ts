/** A fitted (or half-fitted) two-tower model as a Recommender: towers run once for everybody, then pairs are scored in blocks. */
import type { EntityTable } from '../../core/dataset';
import type { UserIndex, ItemIndex } from '../../core/ids';
import type { Matrix, ModelState, Ranked, Recommender } from '../../core/model';
import { dispose, getBackend, keep, matMul, reshape, tensor, tensor1d, tidy, type Tensor } from '../../compute/tensors';
import type { Lookup } from '../../compute/parameters';
import { gelu, pairHead, pairHeadGrid, rows } from '../../compute/layers';
import type { Features } from './features';
import type { Network } from './network';
import { towerOfNewItem } from './new-item';
import { firstLayer, headWeights, pairPreActivation, pairScores, type FirstLayer } from './scorer';

/** Pairs scored at once: where the composite path runs, [pairs, 128] floats are made of them several times. */
const PAIRS = 32768;

export interface RecommenderOptions {
  /** Train interactions per item and per user: an embedding row no train interaction has touched is still random. */
  itemSeen: Uint8Array;
  userSeen: Uint8Array;
  /** 'mean': such rows are replaced by the mean of the trained rows (or by the row trained for unknown items); 'start': left as drawn. */
  untrained: 'mean' | 'start';
  /** The item table, to read the labels of an item that is not in it; left out where none is asked about. */
  items?: EntityTable;
  save(): Promise<ModelState>;
  /** Frees what the recommender was built on; left out while training goes on. */
  onDispose?(): void;
}

export async function createRecommender(net: Network, o: RecommenderOptions): Promise<Recommender> {
  const a = net.architecture;
  const D = a.output;
  const substitutes = o.untrained === 'mean' ? await replaceUntrained(net, o) : new Map<string, Tensor>();
  const p: Lookup = (name) => substitutes.get(name) ?? net.parameters.get(name);
  const unknown = net.features.item.rows;
  const useUnknown = o.untrained === 'mean' && a.unknownItem > 0;
  const u = keep(net.outputs('user', p));
  const v = keep(net.outputs('item', p, useUnknown ? (i) => (o.itemSeen[i] ? i : unknown) : undefined));
  const first = a.scorer === 'dot' ? null : kept(() => firstLayer(p, a, u, v));
  dispose([...substitutes.values()]);
  const U = Float32Array.from(await u.data()); // [U, D]
  const V = Float32Array.from(await v.data()); // [I, D]
  const I = net.features.item.rows;
  let live = true;

  const scoreBlock = (users: Int32Array): Tensor => {
    const who = tensor1d(users, 'int32');
    const G = reshape(matMul(rows(u, who) as never, v as never, false, true), [-1]); // [n·I]
    if (!first) return G;
    const x = { user: rows(first.user, who), item: first.item, dots: first.dot && G, direction: first.dot };
    const w = headWeights(net.parameters.get);
    return gelu(pairHeadGrid(x, w) ?? pairHead(x, w, ...everyPair(users.length, I)));
  };

  return {
    async score(users: readonly UserIndex[] | Int32Array, out: Float32Array): Promise<void> {
      const list = Int32Array.from(users);
      const block = Math.max(1, Math.floor(PAIRS / I));
      for (let from = 0; from < list.length; from += block) {
        const some = list.subarray(from, from + block);
        const scores = tidy(() => scoreBlock(some));
        out.set(getBackend() === 'wasm' || getBackend() === 'cpu' ? scores.dataSync() : await scores.data(), from * I);
        scores.dispose();
      }
    },
    similarItems: (item: ItemIndex, k: number) => nearest(V, D, item, k),
    vectors: () => ({ users: matrix(U, D), items: matrix(V, D) }),
    async scoreNewItem(item) {
      const trained = await replaceUntrained(net, o);
      const nothing: EntityTable = { ids: [], columns: [], label: null };
      const one = await towerOfNewItem(net, item, o.items ?? nothing, (name) => trained.get(name) ?? net.parameters.get(name), o.itemSeen, useUnknown) // [1, D]
        .finally(() => dispose([...trained.values()]));
      const at = await one.data();
      return {
        async score(users, out) {
          const scores = tidy(() => pairScores(net.parameters.get, a, rows(u, tensor1d(Int32Array.from(users), 'int32')), one, ...everyPair(users.length, 1)));
          out.set(await scores.data());
          scores.dispose();
        },
        similarItems: (k) => nearestTo(V, D, at, k),
        dispose: () => one.dispose(),
      };
    },
    save: () => o.save(),
    dispose() {
      if (!live) return;
      live = false;
      dispose([u, v]);
      if (first) dispose([first.user, first.item, ...(first.dot ? [first.dot] : [])]);
      o.onDispose?.();
    },
  };
}

const matrix = (data: Float32Array, cols: number): Matrix => ({ rows: data.length / cols, cols, data });

function kept(make: () => FirstLayer): FirstLayer {
  let out: FirstLayer | undefined;
  tidy(() => {
    out = make();
    keep(out.user);
    keep(out.item);
    if (out.dot) keep(out.dot);
  });
  return out!;
}

/** Items by cosine of tower outputs, the item itself left out; ties by ascending index. */
const nearest = (V: Float32Array, D: number, item: number, k: number): Ranked => nearestTo(V, D, V.subarray(item * D, (item + 1) * D), k, item);

/** Items by cosine to a vector [D]. */
function nearestTo(V: Float32Array, D: number, to: ArrayLike<number>, k: number, self = -1): Ranked {
  const I = V.length / D;
  const norm = (x: ArrayLike<number>, at: number): number => {
    let s = 0;
    for (let c = 0; c < D; c++) s += x[at + c]! ** 2;
    return Math.sqrt(s) || 1;
  };
  const own = norm(to, 0);
  const cosine = new Float32Array(I);
  for (let i = 0; i < I; i++) {
    let s = 0;
    for (let c = 0; c < D; c++) s += V[i * D + c]! * to[c]!;
    cosine[i] = s / (own * norm(V, i * D));
  }
  const order = Int32Array.from(cosine.keys()).filter((i) => i !== self);
  order.sort((x, y) => cosine[y]! - cosine[x]! || x - y);
  const items = order.slice(0, k);
  return { items, scores: Float32Array.from(items, (i) => cosine[i]!) };
}

/** Tables in which rows that no train interaction reached are replaced by the mean of those it did reach. */
async function replaceUntrained(net: Network, o: RecommenderOptions): Promise<Map<string, Tensor>> {
  const out = new Map<string, Tensor>();
  for (const side of ['user', 'item'] as const satisfies (keyof Features)[]) {
    const seen = side === 'user' ? o.userSeen : o.itemSeen;
    for (const f of net.features[side].features) {
      if (f.kind !== 'codes') continue;
      const name = `${side}.${f.name}`;
      const reached = new Uint8Array(f.size);
      f.codes.forEach((c, e) => seen[e] && (reached[c] = 1));
      const n = reached.reduce((s, x) => s + x, 0);
      if (n === 0 || n === f.size) continue;
      const table = net.parameters.get(name);
      const d = table.shape[1]!;
      const data = Float32Array.from(await table.data());
      const mean = new Float64Array(d);
      for (let r = 0; r < f.size; r++) if (reached[r]) for (let c = 0; c < d; c++) mean[c]! += data[r * d + c]! / n;
      for (let r = 0; r < f.size; r++) if (!reached[r]) data.set(mean, r * d);
      out.set(name, keep(tensor(data, table.shape)));
    }
  }
  return out;
}

/** Index tensors of all pairs of n users and m items, user by user. */
function everyPair(n: number, m: number): [Tensor, Tensor] {
  const a = new Int32Array(n * m);
  const b = new Int32Array(n * m);
  for (let k = 0; k < a.length; k++) {
    a[k] = Math.floor(k / m);
    b[k] = k % m;
  }
  return [tensor1d(a, 'int32'), tensor1d(b, 'int32')];
}

/**
 * Mean value before the last GELU and the share of it below the GELU's minimum, over up to 64 users and about `pairs` pairs spread over the
 * catalogue.
 */
export async function beforeLastGelu(net: Network, pairs = 65536): Promise<{ mean: number; belowMinimum: number }> {
  const { combine } = net.architecture;
  const users = everyKth(net.features.user.rows, Math.min(64, Math.ceil(Math.sqrt(pairs / 4))));
  const items = everyKth(net.features.item.rows, Math.ceil(pairs / users.length));
  const values = tidy(() => {
    const p = net.parameters.get;
    const [a, b] = everyPair(users.length, items.length);
    return pairPreActivation(p, net.architecture, net.user.run(p, combine, users), net.item.run(p, combine, items), a, b);
  });
  const x = await values.data();
  values.dispose();
  let mean = 0;
  let below = 0;
  for (const t of x) {
    mean += t / x.length;
    below += Number(t < -0.7518) / x.length;
  }
  return { mean, belowMinimum: below };
}

/** At most `most` of the numbers 0 … n − 1, evenly spread. */
function everyKth(n: number, most: number): Int32Array {
  const step = Math.ceil(n / most);
  return Int32Array.from({ length: Math.ceil(n / step) }, (_, k) => k * step);
}
