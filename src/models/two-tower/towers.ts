/**
 * The two towers. Tower = GELU(L₃ ∘ GELU ∘ LN ∘ L₂ ∘ GELU ∘ LN ∘ L₁), LN without affine part, GELU exact;
 * its input is the features' embeddings, side by side ('cat') or added ('sum').
 * A tower is run once per distinct user or item of a batch: same result as once per pair, a fraction of the work.
 */
import { gelu, linear, linearNormGelu, rows } from '../../compute/layers';
import type { Lookup } from '../../compute/parameters';
import { add, concat, dispose, keep, matMul, tensor1d, tensor2d, type Tensor } from '../../compute/tensors';
import type { SideFeatures } from './features';

export type Side = 'user' | 'item';

/** Constant tensors of one side: text vectors and tag shares. Codes stay plain arrays, as batches are gathered from them. */
export class TowerInput {
  private readonly constants = new Map<string, Tensor>();

  /** @param touch told which rows of which table are read */
  constructor(readonly side: Side, readonly of: SideFeatures, private readonly touch: (name: string, rows: Int32Array) => void = () => {}) {
    if (of.text) this.constants.set('text', keep(tensor2d(of.text.vectors, [of.rows, of.text.dim])));
    for (const f of of.features) if (f.kind === 'shares') this.constants.set(f.name, keep(tensor2d(f.shares, [of.rows, f.size])));
  }

  /**
   * Outputs of the tower for some entities.
   * @param entities int32 [n]
   * @param idRow row of the id table for an entity, where that is not its own index (unknown items)
   * @returns [n, D]
   */
  run(p: Lookup, combine: 'cat' | 'sum', entities: Int32Array, idRow?: (entity: number, k: number) => number): Tensor {
    const { side, of } = this;
    const which = tensor1d(entities, 'int32');
    const parts = of.features.map((f) => {
      const name = `${side}.${f.name}`;
      const table = p(name); // [size, d]
      if (f.kind === 'shares') return matMul(rows(this.constants.get(f.name)!, which) as never, table as never); // [n, d]
      const codes = f.name === 'id' && idRow ? entities.map(idRow) : entities.map((e) => f.codes[e]!);
      this.touch(name, codes);
      return rows(table, tensor1d(codes, 'int32'));
    });
    if (of.text) parts.push(gelu(linear(rows(this.constants.get('text')!, which), p(`${side}.text.W`), p(`${side}.text.b`))));
    const x = parts.length === 1 ? parts[0]! : combine === 'cat' ? concat(parts, 1) : parts.reduce((a, b) => add(a, b)); // [n, parts·d] or [n, d]
    const layer = (k: number): [W: Tensor, b: Tensor] => [p(`${side}.L${k}.W`), p(`${side}.L${k}.b`)];
    const h1 = linearNormGelu(x, ...layer(1)); // [n, H1]
    const h2 = linearNormGelu(h1, ...layer(2)); // [n, H2]
    return gelu(linear(h2, ...layer(3))); // [n, D]
  }

  dispose(): void {
    dispose([...this.constants.values()]);
    this.constants.clear();
  }
}
