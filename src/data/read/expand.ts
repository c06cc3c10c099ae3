/** Dropped files → readable sources: zips opened, gzip unwrapped, what is no text named and set aside. */
import { Problem } from '../../core/problem';
import { findBinary, findMarkup } from './binary';
import { fileSource, head, remembering, slices, wholeOf, type ByteSource } from './byte-source';
import { gunzipSource, isGzip } from './gzip';
import { jsonSource, looksLikeJson } from './json';
import { isParquet, parquetSource } from './parquet';
import { zipSources } from './zip';

export interface Expanded {
  sources: ByteSource[];
  skipped: { name: string; reason: string }[];
}

const isZip = (b: Uint8Array): boolean => b[0] === 0x50 && b[1] === 0x4b && (b[2] === 3 || b[2] === 5);

/** @throws Problem when nothing at all can be read; one bad file among several, or in a zip, is only set aside */
export async function expand(files: readonly File[], signal?: AbortSignal): Promise<Expanded> {
  const out: Expanded = { sources: [], skipped: [] };
  const unpacked: File[] = [];
  let problem: Problem | null = null;
  for (const file of files) {
    // A folder brings its read-me and its system files along.
    const named = { key: file.name, name: file.name };
    const aside = files.length > 1 ? (hidden(named) ?? (isProse(named) ? PROSE : (await seenBefore(file, unpacked)) ? 'the same file a second time' : null)) : null;
    if (aside) {
      out.skipped.push({ name: file.name, reason: aside });
      continue;
    }
    unpacked.push(file);
    try {
      await expandOne(file, out, signal);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem ??= error;
      out.skipped.push({ name: file.name, reason: error.what });
    }
  }
  if (out.sources.length === 0 && problem) throw problem;
  return { ...out, sources: distinctKeys(out.sources) };
}

/** Whether a file of that name was already taken and holds the same bytes. */
async function seenBefore(file: File, taken: readonly File[]): Promise<boolean> {
  const twin = taken.find((f) => f.name === file.name && f.size === file.size);
  if (!twin) return false;
  const [a, b] = [slices(file, 0, file.size), slices(twin, 0, file.size)];
  for await (const piece of a) {
    const other = (await b.next()).value as Uint8Array | undefined;
    if (!other || piece.some((byte, k) => byte !== other[k])) return false;
  }
  return true;
}

async function expandOne(file: File, out: Expanded, signal?: AbortSignal): Promise<void> {
  const plain = fileSource(file);
  if (file.size === 0) throw new Problem('The file is empty (0 bytes).', { file: file.name }, 'Choose a file with rows in it; if it should have some, download it again.');
  const start = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
  if (isZip(start)) await expandZip(file, out, signal);
  else if (isGzip(start)) {
    const inner = gunzipSource(plain);
    const begin = await head(inner, 4096, signal);
    out.sources.push((await recordsOf(inner, begin, signal)) ?? remembering(text(inner, begin)));
  } else out.sources.push((await recordsOf(plain, start, signal)) ?? text(plain, start));
}

/** The source as records where it is JSON or Parquet. */
async function recordsOf(source: ByteSource, start: Uint8Array, signal?: AbortSignal): Promise<ByteSource | null> {
  if (isParquet(start)) return parquetSource(source, signal);
  return looksLikeJson(start) ? jsonSource(source, signal) : null;
}

function text(source: ByteSource, start: Uint8Array): ByteSource {
  const found = findBinary(start) ?? findMarkup(start);
  if (found) throw new Problem(`This is ${found.what}, not a table.`, { file: source.key }, found.remedy);
  return source;
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

/** Documents that are zips inside, by a file they hold. */
const DOCUMENTS: [path: string, what: string, remedy: string][] = [
  ['xl/workbook.xml', 'an Excel workbook', 'Open it, save the sheet as "CSV UTF-8", and choose that file.'],
  ['xl/workbook.bin', 'an Excel workbook', 'Open it, save the sheet as "CSV UTF-8", and choose that file.'],
  ['word/document.xml', 'a Word document', 'Copy the table into a spreadsheet and save that as CSV.'],
  ['ppt/presentation.xml', 'a PowerPoint presentation', 'Choose the table it was made from, as CSV.'],
  ['content.xml', 'an OpenDocument file (LibreOffice)', 'Open it and save the sheet as "Text CSV" in UTF-8.'],
  ['META-INF/container.xml', 'an e-book', 'Choose a table: CSV, TSV or similar.'],
];
/** An archive in an archive is opened; one more in that is not. */
const DEEPEST = 2;
const LARGEST_INNER = 2 ** 29;

async function expandZip(file: File, out: Expanded, signal?: AbortSignal, depth = 1): Promise<void> {
  const entries = await zipSources(file);
  const document = DOCUMENTS.find(([path]) => entries.some((e) => e.key === `${file.name}/${path}`));
  if (document) throw new Problem(`This is ${document[1]}, not a text table.`, { file: file.name }, document[2]);
  const before = out.sources.length;
  let problem: unknown = null;
  for (const entry of entries) {
    const reason = hidden(entry) ?? (entry.size === 0 ? 'empty' : isProse(entry) ? PROSE : null);
    if (reason) {
      out.skipped.push({ name: entry.key, reason });
      continue;
    }
    try {
      const start = await head(entry, 4096, signal);
      const source = isGzip(start) ? gunzipSource(entry) : entry;
      const begin = source === entry ? start : await head(source, 4096, signal);
      if (isZip(start) && depth < DEEPEST && entry.size <= LARGEST_INNER) {
        await expandZip(new File([await wholeOf(entry, signal)], entry.name), out, signal, depth + 1);
        continue;
      }
      const found = isZip(start) ? { what: `a zip in a zip${depth > 1 ? ' in a zip' : ' of more than 537 MB'}: unpack it first` } : (findBinary(begin) ?? findMarkup(begin));
      const records = found ? null : await recordsOf(source, begin, signal);
      if (found) out.skipped.push({ name: entry.key, reason: found.what });
      else out.sources.push(records ?? remembering(source));
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

const PROSE = 'a text to read, not a table';
const hidden = (e: Pick<ByteSource, 'key' | 'name'>): string | null => (e.key.includes('/__MACOSX/') || e.name.startsWith('.') ? 'a hidden system file' : null);
const isProse = (e: Pick<ByteSource, 'key' | 'name'>): boolean => /^(readme|licen[cs]e|changelog|notice)([._-].*)?$/i.test(e.name) || /\.(md|pdf|html?|pl|sh|py|ipynb)$/i.test(e.name);
