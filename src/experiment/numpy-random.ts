/**
 * NumPy's RandomState(seed): Mersenne Twister (Matsumoto & Nishimura 1998), as far as LightFM draws from it.
 * With it a run can be repeated draw by draw; the application itself uses src/core/random.ts.
 */
const N = 624;
const M = 397;

export class NumpyRandom {
  readonly #mt = new Uint32Array(N);
  #at = N;

  constructor(seed: number) {
    this.#mt[0] = seed;
    for (let k = 1; k < N; k++) this.#mt[k] = Math.imul(1812433253, this.#mt[k - 1]! ^ (this.#mt[k - 1]! >>> 30)) + k;
  }

  #word(): number {
    const mt = this.#mt;
    if (this.#at === N) {
      for (let k = 0; k < N; k++) {
        const y = (mt[k]! & 0x80000000) | (mt[(k + 1) % N]! & 0x7fffffff);
        mt[k] = mt[(k + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      this.#at = 0;
    }
    let y = mt[this.#at++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** rand(): 53 bits on [0, 1). */
  next(): number {
    const high = this.#word() >>> 5;
    const low = this.#word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** shuffle() of a one-dimensional array: from the end, partners by masked rejection. */
  shuffle(a: Int32Array): Int32Array {
    for (let k = a.length - 1; k > 0; k--) {
      const mask = 2 ** (32 - Math.clz32(k)) - 1;
      let j = (this.#word() & mask) >>> 0;
      while (j > k) j = (this.#word() & mask) >>> 0;
      const t = a[k]!;
      a[k] = a[j]!;
      a[j] = t;
    }
    return a;
  }
}
