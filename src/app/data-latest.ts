/**
 * Runs `work` for the newest input only: while one runs, later inputs replace each other and the last one runs next.
 * Nothing is cancelled, because a worker that is deep in a synchronous loop would be ended for not answering.
 */
export interface LatestOnly<I> {
  ask(input: I): void;
  /** A newer input is waiting, so the present result is already old. */
  waiting(): boolean;
  /** Resolves when nothing is running or waiting. */
  settled(): Promise<void>;
}

/** @param work must not reject: it reports its own errors. @param delayMs gathers quick changes (a dragged slider) into one. */
export function latestOnly<I>(work: (input: I) => Promise<void>, delayMs = 0): LatestOnly<I> {
  let next: { input: I } | null = null;
  let loop: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    try {
      while (next) {
        await new Promise((resolve) => setTimeout(resolve, delayMs));
        const { input } = next;
        next = null;
        await work(input);
      }
    } finally {
      loop = null;
    }
  };
  return {
    ask(input) {
      next = { input };
      loop ??= run();
    },
    waiting: () => next !== null,
    settled: () => loop ?? Promise.resolve(),
  };
}
