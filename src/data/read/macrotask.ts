/**
 * Lets waiting messages in, so that a cancel is heard, then stops if it was.
 * Awaiting bytes that are already in memory is only a microtask and lets nothing in.
 */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  signal?.throwIfAborted();
}
