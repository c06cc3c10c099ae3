// SIMD kernels for the blocked inverse of a symmetric matrix (AssemblyScript; built by build.mjs into binary.ts).
// float64 on imported memory; pointers are byte addresses. The slow twin of each is in ../symmetric-kernels.ts.
// A panel [n, nb] is stored by tiles of four rows: tile t holds [nb][4].

const JB: i32 = 32; // columns per block: their tiles (32 × 64 × 8 = 16 KB) stay in L1 while all rows pass

/** C[i, j] −= Σ_p left[i, p] right[j, p] for row tiles from…to (multiples of 4) and columns j ≤ i + 3. */
export function rankUpdate(c: usize, ld: i32, left: usize, right: usize, nb: i32, from: i32, to: i32): void {
  const stride = <usize>ld * 8, tileBytes = <usize>nb * 32;
  for (let jb = 0; jb < to; jb += JB) {
    for (let i = max(from, jb); i < to; i += 4) {
      const last = min(jb + JB, i + 4);
      const a = left + (<usize>i >> 2) * tileBytes;
      for (let j = jb; j < last; j += 4) {
        let x = a, y = right + (<usize>j >> 2) * tileBytes;
        let c00 = f64x2.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
        for (let p = 0; p < nb; p++) {
          const y0 = v128.load(y), y1 = v128.load(y, 16);
          const x0 = v128.load64_splat(x), x1 = v128.load64_splat(x, 8), x2 = v128.load64_splat(x, 16), x3 = v128.load64_splat(x, 24);
          c00 = f64x2.add(c00, f64x2.mul(x0, y0));
          c01 = f64x2.add(c01, f64x2.mul(x0, y1));
          c10 = f64x2.add(c10, f64x2.mul(x1, y0));
          c11 = f64x2.add(c11, f64x2.mul(x1, y1));
          c20 = f64x2.add(c20, f64x2.mul(x2, y0));
          c21 = f64x2.add(c21, f64x2.mul(x2, y1));
          c30 = f64x2.add(c30, f64x2.mul(x3, y0));
          c31 = f64x2.add(c31, f64x2.mul(x3, y1));
          x += 32;
          y += 32;
        }
        let at = c + <usize>i * stride + <usize>j * 8;
        take(at, c00, c01);
        at += stride;
        take(at, c10, c11);
        at += stride;
        take(at, c20, c21);
        at += stride;
        take(at, c30, c31);
      }
    }
  }
}

@inline
function take(at: usize, x: v128, y: v128): void {
  v128.store(at, f64x2.sub(v128.load(at), x));
  v128.store(at, f64x2.sub(v128.load(at, 16), y), 16);
}

/** right[i, q] = Σ_p left[i, p] d[p, q] for row tiles from…to; d [nb, nb] row-major, nb a multiple of 4. */
export function panelTimes(left: usize, d: usize, right: usize, nb: i32, from: i32, to: i32): void {
  const tileBytes = <usize>nb * 32, row = <usize>nb * 8;
  for (let i = from; i < to; i += 4) {
    const a = left + (<usize>i >> 2) * tileBytes;
    let out = right + (<usize>i >> 2) * tileBytes;
    for (let q = 0; q < nb; q += 4) {
      let x = a, y = d + <usize>q * 8;
      let c00 = f64x2.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
      for (let p = 0; p < nb; p++) {
        const x0 = v128.load(x), x1 = v128.load(x, 16);
        const y0 = v128.load64_splat(y), y1 = v128.load64_splat(y, 8), y2 = v128.load64_splat(y, 16), y3 = v128.load64_splat(y, 24);
        c00 = f64x2.add(c00, f64x2.mul(y0, x0));
        c01 = f64x2.add(c01, f64x2.mul(y0, x1));
        c10 = f64x2.add(c10, f64x2.mul(y1, x0));
        c11 = f64x2.add(c11, f64x2.mul(y1, x1));
        c20 = f64x2.add(c20, f64x2.mul(y2, x0));
        c21 = f64x2.add(c21, f64x2.mul(y2, x1));
        c30 = f64x2.add(c30, f64x2.mul(y3, x0));
        c31 = f64x2.add(c31, f64x2.mul(y3, x1));
        x += 32;
        y += row;
      }
      v128.store(out, c00);
      v128.store(out, c01, 16);
      v128.store(out, c10, 32);
      v128.store(out, c11, 48);
      v128.store(out, c20, 64);
      v128.store(out, c21, 80);
      v128.store(out, c30, 96);
      v128.store(out, c31, 112);
      out += 128;
    }
  }
}
