/** Ctrl-C on the command line: the first asks for a gentle end where there is one, the next leaves at once. Node only. */

/** Exit status of a process that an interrupt ended, by convention of shells. */
export const INTERRUPTED = 130;

let asked = false;
/** Whether Ctrl-C has asked for an end. */
export const wasInterrupted = (): boolean => asked;

let gentle: { words: string; end: () => void } | null = null;

/** From now on the first Ctrl-C does this instead of leaving. @param words what happens, told when it does */
export function endGently(words: string, end: () => void): void {
  gentle = { words, end };
}

/** Leaves through `exit`, so that what listens there tidies up after itself. */
export function listenForInterrupts(say: (line: string) => void): void {
  process.on('SIGINT', () => {
    if (gentle === null) {
      say('Abandoned; nothing was written.');
      process.exit(INTERRUPTED);
    }
    const { words, end } = gentle;
    gentle = null;
    asked = true;
    say(`${words} Press again to abandon the run.`);
    end();
  });
  process.on('SIGTERM', () => process.exit(143));
}
