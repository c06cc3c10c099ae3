/** Waiting turns, and the one channel that wakes them. */
const waiting: (() => void)[] = [];
let channel: MessageChannel | null = null;

/**
 * Gives the event loop a turn, so that messages (pause, stop, cancel) can be heard. Never requestAnimationFrame: it stalls in background tabs.
 * One channel for all turns, held here: a channel made for each turn can be collected before its message arrives, and the turn then never ends.
 */
function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve); // Node: a MessageChannel would keep the process alive
      return;
    }
    if (!channel) {
      channel = new MessageChannel();
      channel.port1.onmessage = () => waiting.shift()?.();
    }
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}

/** Calls macrotask at most every `milliseconds`, so that asking often costs nothing. */
export function createBreather(milliseconds = 30): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < milliseconds) return undefined;
    return macrotask().then(() => {
      last = performance.now();
    });
  };
}
