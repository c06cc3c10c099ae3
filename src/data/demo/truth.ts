/** The true affinity, from which every play is drawn and the oracle ranks. */
import type { KnownTruth } from '../../core/dataset';
import { END, freshnessOf, type World } from './world';

/**
 * affinity(u, i) = sharpness · ⟨taste_u, mixture_i⟩ + logPopularity_i, as K + 1 factors.
 * It is the logarithm of the rate at which u plays i once i is out and while u has not heard it.
 */
export function truthOf(world: World): KnownTruth {
  const K = world.themes.length;
  const dim = K + 1;
  const users = new Float32Array(world.listeners.length * dim); // [U, K+1]
  const items = new Float32Array(world.songs.length * dim); // [I, K+1]
  world.listeners.forEach((listener, u) => {
    for (let k = 0; k < K; k++) users[u * dim + k] = world.spec.sharpness * listener.taste[k]!;
    users[u * dim + K] = 1;
  });
  world.songs.forEach((song, i) => {
    items.set(song.mixture, i * dim);
    items[i * dim + K] = song.logPopularity + freshnessOf(world.spec, END - song.released);
  });
  return { dim, users, items };
}

/** Affinity of one user to every item, in the same float32 factors that are written to the file. */
export function affinities(truth: KnownTruth, user: number, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let d = 0; d < truth.dim; d++) sum += truth.users[user * truth.dim + d]! * truth.items[i * truth.dim + d]!;
    out[i] = sum;
  }
}
