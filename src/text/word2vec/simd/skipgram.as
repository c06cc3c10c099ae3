// One run of skip-gram steps with negative sampling, float32, four dimensions at a time.
// Rows are padded to a multiple of four with zeros, which stay zero: their gradients are multiples of zeros.

// 1 / (1 + e^−x); e^y as 2^n · 2^f with a polynomial for 2^f on [−½, ½], relative error below 2e-7.
// @ts-ignore: decorator
@inline
function logistic(x: f32): f32 {
  let y: f32 = -x * 1.44269504;
  if (y > 126.0) y = 126.0;
  if (y < -126.0) y = -126.0;
  const n: f32 = nearest<f32>(y);
  const f: f32 = y - n;
  let p: f32 = 1.540353e-4;
  p = p * f + 1.3333558e-3;
  p = p * f + 9.6181291e-3;
  p = p * f + 5.5504109e-2;
  p = p * f + 2.4022651e-1;
  p = p * f + 6.9314718e-1;
  p = p * f + 1.0;
  const power: f32 = reinterpret<f32>((<i32>n + 127) << 23);
  return 1.0 / (1.0 + p * power);
}

// @ts-ignore: decorator
@inline
function lanes(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

// @ts-ignore: decorator
@inline
function target(list: usize, t: i32, output: usize, row: usize): usize {
  return output + <usize>load<i32>(list + (<usize>t << 2)) * row;
}

/**
 * Steps n = 0…pairs−1 in turn. Step n reads `targets`+2 indices from `list`: the input word, the output word, then the negatives.
 * Every target row moves at once; the input row gets its summed change after the last target.
 * Three different targets are taken together: the input row and its change are then read once for the three.
 * @param input, output row-major [V, width] float32; width a multiple of 4
 * @param change room for one row
 */
export function steps(input: usize, output: usize, width: i32, list: usize, pairs: i32, negatives: i32, rate: f32, change: usize): void {
  const row = <usize>width << 2;
  const targets = negatives + 1;
  for (let n = 0; n < pairs; n++) {
    const h = input + <usize>load<i32>(list) * row;
    list += 4;
    for (let d: usize = 0; d < row; d += 16) v128.store(change + d, f32x4.splat(0));
    let t = 0;
    while (t < targets) {
      const o = target(list, t, output, row);
      const label: f32 = t == 0 ? 1.0 : 0.0;
      if (t + 3 <= targets) {
        const p = target(list, t + 1, output, row);
        const q = target(list, t + 2, output, row);
        // A row drawn twice must be seen as the first of the two left it.
        if (o != p && o != q && p != q) {
          let a = f32x4.splat(0);
          let b = f32x4.splat(0);
          let c = f32x4.splat(0);
          for (let d: usize = 0; d < row; d += 16) {
            const x = v128.load(h + d);
            a = f32x4.add(a, f32x4.mul(x, v128.load(o + d)));
            b = f32x4.add(b, f32x4.mul(x, v128.load(p + d)));
            c = f32x4.add(c, f32x4.mul(x, v128.load(q + d)));
          }
          const e = f32x4.splat(rate * (label - logistic(lanes(a))));
          const f = f32x4.splat(-rate * logistic(lanes(b)));
          const g = f32x4.splat(-rate * logistic(lanes(c)));
          for (let d: usize = 0; d < row; d += 16) {
            const x = v128.load(h + d);
            const u = v128.load(o + d);
            const v = v128.load(p + d);
            const w = v128.load(q + d);
            v128.store(change + d, f32x4.add(f32x4.add(v128.load(change + d), f32x4.mul(e, u)), f32x4.add(f32x4.mul(f, v), f32x4.mul(g, w))));
            v128.store(o + d, f32x4.add(u, f32x4.mul(e, x)));
            v128.store(p + d, f32x4.add(v, f32x4.mul(f, x)));
            v128.store(q + d, f32x4.add(w, f32x4.mul(g, x)));
          }
          t += 3;
          continue;
        }
      }
      let a = f32x4.splat(0);
      for (let d: usize = 0; d < row; d += 16) a = f32x4.add(a, f32x4.mul(v128.load(h + d), v128.load(o + d)));
      const g = f32x4.splat(rate * (label - logistic(lanes(a))));
      for (let d: usize = 0; d < row; d += 16) {
        const w = v128.load(o + d);
        v128.store(change + d, f32x4.add(v128.load(change + d), f32x4.mul(g, w)));
        v128.store(o + d, f32x4.add(w, f32x4.mul(g, v128.load(h + d))));
      }
      t++;
    }
    list += <usize>targets << 2;
    for (let d: usize = 0; d < row; d += 16) v128.store(h + d, f32x4.add(v128.load(h + d), v128.load(change + d)));
  }
}
