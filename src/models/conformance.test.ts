import { beforeAll, describe, expect, it } from 'vitest';
import { tensorMemory } from '../compute/backend';
import { loadBackend } from '../compute/load-backend';
import { createRandom } from '../core/random';
import { catalogue, cardOf } from './catalogue';
import { conformance, type ConformanceOptions } from './conformance';

/** What the suite cannot read off a card. A model that is not listed is expected to learn the checkerboard in 30 epochs. */
const settings: Record<string, Partial<ConformanceOptions>> = {
  random: { learns: null },
  popularity: { learns: null },
  'normal-predictor': { learns: null },
  // With as many factors as items it reproduces the board, held-back items included as absent.
  'pure-svd': { params: { factors: 2 } },
  autorec: {
    params: { hidden: 16, batch: 8 },
    learns: { epochs: 60, params: { learningRate: 0.02 } },
  },
  sasrec: {
    params: { dim: 16, length: 6, batch: 8 },
    learns: { epochs: 15, params: { learningRate: 0.01 } },
  },
  neumf: {
    params: { factors: 4, batch: 32, pretraining: 1 },
    learns: { epochs: 40, params: { learningRate: 0.02, pretraining: 10 } },
  },
  'two-tower-retrieval': {
    params: { embedding: 8, hidden1: 16, hidden2: 16, output: 8, batch: 32 },
    learns: { epochs: 30, params: { learningRate: 0.01 } },
  },
  buhs: {
    params: { history: 3, embedding: 8, output: 8, projection: 4, negatives: 2, batch: 32 },
    learns: { epochs: 20, params: { learningRate: 0.01 } },
  },
  'mult-vae': {
    params: { hidden: 16, latent: 8, batch: 8, annealing: 20, dropout: 0.2 },
    learns: { epochs: 30, params: { learningRate: 0.02 } },
  },
  'two-tower': {
    params: { embedding: 8, output: 8, negatives: 3, batch: 32 },
    learns: { epochs: 30, params: { learningRate: 0.01 } },
  },
};

describe.each(catalogue.map((card) => [card.id, card] as const))('%s', (id, card) => {
  beforeAll(async () => {
    if (card.tensors) await loadBackend('wasm');
  }, 60_000);
  const tensors = card.tensors ? { liveTensors: () => tensorMemory().tensors, batchTolerance: 1e-5 } : {};
  for (const check of conformance(card, { learns: { epochs: 30 }, ...tensors, ...settings[id] })) it(check.title, check.run);
});

describe('the catalogue', () => {
  it('has no id twice', () => expect(new Set(catalogue.map((c) => c.id)).size).toBe(catalogue.length));
  it('an unknown id is answered with those there are', () => expect(() => cardOf('als9')).toThrow('There are: random, popularity'));
});

describe('the suite itself', () => {
  it('finds a model that depends on the batch, writes beside its rows, or forgets its seed', async () => {
    const card = cardOf('random');
    const broken = {
      ...card,
      load: async () => ({
        async fit() {
          const noise = createRandom(Math.floor(performance.now() * 1000) % 100000).next();
          return { score: (users: ArrayLike<number>, out: Float32Array) => void out.fill(noise + users.length), save: () => ({ version: 1, arrays: {}, meta: {} }) };
        },
        restore: () => ({ score: (_: unknown, out: Float32Array) => void out.fill(0), save: () => ({ version: 1, arrays: {}, meta: {} }) }),
      }),
    };
    const failed: string[] = [];
    for (const check of conformance(broken, { learns: { epochs: 1 } })) await check.run().catch(() => failed.push(check.title.split(':')[0]!));
    expect(failed).toEqual([
      'the same seed gives the same scores, bit for bit', 'save, store, restore', 'a user’s scores do not depend on who else is in the batch',
      'a cancel rejects with its reason and leaves nothing behind', 'learns the checkerboard',
    ]);
  });
});
