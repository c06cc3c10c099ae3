/**
 * What models fitted by alternating least squares have in common: the loop over sweeps, checkpoints, and the fitted recommender.
 * A model states its problem (two sides, the weight of all pairs, a start); see alternating-rows.ts for the equations.
 */
import { labelOf } from '../core/dataset';
import type { ItemIndex, UserIndex } from '../core/ids';
import type { FitContext, Matrix, ModelState, Reason, Recommender, TrainData } from '../core/model';
import { Problem } from '../core/problem';
import type { Random } from '../core/random';
import { alternatingRoom } from './alternating-room';
import { halfSweep, objective, RowSolver, type Side } from './alternating-rows';
import { nearestRows, scoreRows } from './factor-scores';

export interface AlternatingProblem {
  f: number;
  /** g: weight of every pair, listed or not. */
  gramScale: number;
  users: Side; // [U] rows
  items: Side; // [I] rows
  /** The equations of a user who was not there, from distinct items. */
  ofHistory(history: readonly number[]): { index: Int32Array; weight: Float64Array; target: Float64Array; ridge: number };
}
interface Factors {
  X: Float64Array; // [U, f]
  Y: Float64Array; // [I, f]
}
type Ctx = Pick<FitContext<unknown>, 'train' | 'random' | 'signal' | 'report' | 'resume'>;

const STATE_VERSION = 1;
/** Milliseconds between batch reports. */
const REPORT_EVERY = 100;
/** Plays an explanation names. */
const NAMED = 5;

/**
 * @param steps conjugate-gradient steps per row, 0 = exact
 * @param draw one start value
 */
export async function alternate(ctx: Ctx, problem: AlternatingProblem, epochs: number, steps: number, draw: (r: Random) => number): Promise<Recommender> {
  const { train, signal } = ctx;
  const { f } = problem;
  const { X, Y } = ctx.resume ? factorsOf(ctx.resume, train, f) : startingAt(ctx, f, draw);
  const ways = await waysOf(problem, X, Y, steps);
  const rows = train.U + train.I;
  let epoch = ctx.resume ? Number(ctx.resume.meta['epoch']) : 0;
  const model = recommenderOf(problem, X, Y, train, () => stateOf(X, Y, f, epoch));
  try {
    return await improve();
  } finally {
    ways.end();
  }

  async function improve(): Promise<Recommender> {
    let loss = ways.loss();
    let reported = performance.now();
    while (epoch < epochs) {
      let seconds = 0;
      for (const [side, before] of [['users', 0], ['items', train.U]] as const) {
        let began = performance.now();
        for (const done of ways.sweep(side)) {
          signal.throwIfAborted();
          seconds += (performance.now() - began) / 1000;
          if (before + done === rows || performance.now() - reported >= REPORT_EVERY) {
            const answer = await ctx.report({ kind: 'batch', epoch: epoch + 1, epochs, done: before + done, total: rows, loss });
            reported = performance.now();
            // Factors are whole after every row, so they can be kept as they stand.
            if (answer === 'stop') {
              ways.settle();
              return model;
            }
          }
          began = performance.now();
        }
      }
      epoch += 1;
      ways.settle();
      loss = ways.loss();
      if (!Number.isFinite(loss)) throw new Problem('The factors have grown beyond all bounds.', {}, 'Raise lambda, or lower the weight of a play.');
      const at = epoch;
      const answer = await ctx.report({ kind: 'epoch', epoch, epochs, loss, seconds, model, checkpoint: () => stateOf(X, Y, f, at) });
      if (answer === 'stop') break;
    }
    return model;
  }
}

interface Ways {
  sweep(side: 'users' | 'items'): Iterable<number>;
  loss(): number;
  /** Brings X and Y up to date. */
  settle(): void;
  /** Lets go of threads. */
  end(): void;
}

/** Conjugate gradient in float32 where SIMD runs; all else, and the twin of that, in float64. */
async function waysOf({ f, gramScale, users, items }: AlternatingProblem, X: Float64Array, Y: Float64Array, steps: number): Promise<Ways> {
  const room = steps > 0 ? await alternatingRoom(f, gramScale, users, items, steps) : null;
  if (room) {
    room.write(X, Y);
    return { sweep: (side) => room.sweep(side), loss: () => room.objective(), settle: () => room.read(X, Y), end: () => room.end() };
  }
  const solver = new RowSolver(f, gramScale, steps);
  return {
    sweep: (side) => (side === 'users' ? halfSweep(solver, users, Y, X) : halfSweep(solver, items, X, Y)),
    loss: () => objective(users, items.ridge, gramScale, f, X, Y),
    settle: () => undefined,
    end: () => undefined,
  };
}

