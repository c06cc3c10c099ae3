/** Names of vectors that were learned from the very texts they describe: comparable only with others from the same texts and settings. */
import { hash32 } from '../core/random';

const hex = (n: number): string => n.toString(16).padStart(8, '0');

/** 'tfidf@1 1a2b3c4d5e6f7081': kind, revision and a digest of settings and texts. */
export function corpusName(kind: string, settings: object, texts: readonly string[]): string {
  let a = hash32(JSON.stringify(settings), 1);
  let b = hash32(JSON.stringify(settings), 2);
  for (const text of texts) {
    a = hash32(text, a);
    b = hash32(text, b ^ text.length);
  }
  return `${kind} ${hex(a)}${hex(b)}`;
}
