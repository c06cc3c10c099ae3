// @vitest-environment jsdom
import { render } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { useWidth } from './use-width';

afterEach(() => vi.unstubAllGlobals());

it('an element that comes later is measured when it comes, and left alone when it goes', () => {
  const watched = new Set<Element>();
  vi.stubGlobal('ResizeObserver', class {
    private element: Element | null = null;
    observe(element: Element): void {
      watched.add((this.element = element));
    }
    disconnect(): void {
      if (this.element) watched.delete(this.element);
    }
  });
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue({ width: 333.7 } as DOMRect);
  function Chart({ empty }: { empty: boolean }) {
    const [box, width] = useWidth<HTMLDivElement>(420);
    return empty ? <p>nothing yet</p> : <div ref={box} data-width={width} />;
  }
  const { container, rerender, unmount } = render(<Chart empty />);
  expect(watched.size).toBe(0);
  rerender(<Chart empty={false} />);
  expect(container.querySelector('div')?.dataset['width']).toBe('333');
  expect(watched.size).toBe(1);
  unmount();
  expect(watched.size).toBe(0);
});
