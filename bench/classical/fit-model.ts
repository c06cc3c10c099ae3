/** Fits a model through its card, as the page does, and says how long it took. */
import type { Recommender, TrainData } from '../../src/core/model';
import { parseParams } from '../../src/core/params';
import { createRandom } from '../../src/core/random';
import { cardOf } from '../../src/models/catalogue';

export async function fitModel(id: string, params: Record<string, unknown>, train: TrainData): Promise<{ model: Recommender; seconds: number }> {
  const card = cardOf(id);
  const module = await card.load();
  const started = performance.now();
  const model = await module.fit({
    train, text: null, params: parseParams(card.params, params), random: createRandom(0, 'fit'), signal: new AbortController().signal, report: async () => 'continue',
  });
  return { model, seconds: (performance.now() - started) / 1000 };
}
