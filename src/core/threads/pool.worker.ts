import { serveParts, type PartsMessage } from './serve-parts';

type WaitAsync = (words: Int32Array, at: number, value: number) => { value: unknown };
const { waitAsync } = Atomics as unknown as { waitAsync?: WaitAsync };

/** A browser that cannot wait without blocking takes a moment longer to end a blocked thread. */
const rest = (words: Int32Array, at: number): unknown => (waitAsync ? waitAsync.call(Atomics, words, at, 0).value : Atomics.wait(words, at, 0));

/** Told as a message: a rejection would stay in here and the starter wait out its patience, an error would travel up through every worker above. */
const fail = (error: unknown): void => postMessage(String(error));

addEventListener('message', (event: MessageEvent<PartsMessage>) => void serveParts(event.data, () => postMessage('ready'), rest).then(() => close(), fail), { once: true });
