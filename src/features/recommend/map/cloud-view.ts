/** Where a cloud of points is looked at from, and what lies under a pointer or inside a lasso. Pure; places are x, y pairs. */

/** Data point (cx, cy) is at the middle of the picture; `scale` pixels stand for one unit of data. y points up. */
export interface View {
  cx: number;
  cy: number;
  scale: number;
}
export interface Size {
  width: number;
  height: number;
}
const PADDING = 28;

/** The view that shows these points, with a margin; a single point is shown at `closest` pixels per unit of the whole. */
export function fitView(xy: Float32Array, which: Iterable<number> | null, size: Size, closest = Infinity): View {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  const add = (p: number): void => {
    const x = xy[2 * p]!;
    const y = xy[2 * p + 1]!;
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < low) low = y;
    if (y > high) high = y;
  };
  if (which) for (const p of which) add(p);
  else for (let p = 0; p < xy.length / 2; p++) add(p);
  if (left > right) return { cx: 0, cy: 0, scale: 1 };
  const scale = Math.min((size.width - 2 * PADDING) / Math.max(right - left, 1e-9), (size.height - 2 * PADDING) / Math.max(high - low, 1e-9), closest, 1e7);
  return { cx: (left + right) / 2, cy: (low + high) / 2, scale: Math.max(scale, 1e-6) };
}

export const toPixel = ({ cx, cy, scale }: View, { width, height }: Size, x: number, y: number): [number, number] => [width / 2 + (x - cx) * scale, height / 2 - (y - cy) * scale];
export const toData = ({ cx, cy, scale }: View, { width, height }: Size, px: number, py: number): [number, number] => [cx + (px - width / 2) / scale, cy - (py - height / 2) / scale];

/** Zoomed so that what is under (px, py) stays there. */
export function zoomAt(view: View, size: Size, px: number, py: number, factor: number): View {
  const [x, y] = toData(view, size, px, py);
  const scale = Math.min(1e7, Math.max(1e-6, view.scale * factor));
  return { scale, cx: x - (px - size.width / 2) / scale, cy: y + (py - size.height / 2) / scale };
}

/** Two fingers moved: what lay halfway between them lies there again, and apart as far as they are. */
export function pinch(view: View, size: Size, from: readonly [readonly [number, number], readonly [number, number]], to: readonly [readonly [number, number], readonly [number, number]]): View {
  const middle = ([a, b]: typeof from): [number, number] => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const apart = ([a, b]: typeof from): number => Math.max(1, Math.hypot(a[0] - b[0], a[1] - b[1]));
  const [start, end] = [middle(from), middle(to)];
  const zoomed = zoomAt(view, size, start[0], start[1], apart(to) / apart(from));
  return { ...zoomed, cx: zoomed.cx - (end[0] - start[0]) / zoomed.scale, cy: zoomed.cy + (end[1] - start[1]) / zoomed.scale };
}

/** Points by cell of a square grid, to find the nearest without asking all. */
export interface Grid {
  /** @param hidden points passed over */
  nearest(x: number, y: number, within: number, hidden?: (point: number) => boolean): number;
}
export function gridOf(xy: Float32Array): Grid {
  const N = xy.length / 2;
  const all = fitView(xy, null, { width: 2 * PADDING + 1, height: 2 * PADDING + 1 });
  const side = Math.max(1, Math.ceil(Math.sqrt(N / 4)));
  const cell = 1 / all.scale / side; // data units; the longer side of the cloud holds `side` cells
  const [left, low] = [all.cx - 0.5 / all.scale, all.cy - 0.5 / all.scale];
  const place = (v: number, from: number): number => Math.min(side - 1, Math.max(0, Math.floor((v - from) / cell)));
  const start = new Int32Array(side * side + 1);
  const at = new Int32Array(N);
  for (let p = 0; p < N; p++) {
    at[p] = place(xy[2 * p + 1]!, low) * side + place(xy[2 * p]!, left);
    start[at[p]! + 1]!++;
  }
  for (let c = 0; c < side * side; c++) start[c + 1]! += start[c]!;
  const next = start.slice(0, side * side);
  const points = new Int32Array(N);
  for (let p = 0; p < N; p++) points[next[at[p]!]!++] = p;
  return {
    /** −1 where nothing is within that distance. */
    nearest(x, y, within, hidden) {
      let best = -1;
      let distance = within * within;
      for (let row = place(y - within, low); row <= place(y + within, low); row++) {
        for (let column = place(x - within, left); column <= place(x + within, left); column++) {
          for (let n = start[row * side + column]!; n < start[row * side + column + 1]!; n++) {
            const p = points[n]!;
            const d = (xy[2 * p]! - x) ** 2 + (xy[2 * p + 1]! - y) ** 2;
            if (d <= distance && !hidden?.(p)) {
              distance = d;
              best = p;
            }
          }
        }
      }
      return best;
    },
  };
}

/** Points inside a closed polygon (even-odd rule), ascending. */
export function insideLasso(xy: Float32Array, polygon: readonly (readonly [number, number])[], hidden: Uint8Array | null = null): number[] {
  if (polygon.length < 3) return [];
  const xs = polygon.map((p) => p[0]);
  const ys = polygon.map((p) => p[1]);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const found: number[] = [];
  for (let p = 0; p < xy.length / 2; p++) {
    const x = xy[2 * p]!;
    const y = xy[2 * p + 1]!;
    if (hidden?.[p] || x < left || x > right || y < low || y > high) continue;
    let inside = false;
    for (let a = 0, b = polygon.length - 1; a < polygon.length; b = a++) {
      if (ys[a]! > y !== ys[b]! > y && x < ((xs[b]! - xs[a]!) * (y - ys[a]!)) / (ys[b]! - ys[a]!) + xs[a]!) inside = !inside;
    }
    if (inside) found.push(p);
  }
  return found;
}
