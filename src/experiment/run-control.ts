/** Pause, step and stop of one run. The page sets them; the run reads them whenever the model reports. */
export class RunControl {
  #mode: 'run' | 'paused' | 'step' = 'run';
  #stopping = false;
  #wake: (() => void) | null = null;

  /** Holds after the present batch. */
  pause(): void {
    this.#mode = 'paused';
  }
  resume(): void {
    this.#mode = 'run';
    this.#wake?.();
  }
  /** Runs to the end of an epoch, then holds. */
  step(): void {
    this.#mode = 'step';
    this.#wake?.();
  }
  /** Ends after the present batch and keeps what is there. */
  stop(): void {
    this.#stopping = true;
    this.#wake?.();
  }
  get stopping(): boolean {
    return this.#stopping;
  }
  /** To be told at the end of every epoch, so that a step ends there. */
  epochEnded(): void {
    if (this.#mode === 'step') this.#mode = 'paused';
  }

  /**
   * Waits while paused.
   * @returns milliseconds spent waiting
   * @throws the signal's reason on cancel
   */
  async gate(signal: AbortSignal, onPause: () => void): Promise<number> {
    if (this.#mode !== 'paused' || this.#stopping) return 0;
    const start = performance.now();
    onPause();
    while (this.#mode === 'paused' && !this.#stopping) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    this.#wake = null;
    signal.throwIfAborted();
    return performance.now() - start;
  }
}