/** @throws Problem when the weights belong to other data */
export function restoreAlternating(saved: ModelState, train: TrainData, problem: AlternatingProblem): Recommender {
  const { X, Y } = factorsOf(saved, train, problem.f);
  return recommenderOf(problem, X, Y, train, () => stateOf(X, Y, problem.f, Number(saved.meta['epoch'])));
}

function startingAt({ train, random }: Ctx, f: number, draw: (r: Random) => number): Factors {
  const side = (name: string, rows: number): Float64Array => {
    const r = random.stream(name);
    return Float64Array.from({ length: rows * f }, () => draw(r));
  };
  return { X: side('users', train.U), Y: side('items', train.I) };
}

const stateOf = (X: Float64Array, Y: Float64Array, f: number, epoch: number): ModelState => ({
  version: STATE_VERSION,
  arrays: { users: { shape: [X.length / f, f], data: X.slice() }, items: { shape: [Y.length / f, f], data: Y.slice() } },
  meta: { epoch },
});

function factorsOf(saved: ModelState, { U, I }: TrainData, f: number): Factors {
  const X = saved.arrays['users']?.data;
  const Y = saved.arrays['items']?.data;
  if (saved.version !== STATE_VERSION || !(X instanceof Float64Array) || !(Y instanceof Float64Array) || X.length !== U * f || Y.length !== I * f) {
    throw new Problem(`These weights do not fit ${U} users and ${I} items with ${f} factors.`, {}, 'Train again on this data.');
  }
  return { X: X.slice(), Y: Y.slice() };
}

function recommenderOf(problem: AlternatingProblem, X: Float64Array, Y: Float64Array, train: TrainData, save: () => ModelState): Recommender {
  const { f, gramScale, users } = problem;
  const matrix = (data: Float64Array): Matrix => ({ rows: data.length / f, cols: f, data: Float32Array.from(data) });
  const exactly = (): RowSolver => {
    const solver = new RowSolver(f, gramScale, 0);
    solver.prepare(Y);
    return solver;
  };
  return {
    score: (rows, out) => scoreRows(X, rows, Y, f, out),
    similarItems: (item: ItemIndex, k: number) => nearestRows(Y, f, item, k),
    /** The exact solution of one more row: the same equations, the items as they stand. */
    foldIn(history) {
      const h = problem.ofHistory(history);
      const n = h.index.length;
      const x = n === 0 ? new Float64Array(f) : exactly().exact(h.index, h.weight, h.target, 0, n, h.ridge, Y).slice();
      return { score: (out) => scoreRows(x, [0], Y, f, out), vector: () => Float32Array.from(x) };
    },
    vectors: () => ({ users: matrix(X), items: matrix(Y) }),
    /** x_u·y_i = Σ_j t_j y_i' A⁻¹ y_j over the user's plays j (Hu et al. 2008, section 5): each has its share. */
    explain(user: UserIndex, item: ItemIndex): Reason[] {
      const { start, index } = users.entries;
      const from = start[user]!;
      const to = start[user + 1]!;
      if (from === to) return [{ text: 'This user has no plays to learn from, so every item scores 0.' }];
      const solver = exactly();
      solver.exact(index, users.weight, users.target, from, to, users.ridge[user]!, Y);
      const v = Y.slice(item * f, (item + 1) * f);
      solver.apply(v);
      const parts = Array.from(index.subarray(from, to), (j, k) => {
        let part = 0;
        for (let a = 0; a < f; a++) part += v[a]! * Y[j * f + a]!;
        return { item: j, part: part * users.target[from + k]! };
      });
      const total = parts.reduce((sum, p) => sum + Math.abs(p.part), 0);
      if (total === 0) return [{ text: 'None of the user’s plays says anything about this item.' }];
      return parts
        .sort((a, b) => Math.abs(b.part) - Math.abs(a.part) || a.item - b.item)
        .slice(0, NAMED)
        .map(({ item: j, part }) => ({ text: `${part >= 0 ? 'Because of' : 'Despite'} ${labelOf(train.items, j)}`, weight: part / total }));
    },
    save,
  };
}
