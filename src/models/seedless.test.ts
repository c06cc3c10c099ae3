import { describe, expect, it } from 'vitest';
import { defaultsOf, type ParamSpecs } from '../core/params';
import { createRandom } from '../core/random';
import { catalogue } from './catalogue';
import { checkerboard, trainOf } from './small-world';

const world = checkerboard();
const train = trainOf(world);

async function scores(card: (typeof catalogue)[number], seed: number): Promise<number[]> {
  const model = await (await card.load()).fit({ train, text: world.text, params: defaultsOf(card.params as ParamSpecs), random: createRandom(seed, 'fit'), signal: new AbortController().signal, report: async () => 'continue' });
  const out = new Float32Array(train.U * train.I);
  await model.score(Int32Array.from({ length: train.U }, (_, u) => u), out);
  model.dispose?.();
  return [...out];
}

describe('cards that say they have no chance in them', () => {
  it.each(catalogue.filter((c) => c.seeded === false && c.task === 'rank').map((c) => [c.id, c] as const))('%s: two seeds give the same scores', async (_, card) => {
    expect(await scores(card, 1)).toEqual(await scores(card, 2));
  });
});
