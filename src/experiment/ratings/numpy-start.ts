/**
 * The random numbers of NumPy's RandomState, for starting a factor model where Surprise starts it: then single folds can be compared closely,
 * not only means over many starts. MT19937 (Matsumoto and Nishimura 1998), its 53-bit doubles, normals by Marsaglia's polar method.
 */
export interface NumpyRandom {
  /** Uniform on [0, 1), 53 bits. */
  double(): number;
  normal(): number;
}

export function numpyRandom(seed: number): NumpyRandom {
  const mt = new Uint32Array(624);
  mt[0] = seed;
  for (let k = 1; k < 624; k++) mt[k] = Math.imul(1812433253, mt[k - 1]! ^ (mt[k - 1]! >>> 30)) + k;
  let at = 624;
  const word = (): number => {
    if (at === 624) {
      for (let k = 0; k < 624; k++) {
        const y = (mt[k]! & 0x80000000) | (mt[(k + 1) % 624]! & 0x7fffffff);
        mt[k] = mt[(k + 397) % 624]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      at = 0;
    }
    let y = mt[at++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  const double = (): number => {
    const a = word() >>> 5;
    const b = word() >>> 6;
    return (a * 67108864 + b) / 9007199254740992;
  };
  let spare: number | null = null;
  return {
    double,
    normal() {
      if (spare !== null) {
        const held = spare;
        spare = null;
        return held;
      }
      for (;;) {
        const x = 2 * double() - 1;
        const y = 2 * double() - 1;
        const square = x * x + y * y;
        if (square >= 1 || square === 0) continue;
        const f = Math.sqrt((-2 * Math.log(square)) / square);
        spare = f * x;
        return f * y;
      }
    },
  };
}
