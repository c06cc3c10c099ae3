/** The epoch loop of rating models that learn by visiting the ratings: batches, stop, checkpoints, resume. */
import type { FitContext, ModelState, Recommender } from '../core/model';
import type { RatingMatrix } from './rating-matrix';

export interface EpochWork {
  epochs: number;
  /** Learns from the ratings of users from … to − 1; returns Σ (error before the step)². */
  visit(from: number, to: number): number;
  /** After all users. */
  endOfEpoch?(): void;
  /** Reads the arrays as they stand. */
  model: Recommender;
  /** Weights as they stand: enough to score, and to go on. */
  state(): ModelState;
}

/** Ratings between two reports: some tens of milliseconds. */
const BATCH = 16_384;

/** The epoch a state was saved after, 0 where it has none. */
const epochOf = (state: ModelState | undefined): number => (typeof state?.meta['epoch'] === 'number' ? state.meta['epoch'] : 0);

/** The loss reported is the root mean square of the errors before each step. */
export async function runEpochs({ report, signal, resume }: Pick<FitContext<unknown>, 'report' | 'signal' | 'resume'>, m: RatingMatrix, work: EpochWork): Promise<Recommender> {
  const { start } = m.users;
  const { epochs, model } = work;
  for (let epoch = epochOf(resume) + 1; epoch <= epochs; epoch++) {
    let squares = 0;
    let spent = 0;
    for (let from = 0; from < m.U; ) {
      signal.throwIfAborted();
      const began = performance.now();
      let to = from + 1;
      while (to < m.U && start[to + 1]! - start[from]! <= BATCH) to++;
      squares += work.visit(from, to);
      if (to === m.U) work.endOfEpoch?.();
      spent += performance.now() - began;
      from = to;
      const done = start[to]!;
      const answer = await report({ kind: 'batch', epoch, epochs, done, total: m.n, loss: Math.sqrt(squares / Math.max(1, done)) });
      if (answer === 'stop') return model;
    }
    const checkpoint = (): ModelState => {
      const state = work.state();
      return { ...state, meta: { ...state.meta, epoch } };
    };
    if ((await report({ kind: 'epoch', epoch, epochs, loss: Math.sqrt(squares / m.n), seconds: spent / 1000, model, checkpoint })) === 'stop') return model;
  }
  return model;
}
