/** The true affinity, from which every play is drawn and the oracle ranks. */
import type { KnownTruth } from '../../core/dataset';
import { END, freshnessAt, type World } from './world';

/**
 * affinity(u, i) = sharpness · ⟨taste_u, mixture_i⟩ + mainstream_u · logPopularity_i + curiosity_u · freshness_i, as K + 2 factors.
 * It is the logarithm of the rate at which u plays a song not yet heard, at the end of the world, which is when last plays happen.
 */
export function truthOf(world: World): KnownTruth {
  const K = world.themes.length;
  const dim = K + 2;
  const users = new Float32Array(world.listeners.length * dim); // [U, K+2]
  const items = new Float32Array(world.songs.length * dim); // [I, K+2]
  world.listeners.forEach((listener, u) => {
    for (let k = 0; k < K; k++) users[u * dim + k] = world.spec.sharpness * listener.taste[k]!;
    users[u * dim + K] = listener.mainstream;
    users[u * dim + K + 1] = listener.curiosity;
  });
  world.songs.forEach((song, i) => {
    items.set(song.mixture, i * dim);
    items[i * dim + K] = song.logPopularity;
    items[i * dim + K + 1] = freshnessAt(world.spec, song, END);
  });
  return { dim, users, items };
}

/** Affinity of one user to one item, from the same float32 factors that are written to the file. */
export function affinity(truth: KnownTruth, user: number, item: number): number {
  let sum = 0;
  for (let d = 0; d < truth.dim; d++) sum += truth.users[user * truth.dim + d]! * truth.items[item * truth.dim + d]!;
  return sum;
}

/** Affinity of one user to every item: fills out, [I]. */
export function affinities(truth: KnownTruth, user: number, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = affinity(truth, user, i);
}
