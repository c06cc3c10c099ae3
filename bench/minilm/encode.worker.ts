/** Encodes the same texts several times with as many threads as asked for, as the text worker of the page does. */
import type { CopyWorker } from '../../src/text/minilm/copies';
import { createMiniLm } from '../../src/text/minilm/encode';
import { wasmFiles } from '../../src/text/minilm/wasm-files';

export interface EncodeQuestion {
  base: string;
  texts: string[];
  threads: number;
  /** The same file through onnxruntime. */
  onnxruntime: boolean;
  rounds: number;
}
export type EncodeAnswer = { seconds: number[] } | { failed: string };

globalThis.onmessage = async ({ data }: MessageEvent<EncodeQuestion>) => {
  const { base, texts, threads, onnxruntime, rounds } = data;
  try {
    const model = await createMiniLm({
      modelRoot: new URL('models/', base).href, wasmPaths: wasmFiles(), threads, onnxruntime,
      startCopy: () => new Worker(new URL('../../workers/minilm-copy.worker.ts', import.meta.url), { type: 'module' }) as unknown as CopyWorker,
    });
    await model.embed(texts); // every copy is open and compiled afterwards
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const began = performance.now();
      await model.embed(texts);
      seconds.push((performance.now() - began) / 1000);
    }
    globalThis.postMessage({ seconds } satisfies EncodeAnswer);
  } catch (error) {
    globalThis.postMessage({ failed: error instanceof Error ? error.message : String(error) } satisfies EncodeAnswer);
  }
};
