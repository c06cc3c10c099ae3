import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../core/metric';
import type { ModelState, Recommender } from '../core/model';
import { RunControl } from './run-control';
import { createTraining, SELECT_BY } from './training';

/** Epochs whose validation scores are given; what is known of the best after each. */
async function train(scores: readonly number[], patience = 0): Promise<{ best: number[]; ended: number }> {
  let epoch = 0;
  const training = createTraining({
    runId: 'r', signal: new AbortController().signal, control: new RunControl(), tell: () => {}, breathe: () => undefined, memory: () => null,
    evaluate: async () => ({ all: { n: 1, metrics: { [SELECT_BY]: { value: scores[epoch - 1]!, low: 0, high: 1 } } } }) as unknown as Evaluation,
    selection: 'validation', patience, checkpoints: false,
  });
  const state: ModelState = { version: 1, arrays: {}, meta: {} };
  const best: number[] = [];
  for (epoch = 1; epoch <= scores.length; epoch++) {
    const answer = await training.report({ kind: 'epoch', epoch, epochs: scores.length, loss: 1, seconds: 0, model: {} as Recommender, checkpoint: () => state });
    best.push(training.best!.epoch);
    if (answer === 'stop') break;
  }
  return { best, ended: best.length };
}

describe('the best epoch', () => {
  it('is the one with the highest score so far; of equal ones the earlier', async () => expect((await train([0.2, 0.3, 0.3, 0.1, 0.4])).best).toEqual([1, 2, 2, 2, 5]));
  it('with patience 2 training ends after two epochs without a better one; an equal one is not better', async () => expect((await train([0.3, 0.3, 0.2, 0.9], 2)).ended).toBe(3));
  it('with patience 0 it never ends early', async () => expect((await train([0.3, 0.2, 0.1, 0.1])).ended).toBe(4));
});
