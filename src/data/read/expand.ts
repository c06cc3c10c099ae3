/** Dropped files → readable sources: zips opened, gzip unwrapped, what is no text named and set aside. */
import { Problem } from '../../core/problem';
import { findBinary } from './binary';
import { fileSource, head, remembering, type ByteSource } from './byte-source';
import { gunzipSource, isGzip } from './gzip';
import { zipSources } from './zip';

export interface Expanded {
  sources: ByteSource[];
  skipped: { name: string; reason: string }[];
}

const isZip = (b: Uint8Array): boolean => b[0] === 0x50 && b[1] === 0x4b && (b[2] === 3 || b[2] === 5);

/** @throws Problem when one dropped file holds nothing to read; entries of a zip are only set aside */
export async function expand(files: readonly File[], signal?: AbortSignal): Promise<Expanded> {
  const out: Expanded = { sources: [], skipped: [] };
  for (const file of files) {
    const plain = fileSource(file);
    if (file.size === 0) throw new Problem('The file is empty (0 bytes).', { file: file.name }, 'Choose a file with rows in it; if it should have some, download it again.');
    const start = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
    if (isZip(start)) await expandZip(file, out, signal);
    else if (isGzip(start)) {
      const inner = gunzipSource(plain);
      refuseBinary(inner, findBinary(await head(inner, 4096, signal)));
      out.sources.push(remembering(inner));
    } else {
      refuseBinary(plain, findBinary(start));
      out.sources.push(plain);
    }
  }
  return { ...out, sources: distinctKeys(out.sources) };
}

/** Two dropped files may have one name; their keys must differ. */
function distinctKeys(sources: readonly ByteSource[]): ByteSource[] {
  const seen = new Map<string, number>();
  return sources.map((s) => {
    const n = (seen.get(s.key) ?? 0) + 1;
    seen.set(s.key, n);
    return n === 1 ? s : { ...s, key: `${s.key} (${n})` };
  });
}

function refuseBinary(source: ByteSource, found: ReturnType<typeof findBinary>): void {
  if (found) throw new Problem(`This is ${found.what}, not a text table.`, { file: source.key }, found.remedy);
}

async function expandZip(file: File, out: Expanded, signal?: AbortSignal): Promise<void> {
  const entries = await zipSources(file);
  if (entries.some((e) => e.key === `${file.name}/xl/workbook.xml`)) {
    throw new Problem('This is an Excel workbook, not a text table.', { file: file.name }, 'Open it, save the sheet as "CSV UTF-8", and choose that file.');
  }
  const before = out.sources.length;
  let problem: unknown = null;
  for (const entry of entries) {
    const reason = hidden(entry) ?? (entry.size === 0 ? 'empty' : isProse(entry) ? 'a text to read, not a table' : null);
    if (reason) {
      out.skipped.push({ name: entry.key, reason });
      continue;
    }
    try {
      const start = await head(entry, 4096, signal);
      const source = isGzip(start) ? gunzipSource(entry) : entry;
      const found = isZip(start) ? { what: 'a zip inside the zip', remedy: '' } : findBinary(source === entry ? start : await head(source, 4096, signal));
      if (found) out.skipped.push({ name: entry.key, reason: found.what });
      else out.sources.push(remembering(source));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem ??= error;
      out.skipped.push({ name: entry.key, reason: error.what });
    }
  }
  if (out.sources.length > before) return;
  if (problem) throw problem;
  throw new Problem('The zip file holds no table.', { file: file.name }, `It has ${entries.length} file${entries.length === 1 ? '' : 's'}${entries.length ? ` (${entries.slice(0, 3).map((e) => e.name).join(', ')}…)` : ''}. Choose a zip with CSV or other text tables.`);
}

const hidden = (e: ByteSource): string | null => (e.key.includes('/__MACOSX/') || e.name.startsWith('.') ? 'a hidden system file' : null);
const isProse = (e: ByteSource): boolean => /^(readme|licen[cs]e|changelog|notice)([._-].*)?$/i.test(e.name) || /\.(md|pdf|html?|pl|sh|py|ipynb)$/i.test(e.name);
