/** NumPy's .npy files (format 1.0 to 3.0): two-dimensional floats, C or Fortran order. */
import { Problem } from '../../core/problem';

/** A float32 matrix [rows, cols] as a .npy file of format 1.0, C order. */
export function writeNpy(data: Float32Array, rows: number, cols: number): Uint8Array<ArrayBuffer> {
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${cols}), }`;
  const length = Math.ceil((10 + dict.length + 1) / 64) * 64; // the data start at a multiple of 64
  const out = new Uint8Array(length + 4 * rows * cols);
  out.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  new DataView(out.buffer).setUint16(8, length - 10, true);
  out.set(new TextEncoder().encode(dict.padEnd(length - 11) + '\n'), 10);
  const view = new DataView(out.buffer, length);
  for (let n = 0; n < rows * cols; n++) view.setFloat32(4 * n, data[n]!, true);
  return out;
}

/** @throws Problem when it is no .npy file, or not of two dimensions, or of a kind that holds no plain floats */
export function readNpy(bytes: Uint8Array, file: string): { data: Float32Array; rows: number; cols: number } {
  const wrong = (what: string, remedy = 'Save it with numpy.save(name, vectors.astype("float32")), one row per item.'): Problem => new Problem(what, { file }, remedy);
  if (bytes.length < 12 || bytes[0] !== 0x93 || new TextDecoder().decode(bytes.subarray(1, 6)) !== 'NUMPY') throw wrong('This is not a .npy file: it does not start with NumPy’s mark.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6]! >= 2;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = (wide ? 12 : 10) + length;
  const header = new TextDecoder().decode(bytes.subarray(wide ? 12 : 10, start));
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const fortran = /'fortran_order':\s*True/.test(header);
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1]?.split(',').map((s) => s.trim()).filter(Boolean).map(Number);
  const width = descr === undefined ? undefined : { '<f4': 4, '<f8': 8, '<f2': 2, '>f4': 4, '>f8': 8 }[descr];
  if (descr === undefined || shape === undefined) throw wrong('The header of this .npy file cannot be read.');
  if (width === undefined) throw wrong(`This .npy file holds numbers of type ${descr}, and floats of 2, 4 or 8 bytes are read.`);
  if (shape.length !== 2) throw wrong(`This .npy file has the shape (${shape.join(', ')}), and a matrix with one row per item is needed.`);
  const [rows, cols] = shape as [number, number];
  if (start + rows * cols * width > bytes.length) throw wrong(`This .npy file is cut short: ${rows} × ${cols} numbers were announced.`, 'Copy the file again.');
  const little = !descr.startsWith('>');
  const data = new Float32Array(rows * cols);
  for (let n = 0; n < data.length; n++) {
    const at = start + n * width;
    const x = width === 4 ? view.getFloat32(at, little) : width === 8 ? view.getFloat64(at, little) : half(view.getUint16(at, little));
    data[fortran ? (n % rows) * cols + Math.floor(n / rows) : n] = x;
  }
  return { data, rows, cols };
}

/** IEEE 754 binary16. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * 2 ** -24 * fraction;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}
