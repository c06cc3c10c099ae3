/** Measuring that can be watched and ended: how far it is, and what Stop means while it goes on. */
import type { TrainProgress } from '../../workers/protocol';
import { Problem } from '../core/problem';
import type { RankingOptions } from '../metrics/ranking';
import type { RunControl } from './run-control';

type Between = NonNullable<RankingOptions['between']>;

/** Milliseconds between two reports; a measurement done sooner says nothing. */
const REPORT_EVERY = 150;
/** After Stop, a measurement that is nearly done may end; a longer one is broken off. */
const GRACE = 400;

/** Tells a phase with users done of all, seldom. */
function telling(tell: (p: TrainProgress) => void, label: string): (done: number, total: number) => void {
  let last = performance.now();
  return (done, total) => {
    if (performance.now() - last < REPORT_EVERY) return;
    last = performance.now();
    tell({ kind: 'phase', label, done, total, aside: true });
  };
}

export interface Watch {
  tell(p: TrainProgress): void;
  control: RunControl;
  /** Gives the event loop a turn. @throws the signal's reason on cancel */
  between(): Promise<void>;
}

/** Where a run that is stopped leaves nothing behind. @throws (between blocks) Problem once Stop is pressed */
export function endedByStop({ tell, control, between }: Watch, label: string, what: string): Between {
  const say = telling(tell, label);
  // Pressed before: then this measuring is what the stopped run is still to get.
  const before = control.stopping;
  return async (done, total) => {
    say(done, total);
    await between();
    if (control.stopping && !before) throw new Problem(what, {}, 'Data, settings and earlier runs are as they were: press Train to start it again. A run that trains in epochs can go on from its last one.');
  };
}

/**
 * What `measuring` gives, or null when Stop came in the midst of it and it was far from done.
 * @throws whatever `measuring` throws by itself
 */
export async function unlessStopped<T>({ tell, control, between }: Watch, label: string, measuring: (between: Between) => Promise<T>): Promise<T | null> {
  const say = telling(tell, label);
  const brokenOff = new Error('Stop came while an epoch was being measured.');
  let heard: number | null = null;
  try {
    return await measuring(async (done, total) => {
      say(done, total);
      await between();
      if (!control.stopping || done >= total) return;
      heard ??= performance.now();
      if (performance.now() - heard > GRACE) throw brokenOff;
    });
  } catch (error) {
    if (error !== brokenOff) throw error;
    return null;
  }
}
