/** Where the weights of MiniLM stand in the memory of its kernels, and how they come there from the ONNX file served with the page. */
import { onnxWeights, type StoredTensor } from './onnx-file';

export const D = 384;
export const WIDE = 4 * D;
const LAYERS = 6;

/** Byte addresses of a linear layer. */
export interface Linear {
  K: number;
  N: number;
  weights: number;
  columns: number;
  bias: number;
}
export interface Layer {
  attention: Linear;
  mixed: Linear;
  up: Linear;
  down: Linear;
  smooth: [number, number];
  norms: [[number, number], [number, number]];
}

/** Byte addresses of the model's parts. */
export interface PlacedWeights {
  words: { table: number; scales: number };
  places: { table: number; scales: number };
  kind: number;
  first: [number, number];
  layers: Layer[];
  /** Writes all of them; to be called once, since it lets the file go. */
  fill(buffer: ArrayBuffer): void;
}

/** Words of memory, handed out in order. */
export class Memory {
  #bytes = 1024; // address 0 stands for "nothing"
  place(bytes: number): number {
    const at = this.#bytes;
    this.#bytes += 16 * Math.ceil(bytes / 16);
    return at;
  }
  get bytes(): number {
    return this.#bytes;
  }
}

/** @returns null where the file is of another form */
export function placeWeights(file: Uint8Array<ArrayBuffer>, room: Memory): PlacedWeights | null {
  const stored = onnxWeights(file);
  if (!ofThisForm(stored)) return null;
  const need = (name: string): StoredTensor => {
    const tensor = stored.get(name);
    if (!tensor) throw new Error(`The ONNX file has no ${name}.`);
    return tensor;
  };

  const copies: [at: number, bytes: Uint8Array][] = [];
  const copy = (name: string): number => {
    const { bytes } = need(name);
    const at = room.place(bytes.length);
    copies.push([at, bytes]);
    return at;
  };
  // Matrices stand in the order in which they are used: six a layer.
  const matrices = [...stored.keys()].filter((n) => /^val_\d+_q$/.test(n)).map((n) => n.slice(0, -2));
  const packs: [at: number, tensor: StoredTensor][] = [];
  /** Linear layers of one input, side by side. */
  const linear = (K: number, names: readonly string[], biases: readonly string[]): Linear => {
    const N = names.reduce((sum, n) => sum + need(`${n}_q`).dims[1]!, 0);
    const weights = room.place(K * N);
    let at = weights;
    for (const n of names) {
      packs.push([at, need(`${n}_q`)]);
      at += need(`${n}_q`).bytes.length;
    }
    const beside = (list: readonly string[]): number => {
      const first = copy(list[0]!);
      list.slice(1).forEach(copy); // multiples of 16 bytes: no gap between them
      return first;
    };
    return { K, N, weights, columns: beside(names.map((n) => `${n}_s`)), bias: beside(biases) };
  };
  const norm = (name: string): [number, number] => [copy(`${name}.weight`), copy(`${name}.bias`)];

  const words = { table: copy('bert.embeddings.word_embeddings.weight_q'), scales: copy('bert.embeddings.word_embeddings.weight_s') };
  const places = { table: copy('bert.embeddings.position_embeddings.weight_q'), scales: copy('bert.embeddings.position_embeddings.weight_s') };
  const kind = copy('bert.embeddings.token_type_embeddings.weight');
  const first = norm('bert.embeddings.LayerNorm');
  const layers = Array.from({ length: LAYERS }, (_, l): Layer => {
    const own = `bert.encoder.layer.${l}`;
    const [q, k, v, o, up, down] = matrices.slice(6 * l, 6 * l + 6) as [string, string, string, string, string, string];
    const smooth = (n: number): number => copy(n === 0 ? 'layer_norm_smooth' : `layer_norm_${n}_smooth`);
    return {
      attention: linear(D, [q, k, v], ['query', 'key', 'value'].map((n) => `${own}.attention.self.${n}.bias`)),
      mixed: linear(D, [o], [`${own}.attention.output.dense.bias`]),
      up: linear(D, [up], [`${own}.intermediate.dense.bias`]),
      down: linear(WIDE, [down], [`${own}.output.dense.bias`]),
      smooth: [smooth(2 * l), smooth(2 * l + 1)],
      norms: [norm(`${own}.attention.output.LayerNorm`), norm(`${own}.output.LayerNorm`)],
    };
  });
  return {
    words, places, kind, first, layers,
    fill(buffer) {
      const bytes = new Uint8Array(buffer);
      for (const [to, from] of copies.splice(0)) bytes.set(from, to);
      const signed = new Int8Array(buffer);
      for (const [to, tensor] of packs.splice(0)) pack(signed, to, tensor);
      stored.clear();
    },
  };
}

/** Whether the file has the tables and the 36 matrices of the one described above, in the types the kernels read. */
function ofThisForm(stored: ReadonlyMap<string, StoredTensor>): boolean {
  const shaped = (name: string, type: number, ...dims: number[]): boolean => {
    const t = stored.get(name);
    return t?.type === type && t.dims.join() === dims.join() && t.bytes.length === dims.reduce((a, b) => a * b, type === 1 ? 4 : 1);
  };
  const matrices = [...stored].filter(([name]) => /^val_\d+_q$/.test(name));
  const shapes = [[D, D], [D, D], [D, D], [D, D], [D, WIDE], [WIDE, D]] as const;
  return (
    matrices.length === 6 * LAYERS &&
    matrices.every(([name], n) => shaped(name, 2, ...shapes[n % 6]!) && shaped(name.replace(/q$/, 's'), 1, shapes[n % 6]![1])) &&
    shaped('bert.embeddings.word_embeddings.weight_q', 3, 30522, D) && shaped('bert.embeddings.position_embeddings.weight_q', 3, 512, D) &&
    shaped('layer_norm_smooth', 1, D) && shaped(`layer_norm_${2 * LAYERS - 1}_smooth`, 1, D)
  );
}

/** A matrix [K, N] of bytes around 128 → int8 in panels of eight columns, [K / 2][8][2]. */
function pack(to: Int8Array, at: number, { dims: [K, N], bytes }: StoredTensor): void {
  for (let n = 0; n < N!; n += 8) {
    for (let k = 0; k < K!; k += 2) {
      for (let c = 0; c < 8; c++) {
        to[at++] = bytes[k * N! + n + c]! - 128;
        to[at++] = bytes[(k + 1) * N! + n + c]! - 128;
      }
    }
  }
}
