/** Zip files written and read in slices, so that the page stays alive meanwhile. */
import { Unzip, UnzipInflate, Zip, ZipDeflate } from 'fflate';

const SLICE = 1 << 19;
const breathe = (): Promise<void> => new Promise((go) => setTimeout(go, 0));

export async function zipFiles(files: readonly { name: string; content: Uint8Array }[]): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else parts.push(chunk.slice());
  });
  for (const { name, content } of files) {
    const entry = new ZipDeflate(name, { level: 4 });
    zip.add(entry);
    for (let at = 0; at < content.length || at === 0; at += SLICE) {
      entry.push(content.subarray(at, at + SLICE), at + SLICE >= content.length);
      await breathe();
    }
  }
  zip.end();
  if (failure) throw failure;
  return new Blob(parts, { type: 'application/zip' });
}

/** What an archive may unpack to; more is taken for a trap. */
const LIMIT = 2e9;

/** @throws Error when it is not a zip, is damaged, or would unpack to more than 2 GB. */
export async function unzipFile(file: Blob): Promise<Map<string, Uint8Array>> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new Error('it is not a zip archive');
  const entries = new Map<string, Uint8Array>();
  const open = new Set<string>();
  let total = 0;
  let failure: Error | null = null;
  const unzip = new Unzip((entry) => {
    const chunks: Uint8Array[] = [];
    open.add(entry.name);
    entry.ondata = (error, chunk, final) => {
      if (error) {
        failure ??= error;
        return;
      }
      total += chunk.length;
      if (total > LIMIT) {
        failure ??= new Error('it would unpack to more than 2 GB');
        entry.terminate();
        return;
      }
      chunks.push(chunk);
      if (!final) return;
      open.delete(entry.name);
      entries.set(entry.name, joined(chunks));
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < bytes.length && !failure; at += SLICE) {
    unzip.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
    await breathe();
  }
  if (failure) throw failure;
  if (open.size > 0) throw new Error(`it ends in the middle of ${[...open][0]}`);
  return entries;
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(chunks.reduce((n, c) => n + c.length, 0));
  let at = 0;
  for (const c of chunks) {
    out.set(c, at);
    at += c.length;
  }
  return out;
}
