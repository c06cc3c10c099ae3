/** Text worker: turns texts into vectors. The model stays loaded between calls; after a failure the page ends this worker. */
import { messageOf, Problem } from '../src/core/problem';
import type { Encoder } from '../src/text/encoder';
import { createHashedNgrams, HASHED_NAME } from '../src/text/hashed-ngrams/encode';
import type { CopyWorker } from '../src/text/minilm/copies';
import { hubFilesKept } from '../src/text/minilm/hub-files';
import { createMiniLm, MINILM_BYTES, MINILM_HUB, MINILM_LOCAL } from '../src/text/minilm/encode';
import { wasmFiles } from '../src/text/minilm/wasm-files';
import type { TextCalls } from './protocol';
import type { HandlerContext, Handlers } from './rpc';
import { learnedHandlers } from './text-learned';

type EmbedContext = HandlerContext<TextCalls['embed'][2]>;
const modelRoot = (base: string): string => new URL('models/', base).href;

/**
 * Whether the weights lie beside the page. A server that answers a missing file with its start page (status 200, HTML)
 * counts as "not there": loading that as a model fails in words nobody understands.
 */
async function probeLocal(base: string): Promise<{ local: boolean; bytes: number; reason: string }> {
  const folder = `${modelRoot(base)}all-MiniLM-L6-v2/`;
  const no = (reason: string) => ({ local: false, bytes: 0, reason });
  try {
    const config = await fetch(`${folder}config.json`);
    if (!config.ok) return no(`MiniLM's files are not served with this page (status ${config.status}).`);
    const text = await config.text();
    let hidden: unknown;
    try {
      hidden = (JSON.parse(text) as { hidden_size?: unknown }).hidden_size;
    } catch {
      return no('The server answers missing files with a page, so MiniLM is not there.');
    }
    if (hidden !== 384) return no('The model folder holds another model than MiniLM.');
    const weights = await fetch(`${folder}onnx/model_quantized.onnx`, { method: 'HEAD' });
    if (!weights.ok || weights.headers.get('content-type')?.includes('text/html')) return no("MiniLM's configuration is there, its weights are not.");
    return { local: true, bytes: Number(weights.headers.get('content-length')) || MINILM_BYTES, reason: 'Served with this page; nothing is uploaded.' };
  } catch (error) {
    return no(`MiniLM's files could not be asked for: ${messageOf(error)}`);
  }
}

let miniLm: { root: string; model: Promise<Encoder> } | null = null;

async function loadMiniLm(base: string, allowHub: boolean, ctx: EmbedContext): Promise<Encoder> {
  const root = modelRoot(base);
  if (miniLm?.root === root) return miniLm.model;
  const { local, reason } = await probeLocal(base);
  // Served weights are used or fail; falling over to the hub's would change the vectors' name half-way.
  const hub = local ? null : allowHub ? 'fetch' : (await hubFilesKept()) !== null ? 'kept' : 'ask';
  if (hub === 'ask') {
    throw new Problem(reason, { file: `${root}all-MiniLM-L6-v2/` }, 'Allow the download from the model hub (about 23 MB come in, nothing goes out), or use hashed n-grams, which need no files.');
  }
  ctx.signal.throwIfAborted();
  let last = 0;
  const model = createMiniLm({
    modelRoot: root,
    ...(hub ? { hub } : {}),
    signal: ctx.signal,
    wasmPaths: wasmFiles(),
    startCopy: () => new Worker(new URL('./minilm-copy.worker.ts', import.meta.url), { type: 'module', name: 'minilm' }) as unknown as CopyWorker,
    onLoad: (done, total) => {
      if (done !== total && performance.now() - last < 100) return;
      last = performance.now();
      ctx.progress({ phase: 'load', label: hub ? 'Fetching MiniLM from the model hub' : 'Loading MiniLM', done, total, secondsLeft: null });
    },
  });
  miniLm = { root, model };
  // What failed for want of a network may succeed next time.
  model.catch(() => {
    if (miniLm?.model === model) miniLm = null;
  });
  return model;
}

export const handlers: Handlers<TextCalls> = {
  ...learnedHandlers,

  async probe({ base }) {
    const found = await probeLocal(base);
    const kept = found.local ? null : await hubFilesKept();
    return { ...found, bytes: kept ?? found.bytes, kept: kept !== null, encoders: { minilm: found.local ? MINILM_LOCAL : MINILM_HUB, 'hashed-ngrams': HASHED_NAME } };
  },

  async embed({ texts, column, encoder: id, base, allowHub }, ctx) {
    const encoder = id === 'minilm' ? await loadMiniLm(base, allowHub, ctx) : createHashedNgrams();
    ctx.signal.throwIfAborted();
    const start = performance.now();
    const label = `Embedding ${column}`;
    ctx.progress({ phase: 'embed', label, done: 0, total: texts.length, secondsLeft: null });
    const { vectors, missing } = await encoder.embed(
      texts,
      ({ done, total, share }) => {
        const elapsed = (performance.now() - start) / 1000;
        ctx.progress({ phase: 'embed', label, done, total, secondsLeft: (elapsed / share) * (1 - share) });
      },
      ctx.signal,
    );
    const seconds = (performance.now() - start) / 1000;
    ctx.transfer([vectors.buffer as ArrayBuffer]);
    return { vectors: { column, encoder: encoder.encoder, dim: encoder.dim, vectors, missing }, seconds, perSecond: (texts.length - missing) / Math.max(seconds, 1e-3) };
  },
};
