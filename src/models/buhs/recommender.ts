/** A trained model as a Recommender: sets and items once for everybody, then pairs in blocks. */
import type { SideFeatures } from '../../compute/entity-features';
import { seenIn } from '../../compute/entity-input';
import { readsAtOnce } from '../../compute/heap';
import { pairHead, pairHeadGrid, rows } from '../../compute/layers';
import { newItemRow, newItemScores, placeOfNewItem } from '../../compute/new-item';
import { firstLayer, headWeights, pairPreActivation, type FirstLayer } from '../../compute/pair-scorer';
import type { Lookup } from '../../compute/parameters';
import { concat, dispose, getBackend, keep, matMul, mean, reshape, tensor1d, tensor2d, tidy, type Tensor } from '../../compute/tensors';
import { labelOf } from '../../core/dataset';
import type { ItemIndex, UserIndex } from '../../core/ids';
import type { Matrix, ModelState, Recommender, TrainData } from '../../core/model';
import { createRandom } from '../../core/random';
import { cosinesOf, largest } from '../../math/cosine-rows';
import { histories, sampleHistory } from './history-sample';
import type { BuhsParams } from './index';
import { perceptron } from './network';
import { ITEM_LAYERS, type Synthesis } from './synthesis';

const PAIRS = 32768;
const CHUNK = 512;
/** Users the average of newcomers is taken over. */
const AVERAGED = 4096;

interface Options {
  save(): Promise<ModelState>;
  onDispose?(): void;
}

