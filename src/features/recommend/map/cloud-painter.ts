/**
 * Draws a cloud of points: by WebGL 2 where there is one, else on a 2-D canvas, slower and the same to look at.
 * (Ready-made WebGL scatter plots compile their shaders' callers with `Function`, which this page's security policy does not allow.)
 */
import type { Size, View } from './cloud-view';

export interface Painter {
  readonly kind: 'webgl' | 'canvas';
  /** Places, colours, sizes and shapes (0 circle, 1 square, 2 triangle) of N points. Later points lie above earlier ones. */
  load(xy: Float32Array, rgba: Uint8Array, size: Uint8Array, shape: Uint8Array): void;
  /** @param ratio device pixels per CSS pixel */
  draw(view: View, size: Size, ratio: number): void;
  dispose(): void;
}

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

export function createPainter(canvas: HTMLCanvasElement, only?: 'canvas'): Painter {
  const gl = only ? null : canvas.getContext('webgl2', { antialias: false, alpha: true, premultipliedAlpha: true, preserveDrawingBuffer: true });
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
  let points: { xy: Float32Array; rgba: Uint8Array; size: Uint8Array; shape: Uint8Array } | null = null;
  return {
    kind: 'canvas',
    load(xy, rgba, size, shape) {
      points = { xy, rgba, size, shape };
    },
    draw(view, { width, height }, ratio) {
      if (!context || !points) return;
      const { xy, rgba, size, shape } = points;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      const colours = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
      let last = -1;
      const many = xy.length / 2 > 20_000;
      for (let p = 0; p < colours.length; p++) {
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
