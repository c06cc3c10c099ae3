/**
 * ItemKNN and EASE on MovieLens 1M (6,040 × 3,706, 994,169 rows), one thread, in turn with NumPy and SciPy where PEER_PYTHON names a Python that has them.
 *   PEER_PYTHON=python3 node scripts/run-ts.mjs bench/classical-speed.ts
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { transpose } from '../src/math/csr';
import { nearestRows } from '../src/math/nearest-rows';
import { trainMatrix } from '../src/math/train-matrix';
import { easeWeights } from '../src/models/ease/weights';
import { DEFAULT_SPLIT } from '../src/core/split';
import { splitData, trainData } from '../src/data/split/split';
import { openData } from '../src/experiment/reference-claim';

declare const __COLDWAVE_ROOT__: string;
const shared = path.resolve(__COLDWAVE_ROOT__, '..', 'shared');
const data = await openData(shared, 'data/ncf-ml-1m.zip');
const train = trainData(data, splitData(data, { ...DEFAULT_SPLIT, protocol: 'listed', validation: false }));
const TURNS = 3;

const work = [
  { name: 'ItemKNN, k = 100, cosine', script: 'knn.py', peer: 'item knn ml-1m k=100 scipy', run: async () => void (await nearestRows(transpose(trainMatrix(train)), { k: 100, shrink: 0, similarity: 'cosine' })) },
  { name: 'EASE, float64', script: 'ease_ml1m.py', peer: 'EASE ml-1m numpy float64', run: async () => void (await easeWeights(trainMatrix(train), 500, new Float32Array(train.I ** 2), async () => () => undefined)) },
];

function peerSeconds(script: string, name: string): number {
  const python = process.env['PEER_PYTHON'];
  if (!python) return NaN;
  const out = execFileSync(python, [path.join(shared, 'reference', 'peers', script), 'float64'], { encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' } });
  return out.split('\n').filter(Boolean).map((line) => JSON.parse(line) as { name: string; seconds: number }).find((r) => r.name === name)?.seconds ?? NaN;
}

for (const { name, script, peer, run } of work) {
  let ours = Infinity;
  let theirs = Infinity;
  for (let turn = 0; turn < TURNS; turn++) {
    const started = performance.now();
    await run();
    ours = Math.min(ours, (performance.now() - started) / 1000);
    if (turn < 2) theirs = Math.min(theirs, peerSeconds(script, peer));
  }
  const ratio = Number.isFinite(theirs) ? `, NumPy/SciPy ${theirs.toFixed(2)} s, ratio ${(ours / theirs).toFixed(2)}` : ' (no PEER_PYTHON)';
  console.log(`${name}: ${ours.toFixed(2)} s${ratio}`);
}
