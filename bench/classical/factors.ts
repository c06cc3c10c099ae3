/** Factor models: implicit ALS, iALS, WARP. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FitContext, TrainData } from '../../src/core/model';
import { parseParams } from '../../src/core/params';
import { createRandom } from '../../src/core/random';
import { fit as fitAls } from '../../src/models/als/fit';
import { params as alsParams } from '../../src/models/als/params';
import { fit as fitIals } from '../../src/models/ials/fit';
import { params as ialsParams } from '../../src/models/ials/params';
import { fit as fitLightFm } from '../../src/models/lightfm/fit';
import { params as lightFmParams } from '../../src/models/lightfm/params';
import { processorSeconds, type Peer, type Work } from './work';

const EPOCHS = 10;
const FACTORS = 32;

/** Fits; processor seconds of each epoch, its loss included, the set-up in the first. */
async function epochSeconds<P>(train: TrainData, params: P, fit: (ctx: FitContext<P>) => Promise<unknown>): Promise<number[]> {
  const seconds: number[] = [];
  let began = processorSeconds();
  await fit({
    train, text: null, params, random: createRandom(1, 'bench'), signal: new AbortController().signal,
    report: async (p) => {
      if (p.kind === 'epoch') {
        seconds.push(processorSeconds() - began);
        began = processorSeconds();
      }
      return 'continue';
    },
  });
  return seconds;
}
const mean = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0) / x.length;

/** Runs `work` as on a machine without SIMD. */
async function withoutSimd<T>(work: () => Promise<T>): Promise<T> {
  const { validate } = WebAssembly;
  WebAssembly.validate = () => false;
  try {
    return await work();
  } finally {
    WebAssembly.validate = validate;
  }
}

export function factorWork(ml1m: TrainData, ml100k: TrainData, temp: string, root: string): Work[] {
  const als = parseParams(alsParams, { factors: 100, alpha: 1, lambda: 0.01, epochs: 15, solver: 'cg', counts: 'same', weighting: 'none' });
  const ials = parseParams(ialsParams, { factors: 100, lambda: 0.007, alpha0: 0.3, epochs: 1, solver: 'cg' });
  const warp = parseParams(lightFmParams, { loss: 'warp', factors: FACTORS, epochs: EPOCHS, itemFeatures: '', userFeatures: '', maxSampled: 10 });
  const implicit: Peer = { library: 'implicit', script: 'implicit_als.py', args: ['cg'], line: 'implicit ALS ml-1m f=100 15 it 3 cg steps', plainBlas: true };
  const pairs = path.join(temp, 'ml100k-pairs.txt');
  writeFileSync(pairs, Array.from(ml100k.user, (u, n) => `${u} ${ml100k.item[n]}\n`).join(''));
  return [
    {
      what: 'implicit ALS, ML-1M, f 100, 15 iterations, 3 CG steps: whole fit with loss', target: 1.5,
      ours: async () => void (await epochSeconds(ml1m, als, fitAls)),
      peer: implicit,
    },
    {
      what: 'the same fit of implicit ALS, two threads, on the clock', target: 1.5, threads: 2,
      ours: async () => void (await epochSeconds(ml1m, als, fitAls)),
      peer: implicit,
    },
    {
      what: 'iALS, ML-1M, f 100, one iteration, 3 CG steps, with set-up', target: null,
      ours: async () => mean(await epochSeconds(ml1m, ials, fitIals)),
      peer: null, twin: () => withoutSimd(async () => mean(await epochSeconds(ml1m, ials, fitIals))),
    },
    {
      what: `WARP epoch, ML-100K (${ml100k.user.length.toLocaleString('en-US')} rows), ${FACTORS} factors, mean of ${EPOCHS}`, target: 1.5,
      ours: async () => mean(await epochSeconds(ml100k, warp, fitLightFm)),
      peer: { library: 'LightFM', script: path.join(root, 'bench', 'classical', 'warp.py'), args: [pairs, String(EPOCHS), String(FACTORS)], line: 'WARP epoch' },
    },
  ];
}
