/** Bins for number columns: whole numbers one by one where they are few, else about thirty even ones, logarithmic where the values are. */

const BINS = 30;
/** Whole numbers get a bin each up to so many. */
const FEW = 60;
const TINY = 1e-300;

/** Edges e with e[b] ≤ v < e[b + 1] for every finite value; empty where there is none. */
export function numberEdges(values: Float64Array | Float32Array): { edges: Float64Array; scale: 'linear' | 'log' } {
  let low = Infinity;
  let high = -Infinity;
  let whole = true;
  let positive = true;
  let finite = 0;
  for (const v of values) {
    if (!Number.isFinite(v)) continue;
    finite++;
    if (v < low) low = v;
    if (v > high) high = v;
    if (!Number.isInteger(v)) whole = false;
    if (v <= 0) positive = false;
  }
  if (finite === 0) return { edges: new Float64Array(0), scale: 'linear' };
  if (whole && high - low < FEW) return { edges: range(low, high + 1, 1), scale: 'linear' };
  if (positive && high / low >= 100 && high > 20 * middle(values)) return { edges: logEdges(low, high, whole), scale: 'log' };
  // One value, or values so close to each other near 0 that a thirtieth of their distance is no number.
  if ((high - low) / BINS < TINY) return { edges: Float64Array.of(low, high + (Math.abs(high) || 1)), scale: 'linear' };
  const step = nice((high - low) / BINS, whole);
  const edges = range(Math.floor(low / step + 1e-9) * step, high + step, step);
  // Rounding must not leave the lowest value outside, and the topmost has to lie below the last edge.
  edges[0] = Math.min(edges[0]!, low);
  const last = edges[edges.length - 1]!;
  return { edges: last > high ? edges : Float64Array.from([...edges, Math.max(last + step, high + Math.abs(high) * 1e-9 + Number.MIN_VALUE)]), scale: 'linear' };
}

/** Logarithmic edges for counts: 1, 2, 3, 4-5, 6, 7, 8-9, 10-12, … */
export function degreeEdges(counts: Float64Array): Float64Array {
  let high = 1;
  for (const c of counts) if (c > high) high = c;
  let low = high;
  for (const c of counts) if (c > 0 && c < low) low = c;
  return logEdges(low, high, true);
}

/** Ten edges a decade from at most `low` to above `high`; whole edges, each once, where the values are whole. */
function logEdges(low: number, high: number, whole: boolean): Float64Array {
  const perDecade = 10;
  const out: number[] = [whole ? low : 10 ** (Math.floor(Math.log10(low) * perDecade) / perDecade)];
  for (let k = Math.floor(Math.log10(low) * perDecade) + 1; out[out.length - 1]! <= high; k++) {
    const e = 10 ** (k / perDecade);
    const edge = whole ? Math.ceil(e - 1e-9) : e;
    if (edge > out[out.length - 1]!) out.push(edge);
  }
  return Float64Array.from(out);
}

/** Bin of each value; the position after the bins where it has none. Edges must reach above the largest value. */
export function binCodes(values: Float64Array | Float32Array, edges: Float64Array): Int32Array {
  const none = edges.length - 1;
  const first = edges[0] ?? 0;
  const even = edges.length > 2 && isEven(edges);
  const step = even ? (edges[none]! - first) / none : 0;
  const codes = new Int32Array(values.length);
  for (let k = 0; k < values.length; k++) {
    const v = values[k]!;
    if (!(v >= first) || !(v < edges[none]!)) {
      codes[k] = none;
      continue;
    }
    // A guess by division may be one off at an edge: rounding.
    let b = even ? Math.min(none - 1, Math.floor((v - first) / step)) : lowerBin(edges, v);
    if (v < edges[b]!) b--;
    else if (v >= edges[b + 1]!) b++;
    codes[k] = b;
  }
  return codes;
}

/** Largest b with edges[b] ≤ v. */
function lowerBin(edges: Float64Array, v: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (high - low > 1) {
    const mid = (low + high) >> 1;
    if (edges[mid]! <= v) low = mid;
    else high = mid;
  }
  return low;
}

function isEven(edges: Float64Array): boolean {
  const step = edges[1]! - edges[0]!;
  for (let k = 2; k < edges.length; k++) if (Math.abs(edges[k]! - edges[k - 1]! - step) > step * 1e-6) return false;
  return true;
}

function range(from: number, to: number, step: number): Float64Array {
  const out: number[] = [];
  for (let k = 0; from + k * step <= to + step * 1e-9; k++) out.push(Number((from + k * step).toPrecision(12)));
  return Float64Array.from(out);
}

function nice(rough: number, whole: boolean): number {
  if (whole && rough <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const m = (whole && power === 1 ? [1, 2, 5, 10] : [1, 2, 2.5, 5, 10]).find((x) => x * power >= rough * (1 - 1e-9)) ?? 10;
  return m * power;
}

function middle(values: Float64Array | Float32Array): number {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  return sorted[sorted.length >> 1] ?? 0;
}
