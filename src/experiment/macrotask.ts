/** Gives the event loop a turn, so that messages (pause, stop, cancel) can be heard. Never requestAnimationFrame: it stalls in background tabs. */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve); // Node: a MessageChannel would keep the process alive
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
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
