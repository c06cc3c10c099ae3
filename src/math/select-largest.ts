/** The k-th largest of values[0 … n), k from 1, in linear time on average (Hoare's selection). Reorders values[0 … n). */
export function largestValue(values: Float64Array, n: number, k: number): number {
  let low = 0;
  let high = n - 1;
  const at = n - k; // its place in ascending order
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i <= j) {
        const t = values[i]!;
        values[i++] = values[j]!;
        values[j--] = t;
      }
    }
    if (at <= j) high = j;
    else if (at >= i) low = i;
    else break;
  }
  return values[at]!;
}
