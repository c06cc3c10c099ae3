/** How many users are scored before the event loop has a turn, so that a slow model can still be stopped within a second. */
export interface Pace {
  readonly users: number;
  /** @param later the model answered with a promise: it gives turns itself, and blocks of one size suit its device best */
  took(milliseconds: number, users: number, later: boolean): void;
}

/** A forest takes some 20 ms a user on MovieLens 1M. */
const FIRST = 16;
/** Users differ: some cost many times as much as those before them. */
const AIM = 100;

/** Few at first, then as many as fit into a tenth of a second: a power of two (a device that prepares itself for every size sees few), or `most`. */
export function createPace(most: number): Pace {
  let users = Math.min(most, FIRST);
  return {
    get users() { return users; },
    took(milliseconds, done, later) {
      const fit = later ? most : Math.max(1, (done * AIM) / Math.max(milliseconds, 0.001));
      users = fit >= most ? most : 2 ** Math.floor(Math.log2(fit));
    },
  };
}
