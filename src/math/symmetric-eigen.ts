/**
 * All eigenvalues and eigenvectors of a small dense symmetric matrix, float64.
 * Householder reduction to tridiagonal form, then implicit QL with Wilkinson shifts (Bowdler, Martin, Reinsch, Wilkinson 1968).
 * About 9 m³ operations; meant for m up to a thousand.
 */

type Pulse = () => Promise<void> | undefined;

export interface Eigen {
  /** Descending. */
  values: Float64Array; // [m]
  /** Row k is the unit eigenvector of values[k]. */
  vectors: Float64Array; // [m, m]
}

/**
 * @param a [m, m] symmetric, row-major; not changed
 * @param pulse asked after every row: the place to yield and to cancel (by throwing)
 */
export async function symmetricEigen(a: Float64Array, m: number, pulse: Pulse = () => undefined): Promise<Eigen> {
  const q = a.slice(0, m * m); // becomes the rows of the orthogonal basis: A = Qᵀ T Q
  const diagonal = new Float64Array(m);
  const off = new Float64Array(m + 1); // off[k] joins k−1 and k
  await tridiagonalise(q, m, diagonal, off, pulse);
  await implicitQl(q, m, diagonal, off, pulse);
  const order = Array.from(diagonal.keys()).sort((x, y) => diagonal[y]! - diagonal[x]! || x - y);
  const vectors = new Float64Array(m * m);
  order.forEach((k, row) => vectors.set(q.subarray(k * m, (k + 1) * m), row * m));
  return { values: Float64Array.from(order, (k) => diagonal[k]!), vectors };
}

/** On return row k of q is the k-th basis vector in which A is tridiagonal. */
async function tridiagonalise(q: Float64Array, m: number, diagonal: Float64Array, off: Float64Array, pulse: Pulse): Promise<void> {
  const reflectors: { from: number; v: Float64Array; beta: number }[] = [];
  const p = new Float64Array(m);
  // A rest no larger than rounding of the whole is nothing; reflecting it would divide by its square, which may be 0.
  const noise = Number.EPSILON * q.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  for (let k = 0; k < m - 2; k++) {
    const wait = pulse();
    if (wait) await wait;
    // Reflect row k right of its first off-diagonal place.
    const from = k + 1;
    let norm = 0;
    for (let j = from; j < m; j++) norm += q[k * m + j]! ** 2;
    norm = Math.sqrt(norm);
    const head = q[k * m + from]!;
    const alpha = head > 0 ? -norm : norm;
    const v = new Float64Array(m);
    for (let j = from; j < m; j++) v[j] = q[k * m + j]!;
    v[from]! -= alpha;
    let squared = 0;
    for (let j = from; j < m; j++) squared += v[j]! ** 2;
    const beta = norm > noise ? 2 / squared : 0;
    diagonal[k] = q[k * m + k]!;
    off[k + 1] = beta > 0 ? alpha : 0;
    reflectors.push({ from, v, beta });
    if (beta === 0) continue;
    // A ← H A H on the rest, with w = p − (β/2)(pᵀv) v, p = β A v.
    let along = 0;
    for (let i = from; i < m; i++) {
      let s = 0;
      for (let j = from; j < m; j++) s += q[i * m + j]! * v[j]!;
      p[i] = beta * s;
      along += p[i]! * v[i]!;
    }
    const half = (beta / 2) * along;
    for (let i = from; i < m; i++) p[i]! -= half * v[i]!;
    for (let i = from; i < m; i++) {
      const [vi, pi] = [v[i]!, p[i]!];
      for (let j = from; j < m; j++) q[i * m + j]! -= vi * p[j]! + pi * v[j]!;
    }
  }
  if (m >= 2) {
    diagonal[m - 2] = q[(m - 2) * m + m - 2]!;
    off[m - 1] = q[(m - 2) * m + m - 1]!;
  }
  if (m >= 1) diagonal[m - 1] = q[m * m - 1]!;
  // q ← the product of the reflectors, last first.
  q.fill(0);
  for (let k = 0; k < m; k++) q[k * m + k] = 1;
  for (const { from, v, beta } of reflectors.reverse()) {
    const wait = pulse();
    if (wait) await wait;
    p.fill(0);
    for (let i = from; i < m; i++) for (let j = from; j < m; j++) p[j]! += v[i]! * q[i * m + j]!;
    for (let i = from; i < m; i++) {
      const f = beta * v[i]!;
      for (let j = from; j < m; j++) q[i * m + j]! -= f * p[j]!;
    }
  }
  transposeInPlace(q, m);
}

function transposeInPlace(q: Float64Array, m: number): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < i; j++) {
      const t = q[i * m + j]!;
      q[i * m + j] = q[j * m + i]!;
      q[j * m + i] = t;
    }
  }
}

/** Rotates rows of q until the tridiagonal matrix is diagonal. */
async function implicitQl(q: Float64Array, m: number, d: Float64Array, off: Float64Array, pulse: Pulse): Promise<void> {
  const e = off.subarray(1); // e[k] joins k and k+1
  // What rounding of the whole matrix leaves is nothing: where rows are fewer than columns, whole blocks are such noise and never settle.
  let size = 0;
  for (let k = 0; k < m; k++) size = Math.max(size, Math.abs(d[k]!) + (k < m - 1 ? Math.abs(e[k]!) : 0));
  const noise = Number.EPSILON * size;
  for (let l = 0; l < m; l++) {
    const wait = pulse();
    if (wait) await wait;
    for (let turn = 0; ; turn++) {
      let end = l;
      while (end < m - 1 && Math.abs(e[end]!) > Math.max(noise, Number.EPSILON * (Math.abs(d[end]!) + Math.abs(d[end + 1]!)))) end++;
      if (end === l) break;
      if (turn === 60) throw new Error('The eigenvalues did not converge.');
      let g = (d[l + 1]! - d[l]!) / (2 * e[l]!);
      let r = Math.hypot(g, 1);
      g = d[end]! - d[l]! + e[l]! / (g + (g >= 0 ? r : -r));
      let [s, c, p] = [1, 1, 0];
      let k = end - 1;
      for (; k >= l; k--) {
        const f = s * e[k]!;
        const b = c * e[k]!;
        r = Math.hypot(f, g);
        e[k + 1] = r;
        if (r === 0) {
          d[k + 1]! -= p;
          e[end] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[k + 1]! - p;
        r = (d[k]! - g) * s + 2 * c * b;
        p = s * r;
        d[k + 1] = g + p;
        g = c * r - b;
        rotate(q, m, k, c, s);
      }
      if (r === 0 && k >= l) continue;
      d[l]! -= p;
      e[l] = g;
      e[end] = 0;
    }
  }
}

function rotate(q: Float64Array, m: number, k: number, c: number, s: number): void {
  const [a, b] = [k * m, (k + 1) * m];
  for (let j = 0; j < m; j++) {
    const x = q[a + j]!;
    const y = q[b + j]!;
    q[b + j] = s * x + c * y;
    q[a + j] = c * x - s * y;
  }
}
