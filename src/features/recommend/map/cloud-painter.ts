/**
 * Draws a cloud of points: by WebGL 2 where a graphics card does it, else by writing the pixels here. The two look the same.
 * (Ready-made WebGL scatter plots compile their shaders' callers with `Function`, which this page's security policy does not allow.)
 */
import { asHex } from '../../../ui/canvas-colour';
import { opaque, paintPoints, type PaintedPoints } from './cloud-pixels';
import type { Size, View } from './cloud-view';
import { withWebGl } from './cloud-webgl';
import { bytesOf } from './colours';

export type { PaintedPoints } from './cloud-pixels';

export interface Painter {
  readonly kind: 'webgl' | 'pixels';
  /** Later points lie above earlier ones. */
  load(points: PaintedPoints): void;
  /** @param ratio device pixels per CSS pixel  @param moving a picture that will be drawn over in a moment: the slow painter may leave points out */
  draw(view: View, size: Size, ratio: number, moving?: boolean): void;
  dispose(): void;
}

/** Points written while the cloud moves; all of them follow when it rests. */
const WHILE_MOVING = 200_000;

let imitation: boolean | null = null;
/** Whether WebGL here is done by the processor: writing the pixels ourselves is then several times as quick. */
function imitated(): boolean {
  if (imitation !== null) return imitation;
  const gl = document.createElement('canvas').getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  const name = gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  imitation = /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
  return imitation;
}

export function createPainter(canvas: HTMLCanvasElement): Painter {
  const gl = imitated() ? null : canvas.getContext('webgl2', { antialias: false, alpha: true, premultipliedAlpha: true, preserveDrawingBuffer: true });
  const painter = gl && withWebGl(gl);
  return painter ?? withPixels(canvas);
}

/**
 * While the cloud moves, a picture has one pixel for each CSS pixel: on a fine screen four or nine times as many would have to be written,
 * and the browser stretches them while nobody can look closely. At rest it has all of the screen's. Exported for its test.
 */
export function withPixels(canvas: HTMLCanvasElement): Painter {
  const context = canvas.getContext('2d', { alpha: false });
  let points: PaintedPoints | null = null;
  let background = 0;
  /** By width: one for pictures that move, one for those at rest. */
  const images = new Map<number, ImageData>();
  const imageOf = (width: number, height: number): ImageData => {
    const known = images.get(width);
    if (known?.height === height) return known;
    if (images.size > 1) images.clear();
    const made = context!.createImageData(width, height);
    images.set(width, made);
    return made;
  };
  return {
    kind: 'pixels',
    load(given) {
      points = given;
      background = opaque(...bytesOf(asHex(getComputedStyle(canvas).getPropertyValue('--surface').trim())));
    },
    draw(view, frame, screen, moving = false) {
      const ratio = moving ? Math.min(1, screen) : screen;
      const [width, height] = [Math.round(frame.width * ratio), Math.round(frame.height * ratio)];
      if (!context || !points || width === 0 || height === 0) return;
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      const image = imageOf(width, height);
      const pixels = new Uint32Array(image.data.buffer);
      pixels.fill(background);
      const step = moving ? Math.ceil(points.size.length / WHILE_MOVING) : 1;
      paintPoints(pixels, { width, height }, points, view, frame, ratio, step);
      context.putImageData(image, 0, 0);
    },
    dispose() {
      points = null;
      images.clear();
    },
  };
}
