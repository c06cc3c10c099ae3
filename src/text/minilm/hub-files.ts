/**
 * MiniLM's files from the model hub. Nothing is fetched before it is allowed; what was fetched is kept in this browser once the model made of it
 * has loaded, never before (half a file would be kept for ever), and is taken from there from then on without asking the network.
 */
import { messageOf, Problem } from '../../core/problem';
import { onnxWeights } from './onnx-file';

export const HUB_MODEL = 'Xenova/all-MiniLM-L6-v2';
/** The prefix is what the page looks for when it says what is stored, and when it frees it. */
const CACHE = 'coldwave-minilm';
const FOLDER = `https://huggingface.co/${HUB_MODEL}/resolve/main/`;
const WEIGHTS = 'onnx/model_quantized.onnx';
const FILES: readonly string[] = ['config.json', 'tokenizer.json', 'tokenizer_config.json', WEIGHTS];
/** Milliseconds without a byte until the hub is given up. */
const PATIENCE_MS = 30_000;
const REMEDY = 'Check the network connection and try again, or use hashed n-grams, which need no files.';

/** As much of the browser's Cache and CacheStorage as is needed. */
export interface Kept {
  match(address: string): Promise<Response | undefined>;
  put(address: string, response: Response): Promise<void>;
}
export interface KeptFiles {
  has(name: string): Promise<boolean>;
  open(name: string): Promise<Kept>;
}
export interface HubOptions {
  /** False: only what is kept here. */
  network: boolean;
  /** Bytes of the weights so far. */
  onLoad?: ((loaded: number, total: number) => void) | undefined;
  /** Where the hub does not say how many bytes the weights have. */
  usualBytes?: number;
  signal?: AbortSignal | undefined;
  get?: typeof fetch;
  storage?: KeptFiles | undefined;
  patience?: number;
}
export interface HubFiles {
  /** In the place of fetch, for transformers.js. Rejects with a Problem that says what the hub did. */
  fetch: typeof fetch;
  /** Keeps what was fetched, if that is all there is to the model. Never rejects: what is not kept is fetched again. */
  keep(): Promise<void>;
}

/** Undefined where the page is not served securely; some private windows have it and refuse every call. */
const browserStorage = (): KeptFiles | undefined => (globalThis as { caches?: KeptFiles }).caches;

/** Bytes of the weights kept here; null where some file is not. */
export async function hubFilesKept(storage: KeptFiles | undefined = browserStorage()): Promise<number | null> {
  try {
    if (!(await storage?.has(CACHE))) return null; // asked first: opening would make it
    const kept = await storage!.open(CACHE);
    const found = await Promise.all(FILES.map((name) => kept.match(FOLDER + name)));
    return found.every(Boolean) ? Number(found[FILES.indexOf(WEIGHTS)]!.headers.get('content-length')) : null;
  } catch {
    return null;
  }
}

export function hubFiles({ network, onLoad, usualBytes = 0, signal, get = fetch, storage = browserStorage(), patience = PATIENCE_MS }: HubOptions): HubFiles {
  const fetched = new Map<string, Uint8Array<ArrayBuffer>>();

  async function fromHere(address: string): Promise<Response | undefined> {
    try {
      return (await storage?.has(CACHE)) ? await (await storage!.open(CACHE)).match(address) : undefined;
    } catch {
      return undefined;
    }
  }

  async function fromHub(address: string, name: string): Promise<Response> {
    const ended = new AbortController();
    const stop = (): void => ended.abort(signal?.reason);
    signal?.throwIfAborted();
    signal?.addEventListener('abort', stop, { once: true });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => ended.abort(new Problem(`The model hub has sent nothing for ${Math.round(patience / 1000)} seconds.`, { file: address }, REMEDY)), patience);
    };
    try {
      wait();
      const response = await get(address, { signal: ended.signal });
      if (!FILES.includes(name)) return response; // a file the model may do without: transformers.js knows what to make of it
      if (!response.ok) throw new Problem(`The model hub has no such file, or does not give it out (status ${response.status}).`, { file: address }, REMEDY);
      if (response.headers.get('content-type')?.includes('text/html')) {
        throw new Problem('A web page came in the place of the model, as the sign-in pages of networks do.', { file: address }, REMEDY);
      }
      const zipped = response.headers.get('content-encoding') !== null;
      const length = Number(response.headers.get('content-length')) || null;
      const told = name === WEIGHTS ? (loaded: number): void => onLoad?.(loaded, Math.max(loaded, (zipped ? null : length) ?? usualBytes)) : () => undefined;
      const bytes = await bytesOf(response, (loaded) => {
        wait();
        told(loaded);
      });
      if (!zipped && length !== null && bytes.length !== length) throw incomplete(address);
      if (name === WEIGHTS) checkWhole(bytes, address);
      fetched.set(address, bytes);
      return asResponse(bytes);
    } catch (error) {
      if (ended.signal.aborted) throw ended.signal.reason; // not every browser hands the reason on
      if (error instanceof Problem) throw error;
      throw new Problem(`The model hub could not be reached, or the connection broke: ${messageOf(error)}`, { file: address }, REMEDY);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  return {
    async fetch(input, init) {
      const address = input instanceof Request ? input.url : String(input);
      if (!address.startsWith(FOLDER)) return get(input, init);
      const here = await fromHere(address);
      if (here) return here;
      return network ? fromHub(address, address.slice(FOLDER.length)) : new Response(null, { status: 404 });
    },
    async keep() {
      if (!storage || !FILES.every((name) => fetched.has(FOLDER + name))) return;
      try {
        const kept = await storage.open(CACHE);
        for (const [address, bytes] of fetched) await kept.put(address, asResponse(bytes));
      } catch {
        // no room, or not allowed in this window
      }
      fetched.clear();
    },
  };
}

/** A cache may leave the length out of what it gives back, unless it was written into the response. */
const asResponse = (bytes: Uint8Array<ArrayBuffer>): Response => new Response(bytes, { headers: { 'content-type': 'application/octet-stream', 'content-length': String(bytes.length) } });

const incomplete = (address: string): Problem => new Problem('The model hub sent only a part of the model.', { file: address }, REMEDY);

/** @throws Problem: onnxruntime, given half a file, fails in words of its own and answers nothing from then on. */
function checkWhole(bytes: Uint8Array<ArrayBuffer>, address: string): void {
  try {
    if (onnxWeights(bytes).size > 0) return;
  } catch {
    // said below
  }
  throw incomplete(address);
}

async function bytesOf(response: Response, tell: (loaded: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.body) return new Uint8Array(await response.arrayBuffer());
  const reader = response.body.getReader();
  const parts: Uint8Array[] = [];
  let loaded = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    loaded += next.value.length;
    tell(loaded);
  }
  const bytes = new Uint8Array(loaded);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
