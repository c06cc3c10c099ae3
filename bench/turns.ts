/** How long the event loop goes without a turn, and what was being done meanwhile. */

/** Processor milliseconds of this process: other work on the machine counts for nothing. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export interface Turns {
  /** What is being done from now on. */
  say(label: string, fitting: boolean): void;
  /** Longest spells in processor seconds, while fitting and otherwise, and what was said of each. */
  end(): { fitting: number; aside: number; where: string; whereAside: string };
}

const BEAT = 5;

export function watchTurns(): Turns {
  let label = 'reading';
  let fitting = false;
  let last = processorTime();
  const longest = { fitting: 0, aside: 0, where: '', whereAside: '' };
  const beat = (): void => {
    const now = processorTime();
    const spell = (now - last) / 1000;
    last = now;
    if (fitting && spell > longest.fitting) Object.assign(longest, { fitting: spell, where: label });
    if (!fitting && spell > longest.aside) Object.assign(longest, { aside: spell, whereAside: label });
  };
  const timer = setInterval(beat, BEAT);
  return {
    // No turn here: a spell may begin under one label and end under the next, and counts for the one it ends under.
    say(next, nextFitting) {
      label = next;
      fitting = nextFitting;
    },
    end() {
      clearInterval(timer);
      beat();
      return longest;
    },
  };
}
