import { describe, expect, it } from 'vitest';
import { createTabs, type Locks } from './tabs';

/** A browser's locks, shared by the tabs made with it; `close` ends what the n-th holder holds. */
function browser() {
  type Waiting = { start(): void };
  let holder: { abort(): void; end(): void } | null = null;
  const queue: Waiting[] = [];
  const next = (): void => {
    holder = null;
    queue.shift()?.start();
  };
  const locks: Locks = {
    request: (_name, { ifAvailable, steal }, held) =>
      new Promise((resolve, reject) => {
        const start = (): void => {
          holder = { abort: () => reject(new DOMException('stolen', 'AbortError')), end: next };
          void held({});
        };
        if (steal && holder) {
          const before = holder;
          start();
          before.abort();
        } else if (holder === null) start();
        else if (ifAvailable) void Promise.resolve(held(null)).then(resolve);
        else queue.push({ start });
      }),
  };
  return { locks, closeOwner: () => holder?.end() };
}
const settle = async (): Promise<void> => {
  for (let k = 0; k < 10; k++) await Promise.resolve();
};

describe('tabs that share one workspace', () => {
  it('the first writes, the second does not, and takes over when the first is closed', async () => {
    const { locks, closeOwner } = browser();
    const [first, second] = [createTabs(locks), createTabs(locks)];
    first.watch();
    second.watch();
    await settle();
    expect([first.store.getState().owner, second.store.getState().owner]).toEqual([true, false]);
    closeOwner();
    await settle();
    expect(second.store.getState().owner).toBe(true);
  });
  it('the second may take over; the first then says it no longer stores', async () => {
    const { locks } = browser();
    const [first, second] = [createTabs(locks), createTabs(locks)];
    first.watch();
    second.watch();
    await settle();
    second.takeOver();
    await settle();
    expect([first.store.getState().owner, second.store.getState().owner]).toEqual([false, true]);
  });
  it('without locks every tab writes', async () => {
    const tab = createTabs(undefined);
    tab.watch();
    await settle();
    expect(tab.store.getState().owner).toBe(true);
  });
});