export async function createRecommender(net: Synthesis, train: TrainData, params: BuhsParams, o: Options): Promise<Recommender> {
  const { U, I } = train;
  const own = histories(train);
  // Each user's sample is always the same, whoever else is asked about and whatever the seed of the run.
  const sample = (u: number): Int32Array => sampleHistory(own[u]!, train.itemDegree, params.history, params.temperature, -1, createRandom(u, 'history sample'));
  const seen = seenIn(train);
  const means = new Map([...(await net.user.trainedTables(net.parameters, seen.user)), ...(await net.item.trainedTables(net.parameters, seen.item))]);
  const p: Lookup = (name) => means.get(name) ?? net.parameters.get(name);
  const everybody = (n: number, of: (some: Int32Array) => Tensor): Tensor => {
    const parts: Tensor[] = [];
    for (let from = 0; from < n; from += CHUNK) {
      const some = Int32Array.from({ length: Math.min(CHUNK, n - from) }, (_, k) => from + k);
      parts.push(keep(tidy(() => of(some))));
    }
    const out = keep(tidy(() => concat(parts, 0)));
    dispose(parts);
    return out;
  };
  const u = everybody(U, (some) => net.sets(p, some, Int32Array.from(Array.from(some, sample).flatMap((s) => [...s]))));
  const v = everybody(I, (some) => net.items(p, some));
  // Somebody who is in no table looks like the average of those who are.
  const average = keep(tidy(() => mean(net.user.rows(p, Int32Array.from({ length: Math.min(U, AVERAGED) }, (_, k) => k)), 0, true)));
  const first = tidy(() => {
    const f = firstLayer(p, net.scorer, u, v);
    for (const t of [f.user, f.item, f.dot]) if (t) keep(t);
    return f as FirstLayer & Record<string, Tensor>;
  }) as FirstLayer;
  dispose([...means.values()]);
  const [sets, items] = [await matrix(u), await matrix(v)];
  let live = true;

  /** @param some sets, [n, D]  @param user their part of the scorer's first layer, [n, H1]  @returns [n · I] */
  const scoreSets = (some: Tensor, user: Tensor): Tensor => {
    const dots = reshape(matMul(some as never, v as never, false, true), [-1]);
    const x = { user, item: first.item, dots, direction: first.dot };
    const w = headWeights(net.parameters.get);
    return pairHeadGrid(x, w) ?? pairHead(x, w, ...everyPair(some.shape[0]!, I));
  };
  const scoreBlock = (list: Int32Array): Tensor => {
    const who = tensor1d(list, 'int32');
    return scoreSets(rows(u, who), rows(first.user, who));
  };
  return {
    async score(users: readonly UserIndex[] | Int32Array, out: Float32Array): Promise<void> {
      const list = Int32Array.from(users);
      const block = Math.max(1, Math.floor(PAIRS / I));
      for (let from = 0; from < list.length; from += block) {
        const s = tidy(() => scoreBlock(list.subarray(from, from + block)));
        out.set((getBackend() === 'wasm' || getBackend() === 'cpu' ? s.dataSync() : await s.data()) as Float32Array, from * I);
        s.dispose();
      }
    },
    // Elsewhere a tensor cannot be read without waiting.
    ...(readsAtOnce()
      ? {
          foldIn: (history: readonly ItemIndex[]) => ({
            score(out: Float32Array) {
              const known = Int32Array.from(new Set(history.filter((i) => i >= 0 && i < I)));
              const drawn = sampleHistory(known, train.itemDegree, params.history, params.temperature, -1, createRandom(0, 'history of a newcomer'));
              const s = tidy(() => {
                const set = net.setOf(net.parameters.get, average, drawn);
                return scoreSets(set, firstLayer(net.parameters.get, net.scorer, set, v).user);
              });
              out.set(s.dataSync() as Float32Array);
              s.dispose();
            },
          }),
        }
      : {}),
    async scoreNewItem(item) {
      const row = await newItemRow(net.item, item, train.items, net.parameters.get, seen.item);
      const one = keep(tidy(() => perceptron(net.parameters.get, 'item', ITEM_LAYERS, tensor2d(row, [1, row.length])))); // [1, D]
      const scores = newItemScores(Float32Array.from(await one.data()), items, async (who, out) => {
        const s = tidy(() => pairPreActivation(net.parameters.get, net.scorer, rows(u, tensor1d(Int32Array.from(who), 'int32')), one, ...everyPair(who.length, 1)));
        out.set((await s.data()) as Float32Array);
        s.dispose();
      }, () => one.dispose());
      return { ...scores, placedBy: placeOfNewItem(net.item.of, item, train.items) };
    },
    similarItems(item: ItemIndex, k: number) {
      const unit = unitOf(items);
      const cosine = new Float32Array(I);
      cosinesOf({ rows: I, dim: items.cols, data: unit }, item, cosine);
      const near = largest(cosine, k, item);
      return { items: near, scores: Float32Array.from(near, (i) => cosine[i]!) };
    },
    vectors: () => ({ users: sets, items }),
    explain(user, item) {
      const drawn = [...new Set(sample(user))].filter((i) => i >= 0).slice(0, 5);
      const names = drawn.map((i) => `“${labelOf(train.items, i)}”`).join(', ');
      return [
        { text: names ? `This user is described by items of their history, rarely played ones first: ${names}.` : 'This user has no history to describe them by.' },
        ...(seen.item[item] ? [] : [{ text: placedBy(net.item.of, labelOf(train.items, item)) }]),
      ];
    },
    save: () => o.save(),
    dispose() {
      if (!live) return;
      live = false;
      dispose([u, v, average, first.user, first.item, ...(first.dot ? [first.dot] : [])]);
      o.onDispose?.();
    },
  };
}

function placedBy(of: SideFeatures, label: string): string {
  const from = [...of.features.filter((f) => f.name !== 'id').map((f) => f.name), ...(of.text ? ['text'] : [])];
  return `Nobody in training has had “${label}”: ${from.length ? `it is placed by ${from.join(', ')}` : 'it stands at the average'}.`;
}

async function matrix(t: Tensor): Promise<Matrix> {
  const [n, cols] = t.shape as [number, number];
  return { rows: n, cols, data: Float32Array.from(await t.data()) };
}

function unitOf({ rows: n, cols, data }: Matrix): Float32Array {
  const out = Float32Array.from(data);
  for (let i = 0; i < n; i++) {
    const row = out.subarray(i * cols, (i + 1) * cols);
    const length = Math.sqrt(row.reduce((s, x) => s + x * x, 0)) || 1;
    for (let c = 0; c < cols; c++) row[c]! /= length;
  }
  return out;
}

function everyPair(n: number, m: number): [Tensor, Tensor] {
  const [a, b] = [new Int32Array(n * m), new Int32Array(n * m)];
  for (let k = 0; k < a.length; k++) {
    a[k] = Math.floor(k / m);
    b[k] = k % m;
  }
  return [tensor1d(a, 'int32'), tensor1d(b, 'int32')];
}
