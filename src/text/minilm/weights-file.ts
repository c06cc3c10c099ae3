/** The bytes of the weights that are served with the page, or lie in a folder. */

const inNode = typeof process !== 'undefined' && Boolean(process.versions?.node);
const WEIGHTS = 'onnx/model_quantized.onnx';

/** Counts the bytes of the weights as they arrive. (With transformers.js' own progress callback every file is fetched twice.) */
export function countingFetch(onLoad: (loaded: number, total: number) => void, usual: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!response.ok || !response.body || !response.url.split('?')[0]!.endsWith('.onnx')) return response;
    const total = Number(response.headers.get('content-length')) || usual;
    let loaded = 0;
    const counted = response.body.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          loaded += chunk.byteLength;
          onLoad(Math.min(loaded, total), total);
          controller.enqueue(chunk);
        },
      }),
    );
    return new Response(counted, { status: response.status, headers: response.headers });
  };
}

/**
 * @param folder of the model, with a slash at its end: an address in a browser, a path in Node
 * @returns null where there are none (a server's page in their place included)
 */
export async function readWeights(folder: string, get: typeof fetch = fetch): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    if (inNode) {
      // Not imported: the bundler of the page must not meet it. Absent before Node 20.16; onnxruntime then does the work.
      const files = process.getBuiltinModule?.('node:fs/promises');
      return files ? new Uint8Array(await files.readFile(`${folder}${WEIGHTS}`)) : null;
    }
    const response = await get(`${folder}${WEIGHTS}`);
    if (!response.ok || response.headers.get('content-type')?.includes('text/html')) return null;
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    return null;
  }
}
