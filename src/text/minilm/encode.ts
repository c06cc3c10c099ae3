/**
 * all-MiniLM-L6-v2 (sentence-transformers; Wang et al. 2020, "MiniLM"), int8. Texts are cut into word pieces by transformers.js.
 * The file served with the page runs through forward.ts, in a worker and in Node alike, to the same bits. Another file (the hub's), and a machine
 * without SIMD, goes through transformers.js and onnxruntime (WebAssembly in a browser, native in Node), which gives one vector per word piece; mean
 * pooling over the attention mask and L2 normalisation are asked for here. Runtimes differ by up to 4e-4 in cosine: compare with a tolerance.
 */
import { messageOf, Problem } from '../../core/problem';
import { encodeInBatches } from '../batches';
import type { Encoder } from '../encoder';
import { copyIn, type CopyWorker } from './copies';
import { createForward } from './forward';
import { HUB_MODEL, hubFiles } from './hub-files';
import { encodeInPasses, type Copy } from './passes';
import { countingFetch, readWeights } from './weights-file';

const MINILM_DIM = 384;
export const MINILM_BYTES = 22_937_433;
/** Name and first digits of the sha256 of the weights served with the page. */
export const MINILM_LOCAL = 'minilm@5fa43ae5';
/** The hub's own int8 export differs in the quantisation, so its vectors carry another name. */
export const MINILM_HUB = 'minilm@hub-xenova';
const LOCAL_ID = 'all-MiniLM-L6-v2';
/** Where sentence-transformers cuts a text off, in word pieces. The hub's tokenizer says 512. */
const MAX_TOKENS = 256;
const BATCH = 32;
/** Copies of the model at once, of 40 MB each. */
const MOST_COPIES = 4;
/** Fewer texts are done before another copy has been opened. */
const WORTH_COPIES = 200;

export interface MiniLmOptions {
  /** Folder (Node) or address (browser) that holds all-MiniLM-L6-v2/. */
  modelRoot: string;
  /**
   * The folder is known to lack the weights, so the model hub's are used: those kept in this browser, and ('fetch', never without asking the
   * user) what is not kept is fetched. The folder is not tried then: a failed try with half a model would spoil the runtime for good.
   */
  hub?: 'kept' | 'fetch';
  /** Ends a download from the hub. */
  signal?: AbortSignal;
  /** Addresses of onnxruntime's WebAssembly pair. Needed in a browser: the library's own default is a CDN. */
  wasmPaths?: { mjs: string; wasm: string };
  /** Starts a worker that runs `answerAsCopy`, so that every core has a copy of the model. Without it one thread does the work. */
  startCopy?: () => CopyWorker;
  /** At most so many threads; by default as many as there are cores. */
  threads?: number;
  /** The graph through onnxruntime even where forward.ts could run it. */
  onnxruntime?: boolean;
  /** Bytes of the weights loaded so far. */
  onLoad?: (loaded: number, total: number) => void;
}

const inNode = typeof process !== 'undefined' && Boolean(process.versions?.node);

/**
 * Loads the model. Throws a Problem when the weights cannot be had.
 * After a failure the runtime inside this worker answers every later call with the same error: end the worker.
 */
