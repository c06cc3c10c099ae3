import { useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { View } from './cloud-view';

/** The hand rests. */
const REST = 150;

export interface MovingView {
  /** As React drew it last: the same as `current()` unless the cloud is moving and nothing lies over it. */
  view: View;
  current(): View;
  /** Null = the whole. */
  move(view: View | null): void;
}

/**
 * Where the cloud is looked at from. A move is drawn with the next picture the screen shows, however many moves came meanwhile, by `draw`
 * alone; React follows in the same picture where something lies over the points, else when the hand rests.
 * @param of what the view belongs to: another one starts with the whole  @param covered something is drawn over the points
 * @param onRest told where the hand came to rest; null = the whole
 */
export function useMovingView(of: Float32Array, whole: View, covered: boolean, draw: (view: View, moving: boolean) => void, onRest?: (view: View | null) => void): MovingView {
  const held = useRef<{ of: Float32Array; view: View } | null>(null);
  const [shown, setShown] = useState<{ of: Float32Array; view: View } | null>(null);
  const latest = useRef({ of, whole, covered, draw });
  const told = useRef(onRest);
  const frame = useRef(0);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const current = useCallback((): View => (held.current?.of === latest.current.of ? held.current.view : latest.current.whole), []);

  useEffect(() => {
    latest.current = { of, whole, covered, draw };
    // What is drawn has changed: once, whole, with the next picture.
    const id = requestAnimationFrame(() => draw(current(), false));
    return () => cancelAnimationFrame(id);
  }, [of, whole, covered, draw, current]);
  useEffect(() => {
    told.current = onRest;
  });
  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current);
      clearTimeout(rest.current);
    },
    [],
  );

  const move = useCallback(
    (view: View | null): void => {
      held.current = view && { of: latest.current.of, view };
      if (frame.current === 0) {
        frame.current = requestAnimationFrame(() => {
          frame.current = 0;
          latest.current.draw(current(), true);
          if (latest.current.covered) flushSync(() => setShown(held.current));
        });
      }
      clearTimeout(rest.current);
      rest.current = setTimeout(() => {
        latest.current.draw(current(), false);
        setShown(held.current);
        told.current?.(held.current?.of === latest.current.of ? held.current.view : null);
      }, REST);
    },
    [current],
  );
  return { view: shown?.of === of ? shown.view : whole, current, move };
}
