import { describe, expect, it } from 'vitest';
import { hubFiles, hubFilesKept, type HubOptions, type KeptFiles } from './hub-files';

const FOLDER = 'https://huggingface.co/Xenova/all-MiniLM-L6-v2/resolve/main/';
/** The smallest ONNX file with one initializer, named w. */
const WEIGHTS = Uint8Array.of(0x3a, 5, 0x2a, 3, 0x42, 1, 0x77);
const files: Record<string, BodyInit> = { 'config.json': '{"hidden_size":384}', 'tokenizer.json': '{}', 'tokenizer_config.json': '{}', 'onnx/model_quantized.onnx': WEIGHTS };

/** A hub that answers from `files`, and counts what it is asked. */
function hub(answer: (name: string) => Response | Promise<Response> = (name) => new Response(files[name] ?? null, { status: name in files ? 200 : 404 })) {
  const asked: string[] = [];
  const get: typeof fetch = (input, init) => {
    const name = String(input).slice(FOLDER.length);
    asked.push(name);
    return new Promise((done, failed) => {
      init?.signal?.addEventListener('abort', () => failed(new DOMException('aborted', 'AbortError')));
      void Promise.resolve(answer(name)).then(done, failed);
    });
  };
  return { asked, get };
}
function cupboard(): KeptFiles & { puts: number } {
  const caches = new Map<string, Map<string, Response>>();
  const storage = {
    puts: 0,
    has: async (name: string) => caches.has(name),
    open: async (name: string) => {
      const kept = caches.get(name) ?? new Map<string, Response>();
      caches.set(name, kept);
      return {
        match: async (address: string) => kept.get(address)?.clone(),
        put: async (address: string, response: Response) => {
          storage.puts++;
          kept.set(address, response);
        },
      };
    },
  };
  return storage;
}
const all = async (h: { fetch: typeof fetch }): Promise<Uint8Array[]> => Promise.all(Object.keys(files).map(async (name) => new Uint8Array(await (await h.fetch(FOLDER + name)).arrayBuffer())));
const onlyWeights = (response: () => Response | Promise<Response>, options: Partial<HubOptions> = {}): Promise<Response> =>
  hubFiles({ network: true, storage: undefined, get: hub(response).get, ...options }).fetch(`${FOLDER}onnx/model_quantized.onnx`);

describe('files of the model hub', () => {
  it('without leave nothing is asked of the network, and files are answered as missing', async () => {
    const { asked, get } = hub();
    const h = hubFiles({ network: false, get, storage: cupboard() });
    expect((await h.fetch(`${FOLDER}config.json`)).status).toBe(404);
    expect(asked).toEqual([]);
  });

  it('what was fetched is kept once the model has loaded, not before, and comes from here the next time', async () => {
    const { asked, get } = hub();
    const storage = cupboard();
    const first = hubFiles({ network: true, get, storage });
    const fetched = await all(first);
    expect(await hubFilesKept(storage)).toBeNull();
    await first.keep();
    expect(await hubFilesKept(storage)).toBe(WEIGHTS.length);
    expect(asked).toHaveLength(4);
    expect(await all(hubFiles({ network: false, get, storage }))).toEqual(fetched);
    expect(asked).toHaveLength(4);
  });

  it('a part of the model is not kept', async () => {
    const storage = cupboard();
    const h = hubFiles({ network: true, get: hub().get, storage });
    await h.fetch(`${FOLDER}onnx/model_quantized.onnx`);
    await h.keep();
    expect(storage.puts).toBe(0);
    expect(await hubFilesKept(storage)).toBeNull();
  });

  it('a browser that refuses to keep anything still gets the model', async () => {
    const no = () => Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));
    const h = hubFiles({ network: true, get: hub().get, storage: { has: no, open: no } });
    expect(await all(h)).toHaveLength(4);
    await h.keep();
    expect(await hubFilesKept({ has: no, open: no })).toBeNull();
    expect(await hubFilesKept(undefined)).toBeNull();
  });

  it('bytes are counted by the address that was asked for: the hub sends weights from another', async () => {
    const told: [number, number][] = [];
    await onlyWeights(() => Object.defineProperty(new Response(WEIGHTS, { headers: { 'content-length': '7' } }), 'url', { value: 'https://elsewhere.hf.co/a1b2c3' }), { onLoad: (...t) => told.push(t) });
    expect(told.at(-1)).toEqual([7, 7]);
  });

  it.each<[string, () => Response, RegExp]>([
    ['an answer 404', () => new Response(null, { status: 404 }), /status 404/],
    ['a page to sign in', () => new Response('<html>', { headers: { 'content-type': 'text/html; charset=utf-8' } }), /web page/],
    ['fewer bytes than were promised', () => new Response(WEIGHTS.subarray(0, 4), { headers: { 'content-length': '7' } }), /only a part/],
    ['half a file that says it is whole', () => new Response(WEIGHTS.subarray(0, 4)), /only a part/],
    ['an empty file', () => new Response(''), /only a part/],
  ])('%s is refused in words', async (_, answer, words) => {
    await expect(onlyWeights(answer)).rejects.toMatchObject({ name: 'Problem', what: expect.stringMatching(words), remedy: expect.stringContaining('hashed n-grams') });
  });

  it('a network that is not there is said to be', async () => {
    await expect(onlyWeights(() => Promise.reject(new TypeError('Failed to fetch')))).rejects.toMatchObject({ name: 'Problem', what: expect.stringContaining('could not be reached') });
  });

  it('a hub that never answers is given up, one that falls silent in the middle too', async () => {
    const silent = { name: 'Problem', what: expect.stringContaining('has sent nothing for') };
    await expect(onlyWeights(() => new Promise(() => undefined), { patience: 20 })).rejects.toMatchObject(silent);
    const get: typeof fetch = async (_, init) =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(WEIGHTS.slice(0, 3));
            init!.signal!.addEventListener('abort', () => controller.error(new DOMException('aborted', 'AbortError')));
          },
        }),
      );
    await expect(onlyWeights(() => new Response(), { patience: 20, get })).rejects.toMatchObject(silent);
  });

  it('Stop ends a download at once, and is no fault of the hub', async () => {
    const stop = new AbortController();
    const loading = onlyWeights(() => new Promise(() => undefined), { signal: stop.signal });
    stop.abort(new DOMException('Stopped.', 'AbortError'));
    await expect(loading).rejects.toMatchObject({ name: 'AbortError', message: 'Stopped.' });
  });
});
