/** Progress of models that are fitted at once. A phase is told about often and reports seldom, so that asking costs nothing. */
import type { FitContext } from './model';
import { Problem } from './problem';

/** Awaited in the middle of long work. undefined = go on at once. */
export type Step = (done: number) => Promise<void> | undefined;

export interface Phases {
  /** Starts a phase of `total` steps; await the first report, then call the step it resolves to. */
  begin(label: string, total: number): Promise<Step>;
}

/**
 * @param milliseconds between reports: a Stop or a cancel is heard within that time
 * @throws (from a step) the signal's reason on cancel; Problem when told to stop, because half of a model that is fitted at once is no model
 */
export function createPhases(ctx: Pick<FitContext<unknown>, 'report' | 'signal'>, model: string, milliseconds = 60): Phases {
  const tell = async (label: string, done: number, total: number): Promise<void> => {
    ctx.signal.throwIfAborted();
    const answer = await ctx.report({ kind: 'phase', label, done, total });
    ctx.signal.throwIfAborted();
    if (answer === 'stop') {
      throw new Problem(`${model} was stopped before it was whole (${label}, ${done} of ${total}), so this run left nothing behind.`, {}, 'A model that is computed at once has no half to keep. Data, settings and earlier runs are as they were: press Train to start it again, or choose smaller settings first.');
    }
  };
  return {
    async begin(label, total) {
      await tell(label, 0, total);
      let last = performance.now();
      return (done) => {
        if (performance.now() - last < milliseconds) return undefined;
        return tell(label, done, total).then(() => {
          last = performance.now();
        });
      };
    },
  };
}
