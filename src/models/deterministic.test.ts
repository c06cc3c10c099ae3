import { describe, expect, it } from 'vitest';
import { defaultsOf } from '../core/params';
import { createRandom } from '../core/random';
import { DEFAULT_SPLIT } from '../core/split';
import { splitData, trainData } from '../data/split/split';
import { catalogue } from './catalogue';
import { checkerboard } from './small-world';

describe('models whose card says that there is no chance in them', () => {
  it.each(catalogue.filter((c) => c.deterministic).map((c) => c.id))('%s: two seeds, the same scores', async (id) => {
    const card = catalogue.find((c) => c.id === id)!;
    const { data, text } = checkerboard();
    const train = trainData(data, splitData(data, DEFAULT_SPLIT));
    const scores = async (seed: number): Promise<Float32Array> => {
      const model = await (await card.load()).fit({
        train, text: card.needs.text ? text : null, params: defaultsOf(card.params), random: createRandom(seed, 'fit'), signal: new AbortController().signal, report: async () => 'continue',
      });
      const out = new Float32Array(train.U * train.I);
      await model.score(Int32Array.from({ length: train.U }, (_, u) => u), out);
      return out;
    };
    const first = await scores(1);
    expect(new Set(first).size).toBeGreaterThan(1);
    expect(await scores(2)).toEqual(first);
  });
});
