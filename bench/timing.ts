/** Times alternatives in turn, so that a busy moment of the machine falls on all of them. */
export interface Alternative<N extends string> {
  name: N;
  /** Untimed, before every run: fresh inputs, another backend. */
  before?: () => void | Promise<void>;
  run: () => unknown;
  after?: () => void;
}
export interface Timing {
  /** Seconds. */
  median: number;
  fastest: number;
  runs: number;
}

/**
 * One untimed run of each, then rounds in turn: at least `rounds`, and more until `seconds` have gone by (at most 200).
 * An alternative that takes longer than `seconds` alone is run once more and no further.
 */
export async function inTurn<N extends string>(alternatives: readonly Alternative<N>[], { rounds = 5, seconds = 3 } = {}): Promise<Record<N, Timing>> {
  const times = Object.fromEntries(alternatives.map((a) => [a.name, [] as number[]])) as Record<N, number[]>;
  const slow = new Set<N>();
  const once = async (a: Alternative<N>): Promise<number> => {
    await a.before?.();
    const began = performance.now();
    const result = a.run();
    if (result instanceof Promise) await result;
    const spent = (performance.now() - began) / 1000;
    a.after?.();
    return spent;
  };
  for (const a of alternatives) if ((await once(a)) > seconds) slow.add(a.name);
  const began = performance.now();
  for (let round = 0; round < 200 && (round < rounds || (performance.now() - began) / 1000 < seconds); round++) {
    for (const a of alternatives) if (!(slow.has(a.name) && round > 0)) times[a.name].push(await once(a));
  }
  return Object.fromEntries(alternatives.map((a) => [a.name, summary(times[a.name])])) as Record<N, Timing>;
}

function summary(times: number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[sorted.length >> 1]!, fastest: sorted[0]!, runs: sorted.length };
}
