/** The weights of an ONNX file by name. Only what that needs of the format (onnx.proto): a model's graph, its initializers, their raw bytes. */

export interface StoredTensor {
  /** As onnx.proto numbers them: 1 float32, 2 uint8, 3 int8, 7 int64. */
  type: number;
  dims: number[];
  bytes: Uint8Array<ArrayBuffer>;
}

const GRAPH = 7; // of ModelProto
const INITIALIZER = 5; // of GraphProto
const [DIMS, TYPE, NAME, RAW] = [1, 2, 8, 9]; // of TensorProto

interface Field {
  number: number;
  /** A varint's value; for other fields the place and length of their bytes. */
  value: number;
  from: number;
  to: number;
}

/** The fields of one message in bytes[from … to). */
function* fieldsOf(bytes: Uint8Array, from: number, to: number): Generator<Field> {
  let at = from;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined || at > to) throw new Error('The ONNX file ends in the middle of a field.');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < to) {
    const key = varint();
    const wire = key & 7;
    const number = Math.floor(key / 8);
    if (wire === 0) {
      yield { number, value: varint(), from: at, to: at };
      continue;
    }
    if (wire !== 1 && wire !== 2 && wire !== 5) throw new Error(`The ONNX file has a field of the unknown kind ${wire}.`);
    const length = wire === 2 ? varint() : wire === 1 ? 8 : 4;
    if (at + length > to) throw new Error('The ONNX file ends in the middle of a field.');
    yield { number, value: 0, from: at, to: at + length };
    at += length;
  }
}

function tensorOf(bytes: Uint8Array<ArrayBuffer>, from: number, to: number): [string, StoredTensor] {
  let name = '';
  const tensor: StoredTensor = { type: 0, dims: [], bytes: bytes.subarray(0, 0) };
  for (const f of fieldsOf(bytes, from, to)) {
    if (f.number === NAME) name = new TextDecoder().decode(bytes.subarray(f.from, f.to));
    else if (f.number === TYPE) tensor.type = f.value;
    else if (f.number === RAW) tensor.bytes = bytes.subarray(f.from, f.to);
    // Several dimensions may stand packed in one field, or each in its own.
    else if (f.number === DIMS) tensor.dims.push(...(f.to > f.from ? varints(bytes, f.from, f.to) : [f.value]));
  }
  return [name, tensor];
}

function varints(bytes: Uint8Array, from: number, to: number): number[] {
  const values: number[] = [];
  for (let at = from, value = 0, scale = 1; at < to; at++) {
    value += (bytes[at]! & 127) * scale;
    scale *= 128;
    if (bytes[at]! >= 128) continue;
    values.push(value);
    [value, scale] = [0, 1];
  }
  return values;
}

/** Initializers in the order of the file; views of `bytes`. @throws Error where the bytes are no ONNX file */
export function onnxWeights(bytes: Uint8Array<ArrayBuffer>): Map<string, StoredTensor> {
  const weights = new Map<string, StoredTensor>();
  for (const graph of fieldsOf(bytes, 0, bytes.length)) {
    if (graph.number !== GRAPH) continue;
    for (const f of fieldsOf(bytes, graph.from, graph.to)) if (f.number === INITIALIZER) weights.set(...tensorOf(bytes, f.from, f.to));
  }
  return weights;
}
