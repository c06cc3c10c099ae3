/**
 * The data set's hash: SHA-256 over ids and interactions, so that any language can recompute it.
 * Written out here because the browser's own digest is asynchronous and assembling is a pure, synchronous function.
 */
import type { Interactions } from '../core/dataset';

// FIPS 180-4 §4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
const K = /* @__PURE__ */ (() => {
  const k = new Int32Array(64);
  let prime = 2;
  for (let n = 0; n < 64; prime++) {
    let isPrime = true;
    for (let d = 2; d * d <= prime; d++) if (prime % d === 0) isPrime = false;
    if (isPrime) k[n++] = fraction(Math.cbrt(prime));
  }
  return k;
})();

function fraction(x: number): number {
  return ((x - Math.floor(x)) * 4294967296) | 0;
}

export interface Sha256 {
  update(bytes: Uint8Array): Sha256;
  /** 64 hex digits. The hash is used up afterwards. */
  hex(): string;
}

/** SHA-256 (FIPS 180-4) in pieces: the browser’s own takes whole buffers only, and none over plain HTTP. */
export function sha256(): Sha256 {
  const h = Int32Array.from([2, 3, 5, 7, 11, 13, 17, 19], (p) => fraction(Math.sqrt(p)));
  const w = new Int32Array(64);
  const block = new Uint8Array(64);
  let held = 0;
  let length = 0;

  const compress = (b: Uint8Array, at: number): void => {
    for (let t = 0; t < 16; t++, at += 4) w[t] = (b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!;
    for (let t = 16; t < 64; t++) {
      const x = w[t - 15]!;
      const y = w[t - 2]!;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0;
    }
    // Taken one by one: destructuring would run an iterator for every 64 bytes.
    let a = h[0]!;
    let b1 = h[1]!;
    let c = h[2]!;
    let d = h[3]!;
    let e = h[4]!;
    let f = h[5]!;
    let g = h[6]!;
    let hh = h[7]!;
    for (let t = 0; t < 64; t++) {
      const S1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (hh + S1 + ((e & f) ^ (~e & g)) + K[t]! + w[t]!) | 0;
      const S0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (S0 + ((a & b1) ^ (a & c) ^ (b1 & c))) | 0;
      hh = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b1;
      b1 = a;
      a = (t1 + t2) | 0;
    }
    h[0]! += a;
    h[1]! += b1;
    h[2]! += c;
    h[3]! += d;
    h[4]! += e;
    h[5]! += f;
    h[6]! += g;
    h[7]! += hh;
  };

  const self: Sha256 = {
    update(bytes) {
      length += bytes.length;
      let at = 0;
      if (held > 0) {
        at = Math.min(64 - held, bytes.length);
        block.set(bytes.subarray(0, at), held);
        held += at;
        if (held < 64) return self;
        compress(block, 0);
        held = 0;
      }
      for (; at + 64 <= bytes.length; at += 64) compress(bytes, at);
      block.set(bytes.subarray(at), 0);
      held = bytes.length - at;
      return self;
    },
    hex() {
      const bits = length * 8;
      const tail = new Uint8Array(held < 56 ? 64 - held : 128 - held);
      tail[0] = 0x80;
      const view = new DataView(tail.buffer);
      view.setUint32(tail.length - 8, Math.floor(bits / 4294967296));
      view.setUint32(tail.length - 4, bits >>> 0);
      self.update(tail);
      return Array.from(h, (x) => (x >>> 0).toString(16).padStart(8, '0')).join('');
    },
  };
  return self;
}

const bytesOf = (a: Int32Array | Float64Array | Float32Array): Uint8Array => new Uint8Array(a.buffer, a.byteOffset, a.byteLength);

/**
 * Hex digest (64 digits) of what a result can depend on: JSON of the user ids, JSON of the item ids (UTF-8), then the
 * little-endian bytes of user, item, time, value and row; 'no time' / 'no value' stand in for a missing column.
 * Entity columns are left out on purpose: the same interactions with and without item features stay comparable.
 */
export function hashData(userIds: readonly string[], itemIds: readonly string[], x: Interactions): string {
  const text = new TextEncoder();
  const hash = sha256();
  hash.update(text.encode(JSON.stringify(userIds))).update(text.encode(JSON.stringify(itemIds)));
  hash.update(bytesOf(x.user)).update(bytesOf(x.item));
  hash.update(x.time ? bytesOf(x.time) : text.encode('no time'));
  hash.update(x.value ? bytesOf(x.value) : text.encode('no value'));
  return hash.update(bytesOf(x.row)).hex();
}
