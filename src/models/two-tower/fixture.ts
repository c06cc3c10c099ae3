/** The shape of a parity fixture (PyTorch numbers for a tiny two-tower model) and its translation into our terms. */
import type { Weights } from '../../compute/parameters';
import { allToOurs, toOurs as turned, type FixtureTensor, type FixtureWeights } from '../../compute/reference/fixture';
import type { Features } from './features';
import type { Architecture, Scorer } from './initial';
import type { Batch } from './sampling';

export interface FixtureCase {
  name: string;
  config: { combine: 'cat' | 'sum'; scorer: Scorer };
  /** Linear weights are [out, in] here and [in, out] in our model. */
  weights: Record<string, FixtureTensor>;
  forward: { userTower: FixtureTensor; itemTower: FixtureTensor; beforeLastGelu: FixtureTensor; scores: FixtureTensor };
  batch1: { scores: FixtureTensor; loss: FixtureTensor; gradients: Record<string, FixtureTensor> };
  training: {
    losses: number[];
    weightsAfter1: Record<string, FixtureTensor>;
    weightsAfter2: Record<string, FixtureTensor>;
    weightsAfter5: Record<string, FixtureTensor>;
  };
  rankingAfter5: { validation: { ranks: number[] }; test: { ranks: number[] }; testAsPublished: { ranks: number[] } };
}
export interface TwoTowerFixture {
  sizes: { U: number; I: number; d: number; out: number; hidden: number[]; text: number; countries: number; artists: number; tags: number; margin: number };
  adam: { lr: number };
  features: { userCountry: FixtureTensor; itemArtist: FixtureTensor; itemTag: FixtureTensor; itemText: FixtureTensor };
  split: { train: (number[] | FixtureTensor)[]; validation: number[] | FixtureTensor; test: number[] | FixtureTensor };
  batches: { users: FixtureTensor; positives: FixtureTensor; negatives: FixtureTensor }[];
  cases: FixtureCase[];
}

const numbers = (x: number[] | FixtureTensor): number[] => (Array.isArray(x) ? x : x.data);

export function fixtureFeatures(f: TwoTowerFixture): Features {
  const range = (n: number) => Int32Array.from({ length: n }, (_, k) => k);
  const codes = (name: string, size: number, values: ArrayLike<number>) => ({ kind: 'codes' as const, name, size, codes: Int32Array.from(values) });
  const { U, I, countries, artists, tags, text } = f.sizes;
  return {
    user: { rows: U, features: [codes('id', U, range(U)), codes('country', countries, f.features.userCountry.data)], text: null },
    item: {
      rows: I,
      features: [codes('id', I, range(I)), codes('artist', artists, f.features.itemArtist.data), codes('tag', tags, f.features.itemTag.data)],
      text: { dim: text, vectors: Float32Array.from(f.features.itemText.data) },
    },
  };
}

export const fixtureArchitecture = (f: TwoTowerFixture, c: FixtureCase): Architecture => ({
  ...c.config,
  embedding: f.sizes.d,
  output: f.sizes.out,
  hidden: [f.sizes.hidden[0]!, f.sizes.hidden[1]!],
  startScale: 1,
  unknownItem: 0,
});

export const fixtureBatches = (f: TwoTowerFixture): Batch[] =>
  f.batches.map((b) => {
    const K = b.negatives.shape[1]!;
    const items = b.positives.data.flatMap((i, k) => [i, ...b.negatives.data.slice(k * K, (k + 1) * K)]);
    return { users: Int32Array.from(b.users.data), items: Int32Array.from(items) };
  });

/** Linear layers' weights change sides; `score.compress.W` [2, D/2] and embeddings keep theirs. */
const flips = (name: string): boolean => /\.(L\d|text)\.W$/.test(name);

export const toOurs = (name: string, t: FixtureTensor): { shape: number[]; data: Float64Array } => turned(name, t, flips);
export const fixtureWeights = (w: FixtureWeights): Weights => allToOurs(w, flips);

/** Rank of each user's target: 1 + candidates that score at least as high; candidates leave out `masked` items. */
export function ranksOf(f: TwoTowerFixture, scores: ArrayLike<number>, target: 'validation' | 'test', maskValidation: boolean): number[] {
  const { U, I } = f.sizes;
  const [validation, targets] = [numbers(f.split.validation), numbers(f.split[target])];
  return Array.from({ length: U }, (_, u) => {
    const masked = new Set([...numbers(f.split.train[u]!), ...(maskValidation ? [validation[u]!] : [])]);
    let rank = 1;
    for (let i = 0; i < I; i++) if (i !== targets[u] && !masked.has(i) && scores[u * I + i]! >= scores[u * I + targets[u]!]!) rank++;
    return rank;
  });
}
