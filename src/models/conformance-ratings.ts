/** What every model of ratings must satisfy besides what all models must. A check throws an Error that says what is wrong. */
import type { Recommender } from '../core/model';
import type { Check } from './conformance';
import { trueRating, type World } from './small-world';

interface Subject {
  /** Of ratings, see small-world. */
  world: World;
  /** Users and items at the end that nobody rated or was rated. */
  strangers: number;
  /** False: a model that learns nothing from who rated what. */
  learns: boolean;
  withModel(then: (model: Recommender) => Promise<void>): Promise<void>;
}

const must = (condition: boolean, message: string): void => {
  if (!condition) throw new Error(message);
};

export function predictionChecks({ world, strangers, learns, withModel }: Subject): Check[] {
  const { user, item, value } = world.data.interactions;
  const users = world.data.users.ids.length;
  const items = world.data.items.ids.length;
  const [U, I] = [users + strangers, items + strangers];
  const everyone = Int32Array.from({ length: U }, (_, u) => u);
  const mean = value!.reduce((s, r) => s + r, 0) / value!.length;
  const [low, high] = [Math.min(...value!), Math.max(...value!)];
  const scoresOf = async (model: Recommender): Promise<Float32Array> => {
    const out = new Float32Array(U * I).fill(NaN);
    await model.score(everyone, out);
    return out;
  };
  return [
    {
      title: 'every prediction lies on the scale of the train ratings, for strangers too',
      run: () => withModel(async (model) => {
        for (const r of await scoresOf(model)) must(r >= Math.fround(low) && r <= Math.fround(high), `It predicted ${r} on a scale from ${low} to ${high}.`);
      }),
    },
    {
      title: 'single pairs get what whole rows give',
      run: () => withModel(async (model) => {
        must(model.predict !== undefined, 'A model of ratings needs `predict`.');
        const rows = await scoresOf(model);
        // Users out of order and in turns, so that nothing held from the pair before is taken for this one.
        const pairs = Array.from({ length: 3 * U }, (_, k) => [(k * 7) % U, (k * 5) % I] as const);
        const out = new Float64Array(pairs.length);
        await model.predict!(Int32Array.from(pairs, (p) => p[0]), Int32Array.from(pairs, (p) => p[1]), out);
        pairs.forEach(([u, i], k) => must(Math.fround(out[k]!) === rows[u * I + i], `User ${u}, item ${i}: ${out[k]} alone, ${rows[u * I + i]} in a row.`));
      }),
    },
    ...(learns ? [{
      title: 'learns: held-back ratings are closer than the mean is, by a fifth at least',
      run: () => withModel(async (model) => {
        const scores = await scoresOf(model);
        const seen = new Set(user.map((u, n) => u * items + item[n]!));
        let ours = 0;
        let blunt = 0;
        for (let u = 0; u < users; u++) {
          for (let i = 0; i < items; i++) {
            if (seen.has(u * items + i)) continue;
            ours += (scores[u * I + i]! - trueRating(u, i)) ** 2;
            blunt += (mean - trueRating(u, i)) ** 2;
          }
        }
        must(Math.sqrt(ours) <= 0.8 * Math.sqrt(blunt), `RMSE is ${(Math.sqrt(ours / blunt) * 100).toFixed(0)} % of that of always saying the mean.`);
      }),
    }] : []),
  ];
}
