/** A 128-bit fingerprint of words: four independent lanes of multiply-and-mix. For telling splits apart, not for security. */
import { hash32, mix32 } from '../../core/random';

export interface Digest {
  text(s: string): Digest;
  words(a: Int32Array): Digest;
  hex(): string;
}

/** Order counts, and so do the lengths of what goes in: [1, 2] then [3] differs from [1] then [2, 3]. */
export function createDigest(): Digest {
  const lanes = new Int32Array([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]);
  const odd = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f];
  const word = (w: number): void => {
    for (let k = 0; k < 4; k++) lanes[k] = Math.imul(lanes[k]! ^ mix32(w + k), odd[k]! | 0) + k;
  };
  const digest: Digest = {
    text(s) {
      word(s.length);
      for (let k = 0; k < 4; k++) word(hash32(s, k));
      return digest;
    },
    words(a) {
      word(a.length);
      for (let k = 0; k < a.length; k++) word(a[k]!);
      return digest;
    },
    hex: () => Array.from(lanes, (lane, k) => mix32(lane + k).toString(16).padStart(8, '0')).join(''),
  };
  return digest;
}
