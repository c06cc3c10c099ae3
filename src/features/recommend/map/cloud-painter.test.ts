import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withPixels } from './cloud-painter';
import { opaque } from './cloud-pixels';

const frame = { width: 40, height: 20 };
const view = { cx: 0, cy: 0, scale: 1 };
const one = { xy: Float32Array.of(0, 0), rgba: Uint8Array.of(200, 0, 0, 255), size: Uint8Array.of(8), shape: Uint8Array.of(1) };

/** A canvas that keeps what was put on it last. */
function canvasOf() {
  const shown: { width: number; height: number; pixels: Uint32Array }[] = [];
  const context = {
    createImageData: (width: number, height: number) => ({ width, height, data: new Uint8ClampedArray(4 * width * height) }),
    putImageData: ({ width, height, data }: ImageData) => shown.push({ width, height, pixels: new Uint32Array(data.buffer.slice(0) as ArrayBuffer) }),
  };
  return { canvas: { width: 0, height: 0, getContext: () => context } as unknown as HTMLCanvasElement, shown };
}
beforeEach(() => vi.stubGlobal('getComputedStyle', () => ({ getPropertyValue: () => '#ffffff' })));
afterEach(() => vi.unstubAllGlobals());

it('on a screen of two pixels to one, a picture that moves has a quarter of the pixels, one at rest has all, and both show the point in the same place', () => {
  const { canvas, shown } = canvasOf();
  const painter = withPixels(canvas);
  painter.load(one);
  for (const moving of [true, false, true, false]) painter.draw(view, frame, 2, moving);
  expect(shown.map((s) => [s.width, s.height])).toEqual([[40, 20], [80, 40], [40, 20], [80, 40]]);
  expect([canvas.width, canvas.height]).toEqual([80, 40]);
  const share = shown.map((s) => s.pixels.filter((p) => p !== opaque(255, 255, 255)).length / s.pixels.length);
  expect(share[0]).toBeCloseTo(share[1]!, 1);
  for (const s of shown) expect(s.pixels[(s.height / 2) * s.width + s.width / 2]).toBe(opaque(200, 0, 0));
});

it('a picture in motion of very many points leaves some out, at rest none', () => {
  const N = 400_000;
  const { canvas, shown } = canvasOf();
  const painter = withPixels(canvas);
  // Every odd point lies apart from the even ones: with every second left out, their place stays empty.
  painter.load({ xy: Float32Array.from({ length: 2 * N }, (_, n) => (n % 4 === 2 ? 10 : 0)), rgba: new Uint8Array(4 * N).fill(255).map((x, n) => (n % 4 === 3 ? x : 0)), size: new Uint8Array(N).fill(2), shape: new Uint8Array(N).fill(1) });
  painter.draw(view, frame, 1, true);
  painter.draw(view, frame, 1, false);
  const inked = shown.map((s) => s.pixels.filter((p) => p !== opaque(255, 255, 255)).length);
  expect(inked[1]).toBe(2 * inked[0]!);
});
