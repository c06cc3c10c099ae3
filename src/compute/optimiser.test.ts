import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from './load-backend';
import { rows } from './layers';
import { OPTIMISERS, type OptimiserId } from './optimiser';
import { Parameters } from './parameters';
import { memory, mul, square, sum, tensor1d, type Tensor } from './tensors';

const start = () => ({ table: { shape: [4, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) }, b: { shape: [2], data: Float32Array.of(1, 1) } });
/** Rows of the table, squared: every row read pulls towards 0; b is no table. */
const lossOn = (p: Parameters, index: number[]) => (get: (name: string) => Tensor): Tensor => {
  const which = Int32Array.from(index);
  p.touch('table', which);
  return sum(mul(square(rows(get('table'), tensor1d(which, 'int32'))), square(get('b'))));
};
async function after(optimiser: OptimiserId | undefined, steps: number[][], more: { weightDecay?: number } = {}) {
  const p = new Parameters(start(), { learningRate: 0.1, ...(optimiser ? { optimiser } : {}), ...more });
  for (const index of steps) p.step(lossOn(p, index)).dispose();
  const { table, b } = await p.weights();
  const saved = await p.save();
  p.dispose();
  return { table: [...table!.data], b: [...b!.data], saved };
}

describe.each(['cpu', 'wasm'] as const)('a network’s optimiser on %s', (backend) => {
  beforeAll(() => loadBackend(backend));

  it('is Adam where nothing is said', async () => {
    expect(await after(undefined, [[0], [1]])).toEqual(await after('adam', [[0], [1]]));
  });
  it('Adam moves a row on after its step; with touched rows only it stands still, and what is no table moves alike', async () => {
    const [adam, lazy] = [await after('adam', [[0], [1]]), await after('lazyAdam', [[0], [1]])];
    const [one] = [await after('lazyAdam', [[0]])];
    expect(lazy.table.slice(0, 2)).toEqual(one!.table.slice(0, 2));
    expect(adam.table[0]).toBeLessThan(lazy.table[0]!);
    expect([lazy.table.slice(4), adam.table.slice(4)]).toEqual([[5, 6, 7, 8], [5, 6, 7, 8]]);
    expect(lazy.b[0]).toBeLessThan(1);
  });
  it('rows read twice in a step, by two reads, all move; weight decay reaches touched rows and no others', async () => {
    const p = new Parameters(start(), { learningRate: 0.1, optimiser: 'lazyAdam' });
    p.step((get) => {
      p.touch('table', Int32Array.of(3));
      p.touch('table', Int32Array.of(0, 0));
      return sum(square(rows(get('table'), tensor1d(Int32Array.of(3, 0), 'int32'))));
    }, 1, ['table']).dispose();
    const table = [...(await p.weights())['table']!.data];
    p.dispose();
    expect(table.map((w, k) => w !== k + 1)).toEqual([true, true, false, false, false, false, true, true]);
    expect((await after('lazyAdam', [[0]], { weightDecay: 0.1 })).table.slice(2)).toEqual([3, 4, 5, 6, 7, 8]);
  });
  it('Adagrad: the first step is as long as the rate, the next of the same gradient 1/√2 of it', async () => {
    const p = new Parameters({ w: { shape: [1], data: Float32Array.of(1) } }, { learningRate: 0.1, optimiser: 'adagrad' });
    const at: number[] = [];
    for (let k = 0; k < 2; k++) {
      p.step((get) => sum(get('w'))).dispose();
      at.push((await p.weights())['w']!.data[0]!);
    }
    p.dispose();
    expect(at[0]).toBeCloseTo(0.9, 6);
    expect(at[1]).toBeCloseTo(0.9 - 0.1 / Math.SQRT2, 6);
  });
  it.each(Object.keys(OPTIMISERS) as OptimiserId[])('%s: goes on from its checkpoint as if never interrupted, and leaves no tensor', async (optimiser) => {
    const before = memory().numTensors;
    const whole = await after(optimiser, [[0, 1], [1, 2], [0, 3]]);
    const first = await after(optimiser, [[0, 1]]);
    const p = new Parameters(start(), { learningRate: 0.1, optimiser });
    p.load(structuredClone(first.saved.arrays), first.saved.steps);
    for (const index of [[1, 2], [0, 3]]) p.step(lossOn(p, index)).dispose();
    expect([...(await p.weights())['table']!.data]).toEqual(whole.table);
    p.dispose();
    expect(memory().numTensors).toBe(before);
  });
  it('refuses a checkpoint of another optimiser in words', async () => {
    const { saved } = await after('adagrad', [[0]]);
    const p = new Parameters(start(), { optimiser: 'adam' });
    expect(() => p.load(saved.arrays, saved.steps)).toThrow(/adam\.m\/table should be \[4, 2\] but is missing/);
    p.dispose();
  });
});
