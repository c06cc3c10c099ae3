import { describe, expect, it } from 'vitest';
import { opaque, paintPoints } from './cloud-pixels';

const frame = { width: 20, height: 10 };
const WHITE = opaque(255, 255, 255);
const view = { cx: 0, cy: 0, scale: 1 };
function paint(points: { x: number; y: number; rgba: number[]; size?: number; shape?: number }[], ratio = 1, step = 1) {
  const picture = { width: frame.width * ratio, height: frame.height * ratio };
  const out = new Uint32Array(picture.width * picture.height).fill(WHITE);
  paintPoints(out, picture, { xy: Float32Array.from(points.flatMap((p) => [p.x, p.y])), rgba: Uint8Array.from(points.flatMap((p) => p.rgba)), size: Uint8Array.from(points, (p) => p.size ?? 4), shape: Uint8Array.from(points, (p) => p.shape ?? 1) }, view, frame, ratio, step);
  const pixel = (x: number, y: number): number => out[y * picture.width + x]!;
  return { pixel, inked: out.filter((p) => p !== WHITE).length };
}
const bytes = (p: number): number[] => [p & 255, (p >> 8) & 255, (p >> 16) & 255];
const red = [200, 0, 0, 255];

describe('points written into pixels', () => {
  it('a point lies where its place says: the middle of the picture, and up is up', () => {
    const { pixel, inked } = paint([{ x: 0, y: 0, rgba: red }, { x: 5, y: 3, rgba: [0, 0, 200, 255], size: 2 }]);
    expect(pixel(10, 5)).toBe(opaque(200, 0, 0));
    expect(bytes(pixel(15, 2))[0]).toBeLessThan(200); // blue lies there, thinned at its edge
    expect(inked).toBeLessThanOrEqual(16 + 4);
  });
  it('of two points in one place the later one shows, mixed by its alpha', () => {
    expect(paint([{ x: 0, y: 0, rgba: red }, { x: 0, y: 0, rgba: [0, 0, 200, 255] }]).pixel(10, 5)).toBe(opaque(0, 0, 200));
    const [r, g, b] = bytes(paint([{ x: 0, y: 0, rgba: red }, { x: 0, y: 0, rgba: [0, 0, 200, 128] }]).pixel(10, 5));
    expect([r! > 90 && r! < 110, g, b! > 90 && b! < 110]).toEqual([true, 0, true]);
  });
  it('a point over the edge is cut there, one outside, hidden or without a place draws nothing', () => {
    const { inked, pixel } = paint([{ x: -10, y: 0, rgba: red }, { x: 400, y: 0, rgba: red }, { x: 0, y: 0, rgba: red, size: 0 }, { x: Number.NaN, y: 0, rgba: red }]);
    expect(inked).toBe(8);
    expect(pixel(0, 5)).toBe(opaque(200, 0, 0));
    expect(pixel(19, 4)).toBe(WHITE);
  });
  it('a circle covers less than a square, a triangle stands on its foot', () => {
    const ink = (shape: number): number => paint([{ x: 0, y: 0, rgba: red, size: 8, shape }]).inked;
    expect(ink(0)).toBeLessThan(64);
    const { pixel } = paint([{ x: 0, y: 0, rgba: red, size: 8, shape: 2 }]);
    const row = (y: number): number => Array.from({ length: 20 }, (_, x) => pixel(x, y)).filter((p) => p !== WHITE).length;
    expect(row(7)).toBeGreaterThan(row(3));
  });
  it('twice the device pixels make a point of four times the ink', () => {
    expect(paint([{ x: 0, y: 0, rgba: red }], 2).inked).toBe(4 * paint([{ x: 0, y: 0, rgba: red }]).inked);
  });
});
