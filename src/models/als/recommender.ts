/** Fitted factors as a recommender: scores, neighbours, new users, and which plays a score rests on. */
import { labelOf } from '../../core/dataset';
import type { ItemIndex, UserIndex } from '../../core/ids';
import type { Matrix, ModelState, Reason, Recommender, TrainData } from '../../core/model';
import { RowSolver } from '../../math/alternating-rows';
import { nearestRows, scoreRows } from '../../math/factor-scores';
import type { Confidence } from './confidence';

export interface Factors {
  users: Float64Array; // [U, f]
  items: Float64Array; // [I, f]
  f: number;
}
/** Plays an explanation names. */
const NAMED = 5;

export function createRecommender({ users: X, items: Y, f }: Factors, C: Confidence, train: TrainData, save: (epoch: number) => ModelState) {
  const matrix = (data: Float64Array): Matrix => ({ rows: data.length / f, cols: f, data: Float32Array.from(data) });
  const exactly = (): RowSolver => {
    const solver = new RowSolver(f, 1, 0);
    solver.prepare(Y);
    return solver;
  };
  const recommender: Recommender = {
    score: (users, out) => scoreRows(X, users, Y, f, out),
    similarItems: (item: ItemIndex, k: number) => nearestRows(Y, f, item, k),
    /** The exact solution of one more row: the same equations, the items as they stand. */
    foldIn(history) {
      const h = C.ofHistory(history);
      const x = h.index.length === 0 ? new Float64Array(f) : exactly().exact(h.index, h.weight, h.target, 0, h.index.length, C.users.ridge[0] ?? 0, Y).slice();
      return { score: (out) => scoreRows(x, [0], Y, f, out) };
    },
    vectors: () => ({ users: matrix(X), items: matrix(Y) }),
    /** Section 5 of the paper: score = Σ over the user's plays j of c_uj · y_i' A⁻¹ y_j, so each play has its share. */
    explain(user: UserIndex, item: ItemIndex): Reason[] {
      const { start, index } = C.users.entries;
      const from = start[user]!;
      const to = start[user + 1]!;
      if (from === to) return [{ text: 'This user has no plays to learn from, so every item scores 0.' }];
      const solver = exactly();
      solver.exact(index, C.users.weight, C.users.target, from, to, C.users.ridge[user]!, Y);
      const v = Y.slice(item * f, (item + 1) * f);
      solver.apply(v);
      const parts: { item: number; part: number }[] = [];
      let total = 0;
      for (let k = from; k < to; k++) {
        const j = index[k]!;
        let part = 0;
        for (let a = 0; a < f; a++) part += v[a]! * Y[j * f + a]!;
        part *= C.users.target[k]!;
        total += Math.abs(part);
        parts.push({ item: j, part });
      }
      if (total === 0) return [{ text: 'None of the user’s plays says anything about this item.' }];
      return parts
        .sort((a, b) => Math.abs(b.part) - Math.abs(a.part) || a.item - b.item)
        .slice(0, NAMED)
        .map(({ item: j, part }) => ({ text: `${part >= 0 ? 'Because of' : 'Despite'} ${labelOf(train.items, j)}`, weight: part / total }));
    },
    save: () => save(model.epoch),
  };
  const model = { recommender, epoch: 0 };
  return model;
}
