/** Gzip files, as a stream. */
import { Gunzip } from 'fflate';
import { Problem } from '../../core/problem';
import { MAX_BYTES, tooLarge, type ByteSource } from './byte-source';

export const isGzip = (start: Uint8Array): boolean => start[0] === 0x1f && start[1] === 0x8b && start[2] === 8;

/** The inside of a gzip source. Its size is not known beforehand, so progress counts compressed bytes. */
export function gunzipSource(outer: ByteSource): ByteSource {
  return {
    key: outer.key.replace(/\.gz$/i, ''),
    name: outer.name.replace(/\.gz$/i, ''),
    size: outer.size,
    open: (signal, onDone) => gunzip(outer, signal, onDone),
  };
}

async function* gunzip(outer: ByteSource, signal?: AbortSignal, onDone?: (done: number) => void): AsyncGenerator<Uint8Array> {
  const out: Uint8Array[] = [];
  const engine = new Gunzip((part) => out.push(part));
  const broken = (error: unknown): Problem =>
    new Problem(`The gzip file is damaged or cut off (${error instanceof Error ? error.message : 'it cannot be unpacked'}).`, { file: outer.key }, 'Download it again, or unpack it on your computer and drop the file in it here.');
  let total = 0;
  let done = 0;
  const drain = function* (): Generator<Uint8Array> {
    for (const part of out.splice(0)) {
      total += part.length;
      if (total > MAX_BYTES) throw tooLarge(outer.key, total);
      if (part.length) yield part;
    }
  };
  // One piece is held back, because the engine must be told which piece is the last.
  let held: Uint8Array | null = null;
  for await (const piece of outer.open(signal, (d) => (done = d))) {
    if (held) {
      for (let at = 0; at < held.length; at += 2 ** 19) {
        try {
          engine.push(held.subarray(at, at + 2 ** 19));
        } catch (error) {
          throw broken(error);
        }
        yield* drain();
      }
      onDone?.(done);
    }
    held = piece;
  }
  try {
    engine.push(held ?? new Uint8Array(), true);
  } catch (error) {
    throw broken(error);
  }
  yield* drain();
  onDone?.(outer.size);
}
