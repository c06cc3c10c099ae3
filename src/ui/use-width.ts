import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Width of an element in whole pixels, kept up to date. `start` until it has been measured. */
export function useWidth<E extends HTMLElement>(start: number): [RefObject<E | null>, number] {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(start);
  const watched = useRef<{ element: E; observer: ResizeObserver } | null>(null);
  // After every render: a chart that was empty at first has no element to measure until its data come.
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === (watched.current?.element ?? null) || typeof ResizeObserver === 'undefined') return;
    watched.current?.observer.disconnect();
    watched.current = null;
    if (!element) return;
    const measure = (): void => {
      const w = Math.floor(element.getBoundingClientRect().width);
      if (w > 0) setWidth(w);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    watched.current = { element, observer };
  });
  useLayoutEffect(
    () => () => {
      watched.current?.observer.disconnect();
      watched.current = null;
    },
    [],
  );
  return [ref, width];
}
