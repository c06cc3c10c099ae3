/** Encodings: found by strict reading of the whole file, never guessed silently; decoded as a stream. */
import { Problem } from '../../core/problem';
import type { ByteSource } from './byte-source';
import { utf16WithoutMark } from './binary';

export interface Encoding {
  label: string;
  reason: string;
}

/**
 * The file's encoding: a byte order mark, else UTF-8 if every byte fits it, else windows-1252 (Western European).
 * Reads the whole file, because one byte in its last line decides.
 */
export async function detectEncoding(source: ByteSource, signal?: AbortSignal, onDone?: (done: number) => void): Promise<Encoding> {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  let ascii = true;
  let at = 0;
  for await (const bytes of source.open(signal, onDone)) {
    if (first) {
      first = false;
      const mark = markOf(bytes);
      if (mark) return { label: mark, reason: 'The file starts with a byte order mark.' };
      const wide = utf16WithoutMark(bytes);
      if (wide) return { label: wide, reason: 'Every other byte is zero, as in UTF-16 text.' };
    }
    ascii &&= isAscii(bytes);
    if (!ascii) {
      try {
        strict.decode(bytes, { stream: true });
      } catch {
        const bad = firstBadByte(bytes);
        const line = await lineOf(source, at + bad, signal);
        return { label: 'windows-1252', reason: `Not UTF-8: byte 0x${(bytes[bad] ?? 0).toString(16)} near line ${line.toLocaleString('en-US')} does not fit. Read as Western European; choose another encoding if letters look wrong.` };
      }
    }
    at += bytes.length;
  }
  try {
    strict.decode();
  } catch {
    return { label: 'windows-1252', reason: `Not UTF-8: its last byte (${at.toLocaleString('en-US')}) does not fit. Read as Western European.` };
  }
  return { label: 'utf-8', reason: ascii ? 'Only plain ASCII characters, which UTF-8 contains.' : 'Every byte fits UTF-8.' };
}

/** Whether all bytes are below 0x80; four at a time. */
function isAscii(bytes: Uint8Array): boolean {
  let k = 0;
  for (; k < bytes.length && ((bytes.byteOffset + k) & 3) !== 0; k++) if (bytes[k]! > 127) return false;
  const words = k < bytes.length ? new Int32Array(bytes.buffer, bytes.byteOffset + k, (bytes.length - k) >> 2) : new Int32Array(0);
  for (let w = 0; w < words.length; w++) if (words[w]! & 0x80808080) return false;
  for (k += 4 * words.length; k < bytes.length; k++) if (bytes[k]! > 127) return false;
  return true;
}

/** The line on which byte `target` stands. Reads the file again: few files need it, and counting would slow all. */
async function lineOf(source: ByteSource, target: number, signal?: AbortSignal): Promise<number> {
  let line = 1;
  let at = 0;
  for await (const bytes of source.open(signal)) {
    const end = Math.min(bytes.length, target - at);
    for (let k = 0; k < end; k++) if (bytes[k] === 10) line++;
    at += bytes.length;
    if (at >= target) break;
  }
  return line;
}

function markOf(b: Uint8Array): string | null {
  if (b[0] === 0xef && b[1] === 0xbb && b[2] === 0xbf) return 'utf-8';
  if (b[0] === 0xff && b[1] === 0xfe) return 'utf-16le';
  return b[0] === 0xfe && b[1] === 0xff ? 'utf-16be' : null;
}

/** About where strict decoding fails: by halving, since decoders do not say. */
function firstBadByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      low = middle;
    } catch {
      high = middle;
    }
  }
  // A lead byte without its continuation shows only at the byte after it.
  while (low > 0 && bytes[low]! < 0x80) low--;
  return low;
}

/** The text in pieces, without its byte order mark. Bytes that do not fit the encoding are a Problem, not a replacement character. */
export async function* decodeText(source: ByteSource, label: string, signal?: AbortSignal, onDone?: (done: number) => void): AsyncGenerator<string> {
  const decode = decoder(label, source.key);
  let start = true;
  let lines = 1;
  const emit = (text: string): string => {
    if (start && text.length > 0) {
      start = false;
      if (text.charCodeAt(0) === 0xfeff) return text.slice(1);
    }
    return text;
  };
  const safely = (bytes: Uint8Array | null): string => {
    try {
      return decode(bytes);
    } catch {
      throw unreadable(label, source.key, lines);
    }
  };
  for await (const bytes of source.open(signal, onDone)) {
    const text = emit(safely(bytes));
    for (let k = bytes.indexOf(10); k >= 0; k = bytes.indexOf(10, k + 1)) lines++;
    if (text) yield text;
  }
  const rest = emit(safely(null));
  if (rest) yield rest;
}

const unreadable = (label: string, file: string, line: number): Problem =>
  new Problem(`The text cannot be read as ${label}: some bytes do not fit.`, { file, line }, 'Choose another encoding for this file, or let it be detected.');

/** Reads bytes in which a line feed, a digit or a delimiter is one byte and that byte is nothing else. */
export interface LineText {
  /** How many bytes a mark at the start of the file takes. */
  mark(start: Uint8Array): number;
  /** Whole characters. @throws Problem with the line, the first one being `line`, for bytes that do not fit the encoding */
  check(bytes: Uint8Array, line: number): void;
  text(bytes: Uint8Array): string;
}

/** null for an encoding that is not known to be of that kind. */
export function lineText(label: string, file: string): LineText | null {
  let name: string;
  try {
    name = new TextDecoder(label).encoding;
  } catch {
    return null;
  }
  if (name === 'windows-1252') return { mark: () => 0, check() {}, text: windows1252 };
  if (name !== 'utf-8') return null;
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return {
    mark: (start) => (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 3 : 0),
    check(bytes, line) {
      if (isAscii(bytes)) return;
      try {
        strict.decode(bytes);
      } catch {
        const bad = firstBadByte(bytes);
        let lines = line;
        for (let k = 0; k < bad; k++) if (bytes[k] === 10) lines++;
        throw unreadable(label, file, lines);
      }
    },
    text: (bytes) => strict.decode(bytes),
  };
}

/** bytes → text; null flushes. */
function decoder(label: string, file: string): (bytes: Uint8Array | null) => string {
  let canonical: TextDecoder;
  try {
    canonical = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  } catch {
    throw new Problem(`"${label}" is not an encoding this browser knows.`, { file }, 'Use utf-8, windows-1252, utf-16le, shift_jis, gb18030 or another name of the Encoding Standard.');
  }
  if (canonical.encoding === 'windows-1252') return (bytes) => (bytes ? windows1252(bytes) : '');
  return (bytes) => (bytes ? canonical.decode(bytes, { stream: true }) : canonical.decode());
}

// 0x80…0x9F by the Encoding Standard. Written out because Node 20 decodes these 32 bytes as Latin-1 controls.
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

export function windows1252(bytes: Uint8Array): string {
  const units = new Uint16Array(8192);
  let out = '';
  for (let at = 0; at < bytes.length; at += units.length) {
    const n = Math.min(units.length, bytes.length - at);
    for (let k = 0; k < n; k++) {
      const b = bytes[at + k]!;
      units[k] = b >= 0x80 && b < 0xa0 ? HIGH.charCodeAt(b - 0x80) : b;
    }
    out += String.fromCharCode(...units.subarray(0, n));
  }
  return out;
}
