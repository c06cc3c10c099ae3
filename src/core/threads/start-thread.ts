/** One thread of a pool: a nested worker in the browser, a worker thread under Node. */
import { serveParts, type PartsMessage } from './serve-parts';

export interface PoolThread {
  end(): void;
}

const inNode = (): boolean => typeof process !== 'undefined' && Boolean(process.versions?.node) && typeof document === 'undefined';

/** Milliseconds until a thread that does not answer is given up. */
const PATIENCE = 10_000;

/** Resolves when the thread waits for parts. @throws Error when it does not come up */
export function startThread(message: PartsMessage): Promise<PoolThread> {
  return inNode() ? inNodeThread(message) : inBrowser(message);
}

function inBrowser(message: PartsMessage): Promise<PoolThread> {
  const worker = new Worker(new URL('./pool.worker.ts', import.meta.url), { type: 'module', name: `kernels-${message.thread}` });
  return settled((ready, failed) => {
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => (data === 'ready' ? ready() : failed(new Error(String(data)))), { once: true });
    worker.addEventListener('error', (e) => failed(new Error(e.message || 'A thread could not be started.')), { once: true });
    worker.postMessage(message);
  }, { end: () => worker.terminate() });
}

function inNodeThread(message: PartsMessage): Promise<PoolThread> {
  const { Worker: Thread } = process.getBuiltinModule('node:worker_threads'); // an import would reach the page's bundle
  // Nothing is minified under Node, so the loop's own text is what runs there: no file has to be found beside a bundle.
  const thread = new Thread(`const { parentPort } = require('node:worker_threads'); parentPort.once('message', (m) => (${serveParts.toString()})(m, () => parentPort.postMessage('ready'), (words, at) => Atomics.wait(words, at, 0)));`, { eval: true });
  thread.unref();
  return settled((ready, failed) => {
    thread.once('message', ready);
    thread.once('error', failed);
    thread.postMessage(message);
  }, { end: () => void thread.terminate() });
}

function settled(begin: (ready: () => void, failed: (e: Error) => void) => void, thread: PoolThread): Promise<PoolThread> {
  return new Promise((resolve, reject) => {
    const fail = (e: Error): void => {
      clearTimeout(timer);
      thread.end();
      reject(e);
    };
    const timer = setTimeout(() => fail(new Error('A thread did not answer.')), PATIENCE);
    begin(() => {
      clearTimeout(timer);
      resolve(thread);
    }, fail);
  });
}
