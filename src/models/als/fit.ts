/**
 * Implicit ALS (Hu, Koren, Volinsky 2008): minimise Σ_ui c_ui (p_ui − x_u·y_i)² + λ (|X|² + |Y|²), users and items in turn.
 * Equations, deviations and reference numbers: README.md beside this file.
 */
import type { FitContext, ModelState, Recommender } from '../../core/model';
import { Problem } from '../../core/problem';
import { halfSweep, objective, RowSolver } from '../../math/alternating-rows';
import { confidence } from './confidence';
import type { AlsParams } from './params';
import { createRecommender, type Factors } from './recommender';

type Context = FitContext<AlsParams>;
const STATE_VERSION = 1;
/** Conjugate-gradient steps per row and iteration, as in the implicit library. */
export const CG_STEPS = 3;
/** Milliseconds between batch reports. */
const REPORT_EVERY = 100;

export async function fit(ctx: Context): Promise<Recommender> {
  const { train, params, signal } = ctx;
  const f = params.factors;
  const C = confidence(train, params);
  const { users: X, items: Y } = ctx.resume ? factorsOf(ctx.resume, ctx) : start(ctx);
  const solver = new RowSolver(f, 1, params.solver === 'cg' ? CG_STEPS : 0);
  const model = createRecommender({ users: X, items: Y, f }, C, train, (epoch) => state(X, Y, f, epoch));
  const lossNow = (): number => objective(C.users, C.items.ridge, 1, f, X, Y);
  const rows = train.U + train.I;
  let loss = lossNow();
  let epoch = ctx.resume ? Number(ctx.resume.meta['epoch']) : 0;
  let reported = performance.now();
  model.epoch = epoch;
  while (epoch < params.epochs) {
    epoch += 1;
    let seconds = 0;
    for (const [side, from, to, before] of [[C.users, Y, X, 0], [C.items, X, Y, train.U]] as const) {
      let began = performance.now();
      for (const done of halfSweep(solver, side, from, to)) {
        signal.throwIfAborted();
        seconds += (performance.now() - began) / 1000;
        const end = before + done === rows;
        if (end || performance.now() - reported >= REPORT_EVERY) {
          const answer = await ctx.report({ kind: 'batch', epoch, epochs: params.epochs, done: before + done, total: rows, loss });
          reported = performance.now();
          // Mid-sweep factors are as good as any: both sides are whole after every row.
          if (answer === 'stop') return model.recommender;
        }
        began = performance.now();
      }
    }
    loss = lossNow();
    if (!Number.isFinite(loss)) throw new Problem('The factors have grown beyond all bounds.', {}, 'Raise lambda or lower alpha.');
    model.epoch = epoch;
    const answer = await ctx.report({ kind: 'epoch', epoch, epochs: params.epochs, loss, seconds, model: model.recommender, checkpoint: () => state(X, Y, f, epoch) });
    if (answer === 'stop') break;
  }
  return model.recommender;
}

export function restore(saved: ModelState, ctx: Pick<Context, 'train' | 'text' | 'params'>): Recommender {
  const { users, items } = factorsOf(saved, ctx);
  const f = ctx.params.factors;
  const model = createRecommender({ users, items, f }, confidence(ctx.train, ctx.params), ctx.train, (epoch) => state(users, items, f, epoch));
  model.epoch = Number(saved.meta['epoch']);
  return model.recommender;
}

/** Uniform on [0, 0.01), as the implicit library starts: small and of one sign, so that the first users already agree on what is popular. */
function start({ train, params, random }: Context): Omit<Factors, 'f'> {
  const draw = (name: string, rows: number): Float64Array => {
    const r = random.stream(name);
    return Float64Array.from({ length: rows * params.factors }, () => r.next() * 0.01);
  };
  return { users: draw('users', train.U), items: draw('items', train.I) };
}

const state = (X: Float64Array, Y: Float64Array, f: number, epoch: number): ModelState => ({
  version: STATE_VERSION,
  arrays: { users: { shape: [X.length / f, f], data: X.slice() }, items: { shape: [Y.length / f, f], data: Y.slice() } },
  meta: { epoch },
});

function factorsOf(saved: ModelState, { train, params }: Pick<Context, 'train' | 'params'>): Omit<Factors, 'f'> {
  const users = saved.arrays['users']?.data;
  const items = saved.arrays['items']?.data;
  const f = params.factors;
  if (saved.version !== STATE_VERSION || !(users instanceof Float64Array) || !(items instanceof Float64Array) || users.length !== train.U * f || items.length !== train.I * f) {
    throw new Problem(`These ALS weights do not fit ${train.U} users and ${train.I} items with ${f} factors.`, {}, 'Train again on this data.');
  }
  return { users: users.slice(), items: items.slice() };
}
