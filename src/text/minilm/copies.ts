/** Copies of the model in workers of their own. Nothing is shared between them, so the page need not be isolated. */
import { createForward, type Forward } from './forward';
import type { Copy, Pieces } from './passes';
import { readWeights } from './weights-file';
import { messageOf } from '../../core/problem';

type Question = { open: string } | { id: number; flat: Int32Array; lengths: Int32Array };
type Answer = { id: number; vectors: Float32Array } | { id: number; failed: string };

/** As much of a worker, seen from either side, as is needed here. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: string, listener: (event: never) => void): void;
}
export interface CopyWorker extends Port {
  terminate(): void;
}

/** A pass is on its way, one is being worked on, one lies ready. */
const AHEAD = 3;

/** @param folder address of the model's folder, with a slash at its end */
export function copyIn(worker: CopyWorker, folder: string): Copy {
  const waiting = new Map<number, { done(vectors: Float32Array): void; failed(error: Error): void }>();
  let lost: Error | null = null;
  let nextId = 0;
  const lose = (why: string): void => {
    lost = new Error(why);
    for (const w of waiting.values()) w.failed(lost);
    waiting.clear();
    worker.terminate();
  };
  worker.addEventListener('message', ({ data }: { data: Answer }) => {
    if ('failed' in data) return lose(data.failed);
    waiting.get(data.id)?.done(data.vectors);
    waiting.delete(data.id);
  });
  worker.addEventListener('error', () => lose('A worker of the text encoder could not be started.'));
  worker.addEventListener('messageerror', () => lose('An answer of a worker of the text encoder could not be read.'));
  worker.postMessage({ open: folder } satisfies Question, []);
  return {
    ahead: AHEAD,
    encode: (pieces) =>
      new Promise((done, failed) => {
        if (lost) return failed(lost);
        const id = nextId++;
        waiting.set(id, { done, failed });
        const flat = Int32Array.from(pieces.flat());
        const lengths = Int32Array.from(pieces, (p) => p.length);
        worker.postMessage({ id, flat, lengths } satisfies Question, [flat.buffer, lengths.buffer]);
      }),
  };
}

/** The other side, inside the worker. */
export function answerAsCopy(port: Port): void {
  let model: Promise<Forward | null> | null = null;
  const open = async (folder: string): Promise<Forward | null> => {
    const file = await readWeights(folder);
    return file && createForward(file);
  };
  const answer = (a: Answer, transfer: Transferable[] = []): void => port.postMessage(a, transfer);
  // Which pass it was is not known; the page takes all of them back.
  port.addEventListener('messageerror', () => answer({ id: -1, failed: 'A worker of the text encoder could not read what it was sent.' }));
  port.addEventListener('message', ({ data }: { data: Question }) => {
    if ('open' in data) {
      model = open(data.open);
      model.catch(() => undefined); // told with the first pass
      return;
    }
    void (async () => {
      try {
        const forward = await model;
        if (!forward) return answer({ id: data.id, failed: 'The weights could not be read.' });
        const vectors = forward(unflattened(data.flat, data.lengths));
        answer({ id: data.id, vectors }, [vectors.buffer as ArrayBuffer]);
      } catch (error) {
        answer({ id: data.id, failed: messageOf(error) });
      }
    })();
  });
}

function unflattened(flat: Int32Array, lengths: Int32Array): Pieces {
  let at = 0;
  return Array.from(lengths, (L) => Array.from(flat.subarray(at, (at += L))));
}
