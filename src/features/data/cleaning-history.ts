/** Rules that were in force before, and those that were taken back: undo and redo of cleaning. */
import { useRef, useState } from 'react';
import type { CleaningRule } from '../../core/dataset';

export interface CleaningHistory {
  undo: (() => void) | null;
  redo: (() => void) | null;
  /** Puts new rules in force and remembers the ones before. */
  change(rules: CleaningRule[]): void;
}

/** Changes so close to each other are one: a dragged slider is undone as a whole. */
const ONE_MOVE_MS = 900;

/** @param now rules in force or just chosen  @param put what makes rules take effect */
export function useCleaningHistory(now: readonly CleaningRule[], put: (rules: CleaningRule[]) => void): CleaningHistory {
  const [past, setPast] = useState<CleaningRule[][]>([]);
  const [future, setFuture] = useState<CleaningRule[][]>([]);
  const changedAt = useRef(0);
  const before = past.at(-1);
  const after = future.at(-1);
  return {
    undo: before
      ? () => {
          changedAt.current = 0;
          setPast(past.slice(0, -1));
          setFuture([...future, [...now]]);
          put(before);
        }
      : null,
    redo: after
      ? () => {
          changedAt.current = 0;
          setFuture(future.slice(0, -1));
          setPast([...past, [...now]]);
          put(after);
        }
      : null,
    change(rules) {
      const at = Date.now();
      if (at - changedAt.current > ONE_MOVE_MS) setPast([...past, [...now]]);
      changedAt.current = at;
      setFuture([]);
      put(rules);
    },
  };
}
