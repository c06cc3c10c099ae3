/** The standard normal distribution, to about 1e-15. */

/** Complementary error function 1 − erf(x). Series below 3, continued fraction above (Abramowitz & Stegun 7.1.6, 7.1.14). */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x > 27) return 0;
  if (x < 3) {
    let term = x;
    let sum = x;
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  let fraction = 0;
  for (let n = 80; n >= 1; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

/** P(Z ≤ z). */
export const normalCdf = (z: number): number => erfc(-z / Math.SQRT2) / 2;

/** The z with P(Z ≤ z) = p, for 0 < p < 1, by bisection and Newton steps; NaN outside. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return NaN;
  if (p > 0.5) return -normalQuantile(1 - p);
  let low = -39;
  let high = 0;
  for (let k = 0; k < 30; k++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  let z = (low + high) / 2;
  for (let k = 0; k < 3; k++) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    if (density > 0) z -= (normalCdf(z) - p) / density;
  }
  return z;
}

/** Two-sided 95 %. */
export const Z95 = 1.959963984540054;
