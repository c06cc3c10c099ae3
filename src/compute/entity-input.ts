/** The features of some users or items side by side, as the input of a network. Parameters are called `<side>.<feature>`. */
import type { SideFeatures } from './entity-features';
import { linear, rows } from './layers';
import type { Lookup, Parameters } from './parameters';
import type { StartValues } from './start-values';
import { concat, dispose, keep, matMul, tensor, tensor1d, tensor2d, type Tensor } from './tensors';

export type Side = 'user' | 'item';

/** One side of a network: holds the constant features as tensors until `dispose`, and makes [n, width] inputs of them and of the tables that are learned. */
export class EntityInput {
  /** Constant tensors: text vectors, tag shares, numbers. Codes stay plain arrays, as batches are gathered from them. */
  private readonly constants = new Map<string, Tensor>();

  /** Told which rows of which table are read, where somebody wants to know (Parameters.touch). */
  touch: ((name: string, rows: Int32Array) => void) | null = null;

  constructor(readonly side: Side, readonly of: SideFeatures) {
    const constant = (name: string, values: Float32Array): void => void this.constants.set(name, keep(tensor2d(values, [of.rows, values.length / of.rows])));
    if (of.text) constant('text', of.text.vectors);
    if (of.numeric) constant('numeric', of.numeric.values);
    for (const f of of.features) if (f.kind === 'shares') constant(`shares ${f.name}`, f.shares);
  }

  /** Width of the input when every embedding is d wide. */
  width(d: number): number {
    return d * (this.of.features.length + (this.of.text ? 1 : 0)) + (this.of.numeric?.names.length ?? 0);
  }

  /** Embeddings N(0, deviation²), the text's layer as PyTorch's linear layer. */
  start(w: StartValues, d: number, deviation: number): void {
    for (const f of this.of.features) w.normal(`${this.side}.${f.name}`, [f.size, d], deviation);
    if (this.of.text) w.linear(`${this.side}.text`, this.of.text.dim, d);
  }

  /** @param entities [n]  @returns [n, width]: features in their order, text, numbers */
  rows(p: Lookup, entities: Int32Array): Tensor {
    const which = tensor1d(entities, 'int32');
    const constant = (name: string): Tensor => rows(this.constants.get(name)!, which);
    const parts = this.of.features.map((f) => {
      const name = `${this.side}.${f.name}`;
      const table = p(name); // [size, d]
      if (f.kind === 'shares') return matMul(constant(`shares ${f.name}`) as never, table as never) as Tensor;
      const codes = entities.map((e) => f.codes[e]!);
      this.touch?.(name, codes);
      return rows(table, tensor1d(codes, 'int32'));
    });
    if (this.of.text) parts.push(linear(constant('text'), p(`${this.side}.text.W`), p(`${this.side}.text.b`)));
    if (this.of.numeric) parts.push(constant('numeric'));
    return parts.length === 1 ? parts[0]! : concat(parts, 1);
  }

  /**
   * Tables in which rows that no seen entity uses, still as drawn at the start, are replaced by the mean of the others.
   * The caller disposes them.
   */
  async trainedTables(parameters: Parameters, seen: Uint8Array): Promise<Map<string, Tensor>> {
    const out = new Map<string, Tensor>();
    for (const f of this.of.features) {
      if (f.kind !== 'codes') continue;
      const reached = new Uint8Array(f.size);
      f.codes.forEach((c, e) => seen[e] && (reached[c] = 1));
      const n = reached.reduce((s, x) => s + x, 0);
      if (n === 0 || n === f.size) continue;
      const table = parameters.get(`${this.side}.${f.name}`);
      const d = table.shape[1]!;
      const data = Float32Array.from(await table.data());
      const mean = new Float64Array(d);
      for (let r = 0; r < f.size; r++) if (reached[r]) for (let c = 0; c < d; c++) mean[c]! += data[r * d + c]! / n;
      for (let r = 0; r < f.size; r++) if (!reached[r]) data.set(mean, r * d);
      out.set(`${this.side}.${f.name}`, keep(tensor(data, table.shape)));
    }
    return out;
  }

  dispose(): void {
    dispose([...this.constants.values()]);
    this.constants.clear();
  }
}

/** Which users and items occur in train. */
export function seenIn(train: { U: number; userStart: Int32Array; itemDegree: Int32Array }): Record<Side, Uint8Array> {
  return {
    user: Uint8Array.from({ length: train.U }, (_, u) => Number(train.userStart[u + 1]! > train.userStart[u]!)),
    item: Uint8Array.from(train.itemDegree, (n) => Number(n > 0)),
  };
}
