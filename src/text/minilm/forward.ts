/**
 * The forward pass of all-MiniLM-L6-v2 (Wang et al. 2020), as the graph of the file served with the page states it, but word pieces of many texts
 * in one table [T, 384] without padding, and each chain of small operations in one pass over its rows:
 *   h ← LN(word + kind + place)
 *   6 times   q, k, v ← linear(h · smooth);  h ← LN(h + linear(attention));  h ← LN(h + linear(GELU(linear(h · smooth))))
 *   vector ← mean of a text's rows of h, brought to length 1
 * A linear layer multiplies whole numbers: its input is quantised row by row to −127 … 127 (after GELU to 0 … 255), its weights are int8 with a
 * scale per column. So a text has the same vector, to the last bit, in whatever company it is encoded. onnxruntime, which runs the file
 * itself, is the twin.
 */
import { BINARY } from './simd/binary';
import { D, Memory, placeWeights, WIDE, type Linear } from './placed-weights';

/** Word pieces in one pass: their rows stay in the second cache, and the weights are read once for all of them. */
const MOST_PIECES = 256;

interface Kernels {
  embed(T: number, ids: number, places: number, words: number, wordScales: number, kind: number, table: number, tableScales: number, out: number): void;
  addNorm(T: number, x: number, y: number, gamma: number, beta: number): void;
  quantise(T: number, x: number, smooth: number, levels: number, scales: number): void;
  geluQuantise(T: number, width: number, x: number, levels: number, scales: number): void;
  linear(T: number, K: number, N: number, levels: number, scales: number, weights: number, columns: number, bias: number, out: number): void;
  attend(L: number, qkv: number, out: number, row: number): void;
  pool(L: number, x: number, out: number): void;
}

/** Vectors [B, 384] of B texts, each given as its word pieces, 1 to 256 of them. */
export type Forward = (texts: readonly (readonly number[])[]) => Float32Array;

/**
 * @param file the ONNX file served with the page
 * @returns null where SIMD does not run, or the file is not of this form (the hub's is not): onnxruntime then does the work
 */
export async function createForward(file: Uint8Array<ArrayBuffer>): Promise<Forward | null> {
  const binary = Uint8Array.from(atob(BINARY), (ch) => ch.charCodeAt(0));
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(binary)) return null;
  const room = new Memory();
  const model = placeWeights(file, room);
  if (!model) return null;
  const { words, places, kind, first, layers } = model;
  const T = MOST_PIECES;
  const at = {
    ids: room.place(4 * T), places: room.place(4 * T), scales: room.place(4 * T), row: room.place(4 * T + 16), pooled: room.place(4 * T * D),
    h: room.place(4 * T * D), x: room.place(4 * T * D), wide: room.place(4 * T * WIDE), levels: room.place(2 * T * WIDE),
  };

  const memory = new WebAssembly.Memory({ initial: Math.ceil(room.bytes / 65536) });
  const kernels = (await WebAssembly.instantiate(binary, { env: { memory } })).instance.exports as unknown as Kernels;
  model.fill(memory.buffer);
  const ids = new Int32Array(memory.buffer, at.ids, T);
  const place = new Int32Array(memory.buffer, at.places, T);
  const pooled = new Float32Array(memory.buffer, at.pooled, T * D);

  const apply = (l: Linear, n: number, out: number): void => kernels.linear(n, l.K, l.N, at.levels, at.scales, l.weights, l.columns, l.bias, out);
  /** One pass over texts that have T word pieces together; their vectors go to `pooled`. */
  const pass = (lengths: readonly number[], n: number): void => {
    kernels.embed(n, at.ids, at.places, words.table, words.scales, kind, places.table, places.scales, at.h);
    kernels.addNorm(n, at.h, 0, ...first);
    for (const layer of layers) {
      kernels.quantise(n, at.h, layer.smooth[0], at.levels, at.scales);
      apply(layer.attention, n, at.wide);
      let from = 0;
      for (const L of lengths) {
        kernels.attend(L, at.wide + 12 * D * from, at.x + 4 * D * from, at.row);
        from += L;
      }
      kernels.quantise(n, at.x, 0, at.levels, at.scales);
      apply(layer.mixed, n, at.x);
      kernels.addNorm(n, at.h, at.x, ...layer.norms[0]);
      kernels.quantise(n, at.h, layer.smooth[1], at.levels, at.scales);
      apply(layer.up, n, at.wide);
      kernels.geluQuantise(n, WIDE, at.wide, at.levels, at.scales);
      apply(layer.down, n, at.x);
      kernels.addNorm(n, at.h, at.x, ...layer.norms[1]);
    }
    let from = 0;
    lengths.forEach((L, b) => {
      kernels.pool(L, at.h + 4 * D * from, at.pooled + 4 * D * b);
      from += L;
    });
  };

  return (texts) => {
    const out = new Float32Array(texts.length * D);
    let lengths: number[] = [];
    let pieces = 0;
    let done = 0;
    const flush = (): void => {
      if (lengths.length === 0) return;
      pass(lengths, pieces);
      out.set(pooled.subarray(0, lengths.length * D), done * D);
      done += lengths.length;
      lengths = [];
      pieces = 0;
    };
    for (const text of texts) {
      if (text.length < 1 || text.length > T) throw new Error(`A text has ${text.length} word pieces; 1 to ${T} can be encoded.`);
      if (pieces + text.length > T) flush();
      text.forEach((id, p) => {
        ids[pieces + p] = id;
        place[pieces + p] = p;
      });
      lengths.push(text.length);
      pieces += text.length;
    }
    flush();
    return out;
  };
}
