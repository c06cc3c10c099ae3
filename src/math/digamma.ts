/** ψ(x), the derivative of ln Γ(x), and ln Γ(x), for x > 0. */

/** Recurrence up to x ≥ 10, then the asymptotic series (Abramowitz & Stegun 6.3.18); relative error about 1e-15. */
export function digamma(x: number): number {
  let shift = 0;
  while (x < 10) shift -= 1 / x++;
  const y = 1 / (x * x);
  return shift + Math.log(x) - 0.5 / x - y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y * (1 / 132 - y * (691 / 32760 - y / 12))))));
}

/** Stirling's series after the same recurrence (Abramowitz & Stegun 6.1.41). */
export function lnGamma(x: number): number {
  let product = 1;
  while (x < 10) product *= x++;
  const y = 1 / (x * x);
  const series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - y * (691 / 360360)))))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}
