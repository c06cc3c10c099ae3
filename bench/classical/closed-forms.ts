/** EASE, item neighbours and trees. */
import type { TrainData } from '../../src/core/model';
import { createRandom } from '../../src/core/random';
import { transpose } from '../../src/math/csr';
import { nearestRows } from '../../src/math/nearest-rows';
import { growForest } from '../../src/math/regression-forest';
import { trainMatrix } from '../../src/math/train-matrix';
import { easeWeights } from '../../src/models/ease/weights';
import type { Peer, Work } from './work';

const ROWS = 20_000;
const FEATURES = 12;

export function closedFormWork(train: TrainData): Work[] {
  const ease = async (): Promise<void> => void (await easeWeights(trainMatrix(train), 500, new Float32Array(train.I ** 2), async () => () => undefined));
  const numpy: Peer = { library: 'NumPy', script: 'ease_ml1m.py', args: ['float64'], line: 'EASE ml-1m numpy float64' };
  return [
    { what: 'EASE, ML-1M, 3,706 items, float64', target: 1.5, ours: ease, peer: numpy },
    { what: 'the same EASE, two threads, on the clock', target: 1.5, threads: 2, ours: ease, peer: numpy },
    {
      what: 'ItemKNN, ML-1M, k 100, cosine', target: 1.5,
      ours: async () => void (await nearestRows(transpose(trainMatrix(train)), { k: 100, shrink: 0, similarity: 'cosine' })),
      peer: { library: 'SciPy', script: 'knn.py', args: [], line: 'item knn ml-1m k=100 scipy' },
    },
  ];
}

/** The regression the peer's script draws: Friedman's five features that matter among twelve. */
export function forestWork(): Work[] {
  const r = createRandom(1, 'forest');
  const x = Array.from({ length: FEATURES }, () => Float32Array.from({ length: ROWS }, () => r.next()));
  const at = (f: number, n: number): number => x[f]![n]!;
  const y = Float64Array.from({ length: ROWS }, (_, n) => 10 * Math.sin(Math.PI * at(0, n) * at(1, n)) + 20 * (at(2, n) - 0.5) ** 2 + 10 * at(3, n) + 5 * at(4, n) + r.normal());
  return [FEATURES, FEATURES / 3].map((tries): Work => ({
    what: `random forest, 20,000 × 12, 100 trees, ${tries} of 12 features a split`, target: 2,
    ours: async () => void (await growForest(x, y, { trees: 100, maxDepth: Infinity, minLeaf: 1, tries }, createRandom(2, 'trees'))),
    peer: { library: 'scikit-learn', script: 'rf.py', args: [], line: `random forest fit 20k x 12, 100 trees, ${tries} of 12 features` },
  }));
}
