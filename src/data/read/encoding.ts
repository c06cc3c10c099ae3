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
  let lines = 1;
  for await (const bytes of source.open(signal, onDone)) {
    if (first) {
      first = false;
      const mark = markOf(bytes);
      if (mark) return { label: mark, reason: 'The file starts with a byte order mark.' };
      const wide = utf16WithoutMark(bytes);
      if (wide) return { label: wide, reason: 'Every other byte is zero, as in UTF-16 text.' };
    }
    try {
      const text = strict.decode(bytes, { stream: true });
      ascii &&= text.length === bytes.length;
    } catch {
      const bad = firstBadByte(bytes);
      for (let k = 0; k < bad; k++) if (bytes[k] === 10) lines++;
      return { label: 'windows-1252', reason: `Not UTF-8: byte 0x${(bytes[bad] ?? 0).toString(16)} near line ${lines.toLocaleString('en-US')} does not fit. Read as Western European; choose another encoding if letters look wrong.` };
    }
    for (let k = bytes.indexOf(10); k >= 0; k = bytes.indexOf(10, k + 1)) lines++;
    at += bytes.length;
  }
  try {
    strict.decode();
  } catch {
    return { label: 'windows-1252', reason: `Not UTF-8: its last byte (${at.toLocaleString('en-US')}) does not fit. Read as Western European.` };
  }
  return { label: 'utf-8', reason: ascii ? 'Only plain ASCII characters, which UTF-8 contains.' : 'Every byte fits UTF-8.' };
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
      throw new Problem(`The text cannot be read as ${label}: some bytes do not fit.`, { file: source.key, line: lines }, 'Choose another encoding for this file, or let it be detected.');
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
