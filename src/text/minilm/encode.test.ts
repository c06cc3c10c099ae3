import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMiniLm } from './encode';

const root = path.resolve(import.meta.dirname, '../../..');
const models = path.join(root, 'public/models');
const fixture = path.join(root, '../shared/reference/minilm-vectors.json');
const present = existsSync(path.join(models, 'all-MiniLM-L6-v2/onnx/model_quantized.onnx'));

interface Fixture {
  texts: string[];
  fp32: number[][];
  int8_ort_cpu: number[][];
}
const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let d = 0; d < a.length; d++) {
    dot += a[d]! * b[d]!;
    aa += a[d]! ** 2;
    bb += b[d]! ** 2;
  }
  return dot / Math.sqrt(aa * bb);
};

describe.skipIf(!present || !existsSync(fixture))('MiniLM in Node (skipped where the reference vectors or weights are absent)', () => {
  let model: ReturnType<typeof createMiniLm>;
  beforeAll(() => {
    model = createMiniLm({ modelRoot: models });
  });

  it('gives the reference vectors: cosine ≥ .999 to native int8, ≥ .997 to fp32, batched or not', async () => {
    const { texts, fp32, int8_ort_cpu } = JSON.parse(readFileSync(fixture, 'utf8')) as Fixture;
    const { vectors, missing } = await (await model).embed(texts);
    expect(missing).toBe(0);
    texts.forEach((_, k) => {
      const row = vectors.subarray(k * 384, (k + 1) * 384);
      expect(cosine(row, int8_ort_cpu[k]!), texts[k]).toBeGreaterThanOrEqual(0.999);
      expect(cosine(row, fp32[k]!), texts[k]).toBeGreaterThanOrEqual(0.997);
    });
  });
  it('onnxruntime running the file itself gives these vectors too: cosine ≥ .9995, long texts cut at the same word piece', async () => {
    const texts = ['A', 'Distant mirror', 'café — naïve façade', '夜の水族館', 'rain on the harbour '.repeat(11), 'one two three four five six seven eight nine ten '.repeat(60)];
    const [ours, twin] = await Promise.all([model, createMiniLm({ modelRoot: models, onnxruntime: true })]);
    const [a, b] = [await ours.embed(texts), await twin.embed(texts)];
    texts.forEach((text, k) => expect(cosine(a.vectors.subarray(k * 384, (k + 1) * 384), b.vectors.subarray(k * 384, (k + 1) * 384)), text).toBeGreaterThanOrEqual(0.9995));
  });
  it('a text has the same vector, to the last bit, alone and in any company', async () => {
    const { embed } = await model;
    const texts = Array.from({ length: 90 }, (_, k) => `${'the slow train '.repeat(k % 7)}to platform ${k}`);
    const { vectors } = await embed(texts);
    const { vectors: turned } = await embed(texts.toReversed());
    for (const k of [0, 41, 89]) {
      const row = [...vectors.subarray(k * 384, (k + 1) * 384)];
      expect([...turned.subarray((89 - k) * 384, (90 - k) * 384)]).toEqual(row);
      expect([...(await embed([texts[k]!])).vectors]).toEqual(row);
    }
  });
  it('leaves empty texts out and counts them, where the network itself would answer them like any other', async () => {
    const { vectors, missing } = await (await model).embed(['', 'rain on the harbour', '  ']);
    expect(missing).toBe(2);
    expect(vectors.subarray(0, 384).every((x) => x === 0)).toBe(true);
    expect(Math.hypot(...vectors.subarray(384, 768))).toBeCloseTo(1, 4);
  });
});

describe('MiniLM without its weights', () => {
  it('says what is missing and what to do instead', async () => {
    await expect(createMiniLm({ modelRoot: path.join(root, 'no-such-folder') })).rejects.toMatchObject({ name: 'Problem', remedy: expect.stringContaining('hashed n-gram') });
  });
});

it('the shipped MiniLM kernels are what their AssemblyScript source gives', () => {
  expect(execFileSync(process.execPath, ['src/text/minilm/simd/build.mjs', '--check'], { encoding: 'utf8' })).toContain('is what minilm.as gives');
});
