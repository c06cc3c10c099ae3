import fc from 'fast-check';
import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readNpy, writeNpy } from './npy';
import { packVectors, readOwnVectors } from './own-vectors';

const ids = ['a', 'b,"c', 'd'];
const csv = (text: string, name = 'mine.csv') => [{ name, bytes: strToU8(text) }];
const finite = fc.float({ noNaN: true, noDefaultInfinity: true });

describe('.npy', () => {
  it('gives back what was written, whatever the shape', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 7 }), fc.infiniteStream(finite), (rows, cols, stream) => {
        const data = Float32Array.from(stream.take(rows * cols));
        expect(readNpy(writeNpy(data, rows, cols), 'x.npy')).toEqual({ data, rows, cols });
      }),
    );
  });
  it('reads what NumPy writes: float64 in Fortran order, format 1.0', () => {
    const dict = "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }";
    const head = new Uint8Array(128);
    head.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
    head.set(strToU8(dict.padEnd(117) + '\n'), 10);
    const bytes = new Uint8Array(128 + 48);
    bytes.set(head);
    new Float64Array(bytes.buffer, 128).set([1, 4, 2, 5, 3, 6]);
    expect(Array.from(readNpy(bytes, 'x.npy').data)).toEqual([1, 2, 3, 4, 5, 6]);
  });
  it('refuses what it cannot read, with what it found', () => {
    expect(() => readNpy(strToU8('hello, not numpy'), 'x.npy')).toThrow(/does not start with NumPy/);
    const ints = writeNpy(new Float32Array(2), 1, 2);
    ints.set(strToU8("{'descr': '<i8'"), 10);
    expect(() => readNpy(ints, 'x.npy')).toThrow(/type <i8/);
    expect(() => readNpy(writeNpy(new Float32Array(6), 2, 3).subarray(0, 140), 'x.npy')).toThrow(/cut short: 2 × 3/);
  });
});

describe('vectors made elsewhere', () => {
  it('an exported zip read again gives the same vectors, whatever the order of the items', async () => {
    const vectors = Float32Array.from([1, 2, 3, 4, 0, 0]);
    const zip = [{ name: 'v.zip', bytes: packVectors(ids, vectors, 2, 'test') }];
    expect(await readOwnVectors(zip, ids)).toEqual({ dim: 2, vectors, missing: 1, strangers: 0 });
    expect(Array.from((await readOwnVectors(zip, ['d', 'a', 'new'])).vectors)).toEqual([0, 0, 1, 2, 0, 0]);
  });
  it('CSV with or without a heading; ids that are no items are counted', async () => {
    const plain = await readOwnVectors(csv('a,1,2\nd,3,4\nzz,5,6\n'), ids);
    expect(plain).toMatchObject({ dim: 2, missing: 1, strangers: 1 });
    expect(Array.from(plain.vectors)).toEqual([1, 2, 0, 0, 3, 4]);
    expect((await readOwnVectors(csv('id;x;y\na;1;2\n'), ids)).vectors[1]).toBe(2);
  });
  it.each([
    ['a,1,2\nd,3\n', /line 2.*/],
    ['id,x,y\na,1,two\n', /not a number.*line 2, column "y", value "two"/],
    ['q,1,2\n', /None of the 1 ids is an item.*like "a"/],
    ['just text\n', /an id and then the numbers/],
  ])('%j is refused with the place', async (text, says) => {
    await expect(readOwnVectors(csv(text), ids)).rejects.toThrow(says);
  });
  it('.npy alone must have a row for each item, else ids are asked for', async () => {
    const npy = { name: 'v.npy', bytes: writeNpy(Float32Array.from([1, 2]), 2, 1) };
    await expect(readOwnVectors([npy], ids)).rejects.toThrow(/2 vectors and 3 items/);
    expect(Array.from((await readOwnVectors([npy, ...csv('id\nd\na\n', 'ids.csv')], ids)).vectors)).toEqual([2, 0, 1]);
    await expect(readOwnVectors([npy, ...csv('d\n', 'ids.csv')], ids)).rejects.toThrow(/2 vectors and 1 ids/);
  });
});