export async function createMiniLm(options: MiniLmOptions): Promise<Encoder & { dim: 384 }> {
  const { env, pipeline, AutoTokenizer } = await import('@xenova/transformers');
  const root = options.modelRoot.endsWith('/') ? options.modelRoot : `${options.modelRoot}/`;
  env.allowLocalModels = true; // off by default in browsers
  // The library takes an http address in this place for a file that does not exist; a path from the root of the server works.
  env.localModelPath = inNode ? root : new URL(root, globalThis.location.href).pathname;
  env.useBrowserCache = false; // its entries never expire, so an old or broken copy would be served for ever
  env.useFSCache = false;
  env.useWasmCache = false; // it loads the runtime through blob: addresses, which a strict content policy forbids
  const wasm = env.backends.onnx.wasm;
  if (!inNode && wasm) {
    if (!options.wasmPaths) throw new Error('createMiniLm needs wasmPaths in a browser; without them the library would ask a CDN.');
    // Fields, not the object: replacing the object has no effect.
    wasm.wasmPaths = options.wasmPaths;
    wasm.numThreads = globalThis.crossOriginIsolated ? (options.threads ?? Math.max(1, Math.min(navigator.hardwareConcurrency || 1, 8))) : 1;
  }
  if (!inNode && options.onLoad) env.fetch = countingFetch(options.onLoad, MINILM_BYTES);
  const load = (id: string) => pipeline('feature-extraction', id, { device: inNode ? 'cpu' : 'wasm', dtype: 'q8' });

  const loadFromHub = async () => {
    const files = hubFiles({ network: options.hub === 'fetch', onLoad: options.onLoad, usualBytes: MINILM_BYTES, signal: options.signal });
    env.allowRemoteModels = true;
    env.allowLocalModels = false; // a server that answers missing files with a page would be taken at its word
    env.fetch = files.fetch;
    const extract = await load(HUB_MODEL);
    // The files served with the page already say 256; the hub's say 512, which changes the vectors of long texts.
    Object.defineProperty(extract.tokenizer, 'model_max_length', { value: MAX_TOKENS });
    await files.keep();
    return extract;
  };

  /** Null where the file is absent or of another form. */
  const loadOwn = async (): Promise<(Encoder & { dim: 384 }) | null> => {
    const folder = `${root}${LOCAL_ID}/`;
    const file = options.onnxruntime ? null : await readWeights(folder, options.onLoad && countingFetch(options.onLoad, MINILM_BYTES));
    const forward = file && (await createForward(file));
    if (!forward) return null;
    const tokenizer = await AutoTokenizer.from_pretrained(LOCAL_ID);
    const cut = (texts: string[]): number[][] => (tokenizer(texts, { truncation: true, padding: false, return_tensor: false }) as { input_ids: number[][] }).input_ids;
    const copies: [Copy, ...Copy[]] = [{ ahead: 1, encode: forward }];
    const wanted = options.threads ?? (inNode ? 1 : Math.min(navigator.hardwareConcurrency || 1, MOST_COPIES));
    return {
      encoder: MINILM_LOCAL,
      dim: MINILM_DIM,
      embed(texts, onProgress, signal) {
        if (options.startCopy && texts.length >= WORTH_COPIES) while (copies.length < wanted) copies.push(copyIn(options.startCopy(), folder));
        return encodeInPasses(texts, MINILM_DIM, cut, copies, onProgress, signal);
      },
    };
  };

  let extract: Awaited<ReturnType<typeof load>>;
  env.allowRemoteModels = false;
  try {
    if (!options.hub) {
      const own = await loadOwn();
      if (own) return own;
    }
    extract = await (options.hub ? loadFromHub() : load(LOCAL_ID));
  } catch (error) {
    if (error instanceof Problem || options.signal?.aborted) throw error;
    const why = messageOf(error);
    if (options.hub) throw new Problem(`What the model hub sent cannot be used as MiniLM: ${why}`, {}, 'Try again later, or use hashed n-grams, which need no files.');
    throw new Problem(`MiniLM could not be loaded: ${why}`, { file: `${root}${LOCAL_ID}/` }, 'Allow the download from the model hub (about 23 MB; your texts stay here), or use the hashed n-gram encoder, which needs no files.');
  }

  return {
    encoder: options.hub ? MINILM_HUB : MINILM_LOCAL,
    dim: MINILM_DIM,
    embed: (texts, onProgress, signal) =>
      encodeInBatches(texts, { dim: MINILM_DIM, batchSize: BATCH, onProgress, signal }, async (batch) => {
        const output = await extract(batch, { pooling: 'mean', normalize: true }); // [B, 384]
        return output.data as Float32Array;
      }),
  };
}
