import { describe, expect, it } from 'vitest';
import type { Progress } from './model';
import { createPhases } from './phases';
import { Problem } from './problem';

const context = (answer: 'continue' | 'stop' = 'continue') => {
  const told: Progress[] = [];
  const controller = new AbortController();
  return { told, controller, signal: controller.signal, report: async (p: Progress) => (told.push(p), told.length > 1 ? answer : ('continue' as const)) };
};

describe('phases', () => {
  it('report their start with done and total, and then only as often as asked', async () => {
    const c = context();
    const step = await createPhases(c, 'EASE', 1e9).begin('Counting', 7);
    for (let n = 1; n <= 7; n++) expect(step(n)).toBeUndefined();
    expect(c.told).toEqual([{ kind: 'phase', label: 'Counting', done: 0, total: 7 }]);
  });
  it('a stop becomes a problem that says half a model is none', async () => {
    const c = context('stop');
    const step = await createPhases(c, 'EASE', -1).begin('Counting', 7);
    await expect(step(3)).rejects.toThrow(Problem);
    await expect(step(3)).rejects.toThrow('EASE was stopped before it was whole (Counting, 3 of 7), so this run left nothing behind');
  });
  it('a cancel rejects with its reason, at the start and in the middle', async () => {
    const c = context();
    const phases = createPhases(c, 'EASE', -1);
    const step = await phases.begin('Counting', 7);
    const reason = new Error('enough');
    c.controller.abort(reason);
    await expect(step(1)).rejects.toBe(reason);
    await expect(phases.begin('Inverting', 2)).rejects.toBe(reason);
  });
});
