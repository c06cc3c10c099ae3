/** Figures over several seeds: mean, sample standard deviation, and the values themselves. */
export interface Spread {
  mean: number;
  /** n − 1; 0 for a single value. */
  sd: number;
  each: number[];
}

export function spreadOf(each: readonly number[]): Spread {
  const mean = each.reduce((s, x) => s + x, 0) / each.length;
  const sd = each.length < 2 ? 0 : Math.sqrt(each.reduce((s, x) => s + (x - mean) ** 2, 0) / (each.length - 1));
  return { mean, sd, each: [...each] };
}

const short = (x: number, digits: number): string => x.toFixed(digits).replace(/^(-?)0\./, '$1.');
/** '± .006 (.098 .110 .104)' */
export const spreadWords = ({ sd, each }: Spread): string => `± ${short(sd, 3)} (${each.map((x) => short(x, 3)).join(' ')})`;
