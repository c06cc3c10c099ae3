/** The k-th largest of values[0 … n), k from 1, in linear time on average (Hoare's selection). `values` is left as it was. */
export function largestValue(values: Float64Array, n: number, k: number): number {
  const a = values.slice(0, n);
  let low = 0;
  let high = n - 1;
  const at = n - k; // its place in ascending order
  while (low < high) {
    const pivot = a[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (a[i]! < pivot) i++;
      while (a[j]! > pivot) j--;
      if (i <= j) {
        const t = a[i]!;
        a[i++] = a[j]!;
        a[j--] = t;
      }
    }
    if (at <= j) high = j;
    else if (at >= i) low = i;
    else break;
  }
  return a[at]!;
}
