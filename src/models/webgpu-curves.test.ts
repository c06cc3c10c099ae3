import { describe, expect, it } from 'vitest';
import { missingForWebgpu, runOnNodeGpu } from '../compute/webgpu/node-test';
import type { Curves } from './webgpu-curves';

const why = missingForWebgpu();
const OWN: Record<string, readonly string[]> = {
  'SASRec, whole catalogue': ['ColdwaveCausalAttention', 'ColdwaveCausalAttentionGrad', 'ColdwaveSoftmaxCrossEntropy', 'ColdwaveDropout', 'ColdwaveAdam'],
  'SASRec, one negative, pre-norm': ['ColdwaveCausalAttention', 'ColdwaveCausalAttentionGrad', 'ColdwaveAddRows'],
  'Mult-VAE': ['ColdwaveMultinomialLoss', 'ColdwaveSparseRows', 'ColdwaveSparseRowsGrad'],
};

describe.skipIf(why !== null)(`training on WebGPU under Node${why ? ` (skipped: ${why})` : ''}`, () => {
  it('follows the loss curve of WASM, with our programs and without; switched off, none is launched', () => {
    const { curves } = runOnNodeGpu('src/models/webgpu-curves.ts') as { curves: Curves[] };
    expect(curves.map((c) => c.name)).toEqual(Object.keys(OWN));
    for (const c of curves) {
      expect(c.wasm.at(-1)!, c.name).toBeLessThan(c.wasm[0]!);
      expect([c.webgpu.length, c.stock.length], c.name).toEqual([c.wasm.length, 1]);
      for (const other of [c.webgpu, c.stock]) {
        other.forEach((loss, epoch) => expect(Math.abs(loss / c.wasm[epoch]! - 1), `${c.name}, epoch ${epoch + 1}`).toBeLessThan(1e-4));
      }
      expect(c.launched.webgpu).toEqual(expect.arrayContaining([...OWN[c.name]!]));
      expect(c.launched.stock).toEqual([]);
    }
  }, 180_000);
});
