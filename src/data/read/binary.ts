/** Recognises files that are no text, by their first bytes, so that a renamed picture is named as what it is. */

const MAGIC: [bytes: number[], what: string, remedy: string][] = [
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG picture', ''],
  [[0xff, 0xd8, 0xff], 'a JPEG picture', ''],
  [[0x47, 0x49, 0x46, 0x38], 'a GIF picture', ''],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document', 'Save the table in it as CSV.'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel or Word file', 'Save the sheet as CSV (UTF-8).'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'an SQLite database', 'Export the table as CSV.'],
  [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], 'a NumPy array', 'Save it as CSV, for example with numpy.savetxt.'],
  [[0x89, 0x48, 0x44, 0x46], 'an HDF5 file', 'Export the table as CSV.'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7z archive', 'Unpack it and drop the files in it.'],
  [[0x52, 0x61, 0x72, 0x21], 'a RAR archive', 'Unpack it and drop the files in it.'],
  [[0x42, 0x5a, 0x68], 'a bzip2 archive', 'Unpack it and drop the file in it.'],
  [[0xfd, 0x37, 0x7a, 0x58], 'an xz archive', 'Unpack it and drop the file in it.'],
];

export interface BinaryFinding {
  what: string;
  remedy: string;
}

const OTHER = 'Choose a table: CSV, TSV, JSON or Parquet.';

/** What a file is when it is no text; null when its first bytes may be text. UTF-16 counts as text. */
export function findBinary(start: Uint8Array): BinaryFinding | null {
  for (const [bytes, what, remedy] of MAGIC) if (bytes.every((b, k) => start[k] === b)) return { what, remedy: remedy || OTHER };
  if (utf16WithoutMark(start) || (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)) return null;
  return start.includes(0) ? { what: 'binary data (it holds zero bytes, which text does not)', remedy: OTHER } : null;
}

/** Pages and markup saved under a table's name: a log-in page in place of a download is the usual case. */
export function findMarkup(start: Uint8Array): BinaryFinding | null {
  const text = new TextDecoder('utf-8').decode(start.subarray(0, 400));
  if (/^\s*(<!doctype html|<html|<head)/i.test(text)) return { what: 'a web page', remedy: 'Perhaps a log-in page was saved in place of the file: download it again, in a browser that is logged in.' };
  if (/^\s*(<\?xml|<svg)/i.test(text)) return { what: 'an XML file', remedy: 'Export the table in it as CSV.' };
  return text.startsWith('{\\rtf') ? { what: 'a rich-text document', remedy: 'Save it as plain text or CSV.' } : null;
}

/** UTF-16 text without a byte order mark: Western text has a zero in every other byte. */
export function utf16WithoutMark(start: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const n = Math.min(start.length, 4096) & ~1;
  if (n < 4) return null;
  let even = 0;
  let odd = 0;
  for (let k = 0; k < n; k += 2) {
    if (start[k] === 0) even++;
    if (start[k + 1] === 0) odd++;
  }
  if (odd > 0.8 * (n / 2) && even === 0) return 'utf-16le';
  return even > 0.8 * (n / 2) && odd === 0 ? 'utf-16be' : null;
}
