/**
 * A cloud of points written into pixels. Pure. Where no graphics card draws, this is quicker than a 2-D canvas (a call and a path
 * for each point) and than an imitated card: a hundred thousand small points take a few milliseconds.
 */
import type { Size, View } from './cloud-view';

export interface PaintedPoints {
  /** [2 · N] */
  xy: Float32Array;
  /** [4 · N] */
  rgba: Uint8Array;
  /** CSS pixels across; 0 = hidden. [N] */
  size: Uint8Array;
  /** 0 circle, 1 square, 2 triangle. [N] */
  shape: Uint8Array;
}

/** What one kind of point covers of the pixels around its middle. */
interface Stamp {
  /** Pixels a side. */
  side: number;
  /** Column and row of each pixel it touches, and how much of it: 0 to 1. */
  dx: Int32Array;
  dy: Int32Array;
  cover: Float32Array;
  /** Place of each in the bytes of the picture, from the stamp's first pixel. */
  at: Int32Array;
}

const SAMPLES = 4;

/** Distance from the middle in units of the edge (1 = on it), x and y from −.5 to .5; as the shader of cloud-webgl has it. */
function farness(shape: number, x: number, y: number): number {
  if (shape === 0) return Math.hypot(x, y) * 2;
  if (shape === 1) return Math.max(Math.abs(x), Math.abs(y)) * 2.3;
  return Math.max(2 * y, 2 * Math.abs(x) - 0.5 * y) * 1.1 + 0.1;
}

function stampOf(shape: number, pixels: number, pictureWidth: number): Stamp {
  const side = Math.max(1, Math.ceil(pixels));
  const touched: { dx: number; dy: number; cover: number }[] = [];
  for (let dy = 0; dy < side; dy++) {
    for (let dx = 0; dx < side; dx++) {
      let inside = 0;
      for (let s = 0; s < SAMPLES * SAMPLES; s++) {
        const x = (dx + ((s % SAMPLES) + 0.5) / SAMPLES - side / 2) / pixels;
        const y = (dy + (Math.floor(s / SAMPLES) + 0.5) / SAMPLES - side / 2) / pixels;
        if (farness(shape, x, y) < 0.92) inside++;
      }
      if (inside > 0) touched.push({ dx, dy, cover: inside / SAMPLES ** 2 });
    }
  }
  if (touched.length === 0) touched.push({ dx: 0, dy: 0, cover: 1 });
  return {
    side,
    dx: Int32Array.from(touched, (t) => t.dx),
    dy: Int32Array.from(touched, (t) => t.dy),
    cover: Float32Array.from(touched, (t) => t.cover),
    at: Int32Array.from(touched, (t) => 4 * (t.dy * pictureWidth + t.dx)),
  };
}

/**
 * Writes every `step`-th point into `out` ([4 · width · height], straight alpha, transparent at first), later ones over earlier ones.
 * @param picture device pixels  @param frame the same in CSS pixels, which `view` counts in  @param ratio device pixels per CSS pixel
 */
export function paintPoints(out: Uint8ClampedArray, picture: Size, { xy, rgba, size, shape }: PaintedPoints, view: View, frame: Size, ratio: number, step = 1): void {
  const { width, height } = picture;
  const stamps: (Stamp | undefined)[] = [];
  const scale = view.scale * ratio;
  const left = (frame.width / 2) * ratio - view.cx * scale;
  const top = (frame.height / 2) * ratio + view.cy * scale;
  for (let p = 0; p < size.length; p += step) {
    const s = size[p]!;
    if (s === 0) continue;
    const kind = 3 * s + shape[p]!;
    const stamp = (stamps[kind] ??= stampOf(shape[p]!, s * ratio, width));
    const x = Math.round(left + xy[2 * p]! * scale - stamp.side / 2);
    const y = Math.round(top - xy[2 * p + 1]! * scale - stamp.side / 2);
    if (!(x > -stamp.side && y > -stamp.side && x < width && y < height)) continue; // also not-a-number
    const whole = x >= 0 && y >= 0 && x + stamp.side <= width && y + stamp.side <= height;
    const base = 4 * (y * width + x);
    const [r, g, b, a] = [rgba[4 * p]!, rgba[4 * p + 1]!, rgba[4 * p + 2]!, rgba[4 * p + 3]!];
    for (let k = 0; k < stamp.at.length; k++) {
      if (!whole) {
        const [cx, cy] = [x + stamp.dx[k]!, y + stamp.dy[k]!];
        if (cx < 0 || cy < 0 || cx >= width || cy >= height) continue;
      }
      const o = base + stamp.at[k]!;
      const over = a * stamp.cover[k]!;
      const under = out[o + 3]! * (1 - over / 255);
      if (under === 0) {
        out[o] = r;
        out[o + 1] = g;
        out[o + 2] = b;
        out[o + 3] = over;
      } else {
        const both = over + under;
        out[o] = (r * over + out[o]! * under) / both;
        out[o + 1] = (g * over + out[o + 1]! * under) / both;
        out[o + 2] = (b * over + out[o + 2]! * under) / both;
        out[o + 3] = both;
      }
    }
  }
}
