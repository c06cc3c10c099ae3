/**
 * One seeded generator, independent streams by name, state that can be saved.
 * xoshiro128** (Blackman & Vigna 2018), seeded by murmur3's finaliser over (seed, name).
 */
export interface Random {
  /** Uniform on [0, 1), 32 bits. */
  next(): number;
  /** Uniform integer on [0, n); no modulo bias. */
  int(n: number): number;
  /** Standard normal (Box-Muller, no cached second value, so the state is only the four words). */
  normal(): number;
  /** Fisher-Yates in place. */
  shuffle<T extends Int32Array | Float64Array | number[] | string[]>(a: T): T;
  /** An independent stream; the same name gives the same stream whatever was drawn before. */
  stream(name: string): Random;
  state(): RandomState;
  restore(state: RandomState): void;
}
export interface RandomState {
  seed: number;
  name: string;
  words: [number, number, number, number];
}

/** murmur3's 32-bit finaliser. */
export function mix32(x: number): number {
  x |= 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** FNV-1a over UTF-16 code units, finished by mix32. */
export function hash32(text: string, seed = 0): number {
  let h = (0x811c9dc5 ^ seed) | 0;
  for (let k = 0; k < text.length; k++) h = Math.imul(h ^ text.charCodeAt(k), 0x01000193);
  return mix32(h);
}

export function createRandom(seed: number, name = ''): Random {
  const w = new Uint32Array(4);
  for (let k = 0; k < 4; k++) w[k] = mix32(hash32(name, seed | 0) + Math.imul(k + 1, 0x9e3779b9));
  if ((w[0]! | w[1]! | w[2]! | w[3]!) === 0) w[0] = 1;
  const rotl = (x: number, k: number) => (x << k) | (x >>> (32 - k));
  const word = (): number => {
    const result = Math.imul(rotl(Math.imul(w[1]!, 5), 7), 9) >>> 0;
    const t = w[1]! << 9;
    w[2]! ^= w[0]!;
    w[3]! ^= w[1]!;
    w[1]! ^= w[2]!;
    w[0]! ^= w[3]!;
    w[2]! ^= t;
    w[3] = rotl(w[3]!, 11);
    return result;
  };
  const random: Random = {
    next: () => word() / 4294967296,
    int(n) {
      if (!(n >= 1)) throw new RangeError(`random.int(n) needs n ≥ 1, received ${n}.`);
      const limit = 4294967296 - (4294967296 % n);
      let x = word();
      while (x >= limit) x = word();
      return x % n;
    },
    normal() {
      const u = 1 - random.next();
      return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.next());
    },
    shuffle(a) {
      for (let k = a.length - 1; k > 0; k--) {
        const j = random.int(k + 1);
        const t = a[k]!;
        a[k] = a[j]!;
        a[j] = t;
      }
      return a;
    },
    stream: (child) => createRandom(seed, name ? `${name}/${child}` : child),
    state: () => ({ seed, name, words: [w[0]!, w[1]!, w[2]!, w[3]!] }),
    restore(s) {
      w.set(s.words);
    },
  };
  return random;
}
