/** Zip files written and read in pieces, so that the page stays alive meanwhile. */
import { unzipSync, Zip, ZipPassThrough } from 'fflate';

const breathe = (): Promise<void> => new Promise((go) => setTimeout(go, 0));

/**
 * An entry whose contents were compressed beforehand by the browser itself, away from the page's thread.
 * (fflate 0.8.3's streaming deflate writes false distances for some short inputs, for one the doubles 1, 2, 3.)
 */
class Deflated extends ZipPassThrough {
  override compression = 8;
  constructor(
    name: string,
    private readonly packed: Uint8Array<ArrayBuffer>,
  ) {
    super(name);
  }
  protected override process(_content: Uint8Array, final: boolean): void {
    this.ondata(null, this.packed, final);
  }
}

async function deflate(content: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([content as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export async function zipFiles(files: readonly { name: string; content: Uint8Array }[]): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else parts.push(chunk.slice());
  });
  for (const { name, content } of files) {
    const entry = new Deflated(name, await deflate(content));
    zip.add(entry);
    entry.push(content, true);
  }
  zip.end();
  if (failure) throw failure;
  return new Blob(parts, { type: 'application/zip' });
}

/** What an archive may unpack to; more is taken for a trap. */
const LIMIT = 2e9;

/**
 * Entries are unpacked one by one through the archive's own directory; fflate's streaming reader goes by local headers
 * and does not come back from a file that is cut short.
 * @throws Error when it is not a zip, is damaged, or would unpack to more than 2 GB.
 */
export async function unzipFile(file: Blob): Promise<Map<string, Uint8Array>> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new Error('it is not a zip archive');
  const names: string[] = [];
  let total = 0;
  unzipSync(bytes, {
    filter: (entry) => {
      names.push(entry.name);
      total += entry.originalSize;
      return false;
    },
  });
  if (total > LIMIT) throw new Error('it would unpack to more than 2 GB');
  const entries = new Map<string, Uint8Array>();
  for (const name of names) {
    const content = unzipSync(bytes, { filter: (entry) => entry.name === name })[name];
    if (content) entries.set(name, content);
    await breathe();
  }
  return entries;
}
