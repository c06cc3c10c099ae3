/** The page of bench/minilm.ts: one worker for every question, ended afterwards. Never shipped. */
import type { EncodeAnswer, EncodeQuestion } from './encode.worker';

const base = new URL('./', document.baseURI).href;

/** Seconds of each round. */
function encode(question: Omit<EncodeQuestion, 'base'>): Promise<number[]> {
  const worker = new Worker(new URL('./encode.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<number[]>((done, failed) => {
    worker.onmessage = ({ data }: MessageEvent<EncodeAnswer>) => ('seconds' in data ? done(data.seconds) : failed(new Error(data.failed)));
    worker.onerror = (e) => failed(new Error(e.message));
    worker.postMessage({ ...question, base } satisfies EncodeQuestion);
  }).finally(() => worker.terminate());
}
export type Encode = typeof encode;
Object.assign(globalThis, { encode });
