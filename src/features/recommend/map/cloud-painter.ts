/**
 * Draws a cloud of points: by WebGL 2 where there is one, else on a 2-D canvas, slower and the same to look at.
 * (Ready-made WebGL scatter plots compile their shaders' callers with `Function`, which this page's security policy does not allow.)
 */
import type { Size, View } from './cloud-view';

export interface Painter {
  readonly kind: 'webgl' | 'canvas';
  /** Places, colours, sizes and shapes (0 circle, 1 square, 2 triangle) of N points. Later points lie above earlier ones. */
  load(xy: Float32Array, rgba: Uint8Array, size: Uint8Array, shape: Uint8Array): void;
  /** @param ratio device pixels per CSS pixel  @param moving a picture that will be drawn over in a moment: the slow painter leaves points out */
  draw(view: View, size: Size, ratio: number, moving?: boolean): void;
  dispose(): void;
}

/** Points the 2-D canvas draws while the cloud moves; all of them follow when it rests. */
const WHILE_MOVING = 15_000;

const VERTEX = `#version 300 es
in vec2 place; in vec4 colour; in float size; in float shape;
uniform vec2 centre; uniform vec2 zoom; uniform float ratio;
out vec4 tint; flat out float form;
void main() {
  form = shape;
  gl_Position = vec4((place - centre) * zoom, 0.0, 1.0);
  gl_PointSize = size * ratio;
  tint = colour;
}`;
const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 tint; flat in float form; out vec4 paint;
void main() {
  vec2 at = gl_PointCoord - 0.5;
  float circle = length(at) * 2.0;
  float square = max(abs(at.x), abs(at.y)) * 2.3;
  float triangle = max(2.0 * at.y, 2.0 * abs(at.x) - 0.5 * at.y) * 1.1 + 0.1;
  float far = form < 0.5 ? circle : form < 1.5 ? square : triangle;
  float cover = 1.0 - smoothstep(0.8, 1.0, far);
  if (cover <= 0.0) discard;
  paint = vec4(tint.rgb * tint.a, tint.a) * cover;
}`;

/** Points above which an imitated graphics card is slower than a plain canvas. */
export const MANY = 30_000;

/** Whether WebGL here is done by the processor. */
function imitated(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  const name = gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
}

/** @param many more than MANY points are coming */
export function createPainter(canvas: HTMLCanvasElement, many: boolean): Painter {
  const gl = many && imitated() ? null : canvas.getContext('webgl2', { antialias: false, alpha: true, premultipliedAlpha: true, preserveDrawingBuffer: true });
  if (gl) {
    const painter = withWebGl(gl);
    if (painter) return painter;
  }
  return withCanvas(canvas);
}

function withWebGl(gl: WebGL2RenderingContext): Painter | null {
  const shader = (type: number, source: string): WebGLShader | null => {
    const s = gl.createShader(type);
    if (!s) return null;
    gl.shaderSource(s, source);
    gl.compileShader(s);
    return s;
  };
  const program = gl.createProgram();
  const [vertex, fragment] = [shader(gl.VERTEX_SHADER, VERTEX), shader(gl.FRAGMENT_SHADER, FRAGMENT)];
  if (!program || !vertex || !fragment) return null;
  gl.attachShader(program, vertex);
  gl.attachShader(program, fragment);
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) return null;
  const uniform = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
  const [centre, zoom, ratioAt] = [uniform('centre'), uniform('zoom'), uniform('ratio')];
  const buffers = (['place', 'colour', 'size', 'shape'] as const).map((name) => ({ at: gl.getAttribLocation(program, name), buffer: gl.createBuffer() }));
  let N = 0;
  return {
    kind: 'webgl',
    load(xy, rgba, size, shape) {
      N = xy.length / 2;
      [xy, rgba, size, shape].forEach((data, n) => {
        gl.bindBuffer(gl.ARRAY_BUFFER, buffers[n]!.buffer);
        gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
        gl.enableVertexAttribArray(buffers[n]!.at);
        if (n === 0) gl.vertexAttribPointer(buffers[n]!.at, 2, gl.FLOAT, false, 0, 0);
        else if (n === 1) gl.vertexAttribPointer(buffers[n]!.at, 4, gl.UNSIGNED_BYTE, true, 0, 0);
        else gl.vertexAttribPointer(buffers[n]!.at, 1, gl.UNSIGNED_BYTE, false, 0, 0);
      });
    },
    draw(view, { width, height }, ratio) {
      gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      gl.useProgram(program);
      gl.uniform2f(centre, view.cx, view.cy);
      gl.uniform2f(zoom, (2 * view.scale) / width, (2 * view.scale) / height);
      gl.uniform1f(ratioAt, ratio);
      gl.drawArrays(gl.POINTS, 0, N);
    },
    dispose() {
      for (const { buffer } of buffers) gl.deleteBuffer(buffer);
      gl.deleteProgram(program);
    },
  };
}

function withCanvas(canvas: HTMLCanvasElement): Painter {
  const context = canvas.getContext('2d');
  let points: { xy: Float32Array; rgba: Uint8Array; size: Uint8Array; shape: Uint8Array; colours: Uint32Array; order: Int32Array } | null = null;
  return {
    kind: 'canvas',
    load(xy, rgba, size, shape) {
      const colours = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
      // Changing the colour costs more than drawing a point, so points of one colour are drawn together.
      const order = Int32Array.from(colours.keys()).sort((a, b) => colours[a]! - colours[b]! || a - b);
      points = { xy, rgba, size, shape, colours, order };
    },
    draw(view, { width, height }, ratio, moving = false) {
      if (!context || !points) return;
      const { xy, rgba, size, shape, colours, order } = points;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      const step = moving ? Math.ceil(order.length / WHILE_MOVING) : 1;
      const many = order.length > 20_000;
      let last = -1;
      for (let n = 0; n < order.length; n += step) {
        const p = order[n]!;
        if (size[p] === 0) continue;
        const x = width / 2 + (xy[2 * p]! - view.cx) * view.scale;
        const y = height / 2 - (xy[2 * p + 1]! - view.cy) * view.scale;
        if (x < -9 || y < -9 || x > width + 9 || y > height + 9) continue;
        if (colours[p] !== last) {
          last = colours[p]!;
          context.fillStyle = `rgb(${rgba[4 * p]} ${rgba[4 * p + 1]} ${rgba[4 * p + 2]} / ${rgba[4 * p + 3]! / 255})`;
        }
        const d = size[p]!;
        if (many || d < 4 || shape[p] === 1) context.fillRect(x - d / 2, y - d / 2, d, d);
        else if (shape[p] === 2) {
          context.beginPath();
          context.moveTo(x, y - d / 2);
          context.lineTo(x + d / 2, y + d / 2);
          context.lineTo(x - d / 2, y + d / 2);
          context.fill();
        } else {
          context.beginPath();
          context.arc(x, y, d / 2, 0, 7);
          context.fill();
        }
      }
    },
    dispose() {
      points = null;
    },
  };
}
