/** The cloud by WebGL 2: places, colours, sizes and shapes lie in buffers that stay; a move changes three uniforms and makes one draw call. */
import type { Painter } from './cloud-painter';

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
  float triangle = max(2.0 * at.y, 4.0 * abs(at.x) - 2.0 * at.y);
  float far = form < 0.5 ? circle : form < 1.5 ? square : triangle;
  float cover = 1.0 - smoothstep(0.8, 1.0, far);
  if (cover <= 0.0) discard;
  paint = vec4(tint.rgb * tint.a, tint.a) * cover;
}`;

/** Null where the shaders do not compile. */
export function withWebGl(gl: WebGL2RenderingContext): Painter | null {
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
    load({ xy, rgba, size, shape }) {
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
