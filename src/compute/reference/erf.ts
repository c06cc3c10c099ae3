/** The error function in float64, for references and tables; absolute error about 1e-15. */

/**
 * erf(x) = 2/√π · exp(−x²) · Σ_n 2ⁿ x^(2n+1) / (2n+1)!!  (Abramowitz & Stegun 7.1.6; every term has the sign of x, so nothing cancels).
 */
function erf(x: number): number {
  const a = Math.abs(x);
  if (!(a < 6)) return Math.sign(x); // erfc(6) = 2e-17
  let term = a;
  let sum = a;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * a * a) / (2 * n + 1);
    sum += term;
  }
  return Math.sign(x) * (2 / Math.sqrt(Math.PI)) * Math.exp(-a * a) * sum;
}

export const normalCdf = (x: number): number => 0.5 * (1 + erf(x / Math.SQRT2));
export const normalPdf = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
/** GELU(x) = x Φ(x). */
export const gelu64 = (x: number): number => x * normalCdf(x);
/** GELU'(x) = Φ(x) + x φ(x). */
export const geluSlope64 = (x: number): number => normalCdf(x) + x * normalPdf(x);
