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
  /** Column and row of each pixel it touches, and how much of it: 0 to 256. */
  dx: Int32Array;
  dy: Int32Array;
  cover: Int32Array;
  /** Place of each in the picture, from the stamp's first pixel. */
  at: Int32Array;
}

const SAMPLES = 4;

/** Distance from the middle in units of the edge (1 = on it), x and y from −.5 to .5; as the shader of cloud-webgl has it. */
function farness(shape: number, x: number, y: number): number {
  if (shape === 0) return Math.hypot(x, y) * 2;
  if (shape === 1) return Math.max(Math.abs(x), Math.abs(y)) * 2.3;
  return Math.max(2 * y, 4 * Math.abs(x) - 2 * y);
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
    cover: Int32Array.from(touched, (t) => Math.round(256 * t.cover)),
    at: Int32Array.from(touched, (t) => t.dy * pictureWidth + t.dx),
  };
}

/** Red, green and blue as one opaque pixel, in the byte order of a canvas (all browsers run on little-endian processors). */
export const opaque = (r: number, g: number, b: number): number => (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;

/**
 * Writes every `step`-th point into `out` ([width · height] opaque pixels, the background at first), later ones over earlier ones.
 * @param picture device pixels  @param frame the same in CSS pixels, which `view` counts in  @param ratio device pixels per CSS pixel
 */
export function paintPoints(out: Uint32Array, picture: Size, { xy, rgba, size, shape }: PaintedPoints, view: View, frame: Size, ratio: number, step = 1): void {
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
    const { side, at, cover, dx, dy } = stamp;
    const x = Math.round(left + xy[2 * p]! * scale - side / 2);
    const y = Math.round(top - xy[2 * p + 1]! * scale - side / 2);
    if (!(x > -side && y > -side && x < width && y < height)) continue; // also not-a-number
    const whole = x >= 0 && y >= 0 && x + side <= width && y + side <= height;
    const base = y * width + x;
    const alpha = rgba[4 * p + 3]! + 1;
    // Red and blue are mixed in one multiplication: a byte of room lies between them.
    const redBlue = rgba[4 * p]! | (rgba[4 * p + 2]! << 16);
    const green = rgba[4 * p + 1]! << 8;
    for (let k = 0; k < at.length; k++) {
      if (!whole && (x + dx[k]! < 0 || y + dy[k]! < 0 || x + dx[k]! >= width || y + dy[k]! >= height)) continue;
      const over = (alpha * cover[k]!) >> 8; // of 256
      const o = base + at[k]!;
      const was = out[o]!;
      const rb = ((Math.imul(redBlue, over) + Math.imul(was & 0xff00ff, 256 - over)) >>> 8) & 0xff00ff;
      const g = ((Math.imul(green, over) + Math.imul(was & 0xff00, 256 - over)) >>> 8) & 0xff00;
      out[o] = 0xff000000 | rb | g;
    }
  }
}
