// Continues kernels.as and sequence.as: matrix products in parts, for threads. Every element of C is summed in the same order whatever the parts.

/** Columns from … to (a multiple of 8, or the last) of B [k, n] packed, each panel to its place in `packed`. */
export function packPart(b: usize, brs: i32, bcs: i32, k: i32, from: i32, to: i32, packed: usize): void {
  pack(b + ((<usize>from * <usize>bcs) << 2), <usize>brs << 2, <usize>bcs << 2, k, to - from, packed + ((<usize>from * <usize>k) << 2));
}

/** C[m, n] = A[m, k] · packed B, rows of C ldc floats apart; edge: eight floats of scratch. */
export function productPart(a: usize, ars: i32, acs: i32, packed: usize, c: usize, ldc: i32, m: i32, n: i32, k: i32, edge: usize): void {
  const RS = <usize>ars << 2, CS = <usize>acs << 2, LD = <usize>ldc << 2;
  const whole = n & ~7;
  product(a, RS, CS, packed, c, LD, m, whole, k, false);
  if (whole == n) return;
  const panel = packed + ((<usize>whole * <usize>k) << 2);
  for (let i = 0; i < m; i++) {
    tile1(a + <usize>i * RS, CS, panel, k, edge, false);
    for (let j = whole; j < n; j++) f32.store(c + <usize>i * LD + (<usize>j << 2), f32.load(edge + (<usize>(j - whole) << 2)));
  }
}

/** Columns of a product: B [k, n] is packed here. Scratch as sgemm's. */
export function sgemmPart(a: usize, ars: i32, acs: i32, b: usize, brs: i32, bcs: i32, c: usize, ldc: i32, m: i32, n: i32, k: i32, scratch: usize): void {
  pack(b, <usize>brs << 2, <usize>bcs << 2, k, n, scratch);
  productPart(a, ars, acs, scratch, c, ldc, m, n, k, scratch + ((<usize>((n + 7) & ~7) * <usize>k) << 2));
}
