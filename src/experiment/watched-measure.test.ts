import { describe, expect, it, vi } from 'vitest';
import type { TrainProgress } from '../../workers/protocol';
import { RunControl } from './run-control';
import { endedByStop, unlessStopped } from './watched-measure';

const watch = () => {
  const told: TrainProgress[] = [];
  return { told, tell: (p: TrainProgress) => void told.push(p), control: new RunControl(), between: async () => {} };
};

describe('measuring that leaves nothing behind when it is stopped', () => {
  it('goes on until Stop, then ends with a Problem', async () => {
    const w = watch();
    const between = endedByStop(w, 'Reading', 'Stopped while reading.');
    await between(1, 10);
    w.control.stop();
    await expect((async () => between(2, 10))()).rejects.toThrow('Stopped while reading.');
  });
  it('a Stop pressed before it began does not end it: it is what a stopped run still gets', async () => {
    const w = watch();
    w.control.stop();
    await expect((async () => endedByStop(w, 'Reading', 'no')(1, 10))()).resolves.toBeUndefined();
  });
});

describe('measuring of an epoch', () => {
  it('that is not stopped gives what was measured, and tells how far it is, seldom', async () => {
    const clock = vi.spyOn(performance, 'now');
    let now = 0;
    clock.mockImplementation(() => now);
    const w = watch();
    const result = await unlessStopped(w, 'Measuring', async (between) => {
      for (let done = 1; done <= 10; done++) {
        now += 50;
        await between(done, 10);
      }
      return 'done';
    });
    clock.mockRestore();
    expect(result).toBe('done');
    expect(w.told).toEqual([3, 6, 9].map((done) => ({ kind: 'phase', label: 'Measuring', done, total: 10, aside: true })));
  });
  it.each([['nearly done may end', 100, 'done'], ['far from done is broken off', 300, null]] as const)('one that is %s after Stop', async (_, each, expected) => {
    const clock = vi.spyOn(performance, 'now');
    let now = 0;
    clock.mockImplementation(() => now);
    const w = watch();
    w.control.stop();
    const result = await unlessStopped(w, 'Measuring', async (between) => {
      for (let done = 1; done <= 4; done++) {
        now += each;
        await between(done, 4);
      }
      return 'done';
    });
    clock.mockRestore();
    expect(result).toBe(expected);
  });
  it('what goes wrong in it is not taken for a Stop', async () => {
    await expect(unlessStopped(watch(), 'Measuring', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});
