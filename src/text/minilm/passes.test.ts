import { describe, expect, it } from 'vitest';
import { answerAsCopy, copyIn, type CopyWorker, type Port } from './copies';
import { onnxWeights } from './onnx-file';
import { encodeInPasses, type Copy, type Pieces } from './passes';

/** As many word pieces as characters, at most 256. */
const cut = (texts: string[]): number[][] => texts.map((t) => Array.from({ length: Math.min(t.length, 256) }, () => 7));
/** The vector of a text is its number of word pieces. */
const lengths = (pieces: Pieces): Float32Array => Float32Array.from(pieces, (p) => p.length);
const texts = Array.from({ length: 300 }, (_, k) => (k % 50 === 0 ? ' ' : 'x'.repeat(1 + ((k * 37) % 300))));
const expected = texts.map((t) => (t.trim() === '' ? 0 : Math.min(t.length, 256)));

describe('texts in passes', () => {
  it('every row comes back where it belongs, whoever encoded it; no pass holds more than 256 word pieces; progress ends at 1', async () => {
    const shares: number[] = [];
    const asked = [0, 0];
    const copy = (n: number, ahead: number): Copy => ({
      ahead,
      async encode(pieces) {
        asked[n]!++;
        expect(pieces.reduce((s, p) => s + p.length, 0)).toBeLessThanOrEqual(256);
        await new Promise((resolve) => setTimeout(resolve));
        return lengths(pieces);
      },
    });
    const { vectors, missing } = await encodeInPasses(texts, 1, cut, [copy(0, 1), copy(1, 3)], (p) => shares.push(p.share));
    expect([...vectors]).toEqual(expected);
    expect(missing).toBe(6);
    expect(Math.min(...asked)).toBeGreaterThan(0);
    expect(shares.at(-1)).toBeCloseTo(1, 12);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  it('what a copy fails at, the first does; where the first fails, so does the call', async () => {
    let left = 2;
    const broken: Copy = { ahead: 3, encode: async (p) => (left-- > 0 ? lengths(p) : Promise.reject(new Error('gone'))) };
    expect([...(await encodeInPasses(texts, 1, cut, [{ ahead: 1, encode: lengths }, broken])).vectors]).toEqual(expected);
    await expect(encodeInPasses(texts, 1, cut, [broken])).rejects.toThrow('gone');
  });

  it('stops when told, with the reason, and starts nothing where it was told before', async () => {
    const stop = new AbortController();
    let passes = 0;
    const copy: Copy = { ahead: 1, encode: (p) => { if (++passes === 3) stop.abort(new Error('enough')); return lengths(p); } };
    await expect(encodeInPasses(texts, 1, cut, [copy], undefined, stop.signal)).rejects.toThrow('enough');
    expect(passes).toBe(3);
    await expect(encodeInPasses(texts, 1, cut, [copy], undefined, stop.signal)).rejects.toThrow('enough');
    expect(passes).toBe(3);
  });

  it('nothing to encode is no work', async () => {
    expect(await encodeInPasses(['', ' '], 1, cut, [{ ahead: 1, encode: lengths }])).toEqual({ vectors: new Float32Array(2), missing: 2 });
  });
});

describe('a copy in a worker', () => {
  /** Two ends that hear each other, a moment later. */
  function pair(): { page: CopyWorker; worker: Port; fail(): void; garble(at: 'page' | 'worker'): void; ended(): boolean } {
    const heard: Record<'page' | 'worker', ((e: never) => void)[]> = { page: [], worker: [] };
    const garbled: Record<'page' | 'worker', ((e: never) => void)[]> = { page: [], worker: [] };
    const failing: ((e: never) => void)[] = [];
    let over = false;
    const end = (own: 'page' | 'worker', other: 'page' | 'worker'): Port => ({
      postMessage: (data) => void setTimeout(() => heard[other].forEach((f) => f({ data } as never))),
      addEventListener: (type, f) => void (type === 'error' ? failing : type === 'messageerror' ? garbled[own] : heard[own]).push(f),
    });
    return { page: { ...end('page', 'worker'), terminate: () => void (over = true) }, worker: end('worker', 'page'), fail: () => failing.forEach((f) => f(null as never)), garble: (at) => garbled[at].forEach((f) => f(null as never)), ended: () => over };
  }

  it('without weights says so, ends the worker and refuses what comes after', async () => {
    const { page, worker, ended } = pair();
    answerAsCopy(worker);
    const copy = copyIn(page, '/no/such/folder/');
    await expect(copy.encode([[101, 102]])).rejects.toThrow('could not be read');
    expect(ended()).toBe(true);
    await expect(copy.encode([[101, 102]])).rejects.toThrow('could not be read');
  });

  it('that does not start fails all it was asked', async () => {
    const { page, fail } = pair();
    const copy = copyIn(page, '/');
    const asked = Promise.allSettled([copy.encode([[1]]), copy.encode([[2]])]);
    fail();
    expect((await asked).map((a) => a.status)).toEqual(['rejected', 'rejected']);
  });

  it.each(['page', 'worker'] as const)('a message that cannot be read at the %s ends it: nobody waits for an answer that does not come', async (at) => {
    const { page, worker, garble, ended } = pair();
    answerAsCopy({ ...worker, addEventListener: (type, f) => type === 'messageerror' && worker.addEventListener(type, f) });
    const asked = copyIn(page, '/').encode([[1]]);
    garble(at);
    await expect(asked).rejects.toThrow(/read/);
    expect(ended()).toBe(true);
  });
});

describe('ONNX files', () => {
  const field = (number: number, bytes: readonly number[]): number[] => [number * 8 + 2, bytes.length, ...bytes];
  const name = [...new TextEncoder().encode('w')];

  it('weights are found by name, with dimensions packed or one by one', () => {
    const tensors = [[...field(1, [2, 0x80, 1])], [8, 2, 8, 0x80, 1]].flatMap((dims, k) => field(5, [...dims, 16, 2, ...field(8, [...name, 48 + k]), ...field(9, [5, 6])]));
    const file = Uint8Array.from([8, 3, ...field(7, tensors)]);
    for (const id of ['w0', 'w1']) expect(onnxWeights(file).get(id)).toEqual({ type: 2, dims: [2, 128], bytes: Uint8Array.of(5, 6) });
  });

  it('a file that was cut off is refused', () => {
    expect(() => onnxWeights(Uint8Array.of(7 * 8 + 2, 9, 1, 2))).toThrow('ends in the middle');
    expect(() => onnxWeights(Uint8Array.of(0xff, 0xff))).toThrow('ends in the middle');
    expect(onnxWeights(new Uint8Array(0)).size).toBe(0);
  });
});
