/**
 * A recommender whose scores are ⟨vector of the user, vector of the item⟩ + bias of the item, both made of tensors: what autoencoders, sequence
 * models and retrieval towers come down to once they are trained.
 */
import type { ItemIndex, UserIndex } from '../core/ids';
import type { Matrix, ModelState, Ranked, Recommender } from '../core/model';
import { cosinesOf, largest } from '../math/cosine-rows';
import { readsAtOnce } from './heap';
import { add, clone, concat, dispose, fill, getBackend, matMul, reshape, tidy, transpose, type Tensor } from './tensors';

/** Scores made at once, so that no block of them is larger than this many numbers. */
const SCORES = 4 << 20;
const MOST_USERS = 512;

export interface DotModel {
  U: number;
  I: number;
  /** Vectors of some users [n, D]; called inside a tidy. `stage` test: the validation item counts as the newest of the history. */
  users(list: Int32Array, stage: 'now' | 'test'): Tensor;
  /** [I, D], or [D, I] with `itemsByColumn`. Not freed here unless it is among `owned`. */
  items: Tensor;
  itemsByColumn?: boolean;
  /** [I] */
  bias?: Tensor;
  /** A monotone function on top, where the model has one. */
  finish?(scores: Tensor): Tensor;
  /** The vector of somebody with this history [1, D]; called inside a tidy. */
  newcomer?(history: Int32Array): Tensor;
  /** What puts somebody with this history where they are. */
  newcomerBy?(history: Int32Array): string;
  /** Whether scores for the test differ from those for now. */
  readsValidation?: boolean;
  owned?: readonly Tensor[];
  save(): Promise<ModelState> | ModelState;
  onDispose?(): void;
}

/**
 * Scores in blocks of users, so that memory stays bounded whatever U and I are. `foldIn` is there only where tensors can be read at once.
 * Owns the tensors in `owned` and frees them on dispose.
 */
export function dotRecommender(m: DotModel): Recommender {
  let live = true;
  const scores = (u: Tensor): Tensor => {
    const dots = matMul(u as never, m.items as never, false, !m.itemsByColumn); // [n, I]
    const s = m.bias ? add(dots, m.bias) : dots;
    return m.finish ? m.finish(s) : s;
  };
  const direct = (): boolean => getBackend() === 'wasm' || getBackend() === 'cpu';
  const scoreAll = async (stage: 'now' | 'test', users: readonly UserIndex[] | Int32Array, out: Float32Array): Promise<void> => {
    const list = Int32Array.from(users);
    const block = Math.max(1, Math.min(MOST_USERS, Math.floor(SCORES / m.I)));
    for (let from = 0; from < list.length; from += block) {
      const s = tidy(() => scores(m.users(list.subarray(from, from + block), stage)));
      out.set((direct() ? s.dataSync() : await s.data()) as Float32Array, from * m.I);
      s.dispose();
    }
  };
  const itemRows = async (): Promise<Matrix> => matrixOf(tidy(() => itemMatrix(m)));
  /** A 1 for the bias, which is the items' last column. */
  const widened = (u: Tensor): Tensor => (m.bias ? concat([u, fill([u.shape[0]!, 1], 1)], 1) : u);
  const userRows = async (list: Int32Array, stage: 'now' | 'test'): Promise<Matrix> => matrixOf(tidy(() => widened(m.users(list, stage))));
  const { newcomer } = m;
  return {
    score: (users, out) => scoreAll('now', users, out),
    ...(m.readsValidation ? { scoreForTest: (users: readonly UserIndex[] | Int32Array, out: Float32Array) => scoreAll('test', users, out) } : {}),
    async similarItems(item: ItemIndex, k: number): Promise<Ranked> {
      return nearest(await itemRows(), item, k);
    },
    async vectors() {
      const parts: Matrix[] = [];
      for (let from = 0; from < m.U; from += MOST_USERS) parts.push(await userRows(Int32Array.from({ length: Math.min(MOST_USERS, m.U - from) }, (_, k) => from + k), 'now'));
      const cols = parts[0]?.cols ?? 0;
      const data = new Float32Array(m.U * cols);
      parts.forEach((p, k) => data.set(p.data, k * MOST_USERS * cols));
      return { users: { rows: m.U, cols, data }, items: await itemRows() };
    },
    ...(m.readsValidation ? { userVectors: userRows } : {}),
    // Elsewhere a tensor cannot be read without waiting.
    ...(newcomer && readsAtOnce()
      ? {
          foldIn: (history: readonly ItemIndex[]) => ({
            score(out: Float32Array) {
              const s = tidy(() => scores(newcomer(Int32Array.from(history))));
              out.set(s.dataSync() as Float32Array);
              s.dispose();
            },
            ...(m.newcomerBy ? { placedBy: m.newcomerBy(Int32Array.from(history)) } : {}),
            vector() {
              const u = tidy(() => widened(newcomer(Int32Array.from(history))));
              const out = Float32Array.from(u.dataSync());
              u.dispose();
              return out;
            },
          }),
        }
      : {}),
    save: () => m.save(),
    dispose() {
      if (!live) return;
      live = false;
      dispose([...(m.owned ?? [])]);
      m.onDispose?.();
    },
  };
}

/** Item vectors, the bias as one more column, so that their dot product with a user's vector (and a 1) is the score. */
function itemMatrix(m: DotModel): Tensor {
  const rows = m.itemsByColumn ? transpose(m.items) : m.items;
  return m.bias ? concat([rows, reshape(m.bias, [-1, 1])], 1) : clone(rows);
}

async function matrixOf(t: Tensor): Promise<Matrix> {
  const [rows, cols] = t.shape as [number, number];
  const data = Float32Array.from(await t.data());
  t.dispose();
  return { rows, cols, data };
}

/** Items by cosine, the item itself left out; ties by ascending index. */
function nearest(v: Matrix, item: number, k: number): Ranked {
  const data = Float32Array.from(v.data);
  for (let i = 0; i < v.rows; i++) {
    let s = 0;
    for (let c = 0; c < v.cols; c++) s += data[i * v.cols + c]! ** 2;
    const scale = s > 0 ? 1 / Math.sqrt(s) : 0;
    for (let c = 0; c < v.cols; c++) data[i * v.cols + c]! *= scale;
  }
  const cosine = new Float32Array(v.rows);
  cosinesOf({ rows: v.rows, dim: v.cols, data }, item, cosine);
  const items = largest(cosine, k, item);
  return { items, scores: Float32Array.from(items, (i) => cosine[i]!) };
}
