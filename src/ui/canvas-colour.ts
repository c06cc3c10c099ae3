/** Canvases know no custom properties: their colours are read from the page when they are drawn, and again when the theme changes. */
import { useEffect, useState } from 'react';

export type Rgb = readonly [number, number, number];

/** '#rrggbb' of a colour that is named otherwise (a system colour such as CanvasText), as the browser paints it; what it cannot tell is left as it is. */
export function asHex(text: string): string {
  if (text === '' || text.startsWith('#')) return text;
  const probe = document.createElement('i');
  probe.style.color = text;
  document.body.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  const bytes = /^rgba?\((\d+),\s*(\d+),\s*(\d+)/.exec(computed)?.slice(1).map(Number) ?? /^color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)/.exec(computed)?.slice(1).map((x) => Math.round(255 * Number(x)));
  return bytes ? `#${bytes.map((n) => n.toString(16).padStart(2, '0')).join('')}` : text;
}

/** A token as 0-255 numbers; mid grey where the browser cannot tell. */
export function tokenColour(element: Element, token: string): Rgb {
  const text = asHex(getComputedStyle(element).getPropertyValue(token).trim());
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text)?.[1];
  if (!hex) return [128, 128, 128];
  const full = hex.length === 3 ? [...hex].map((c) => c + c).join('') : hex;
  return [0, 2, 4].map((k) => Number.parseInt(full.slice(k, k + 2), 16)) as unknown as Rgb;
}

/** What of the system changes the tokens. */
export const SYSTEM_WISHES = ['(prefers-color-scheme: dark)', '(forced-colors: active)'] as const;

/** A number that grows whenever the theme changes, for the dependencies of an effect that draws. */
export function useThemeTick(): number {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    const more = (): void => setTick((t) => t + 1);
    const observer = typeof MutationObserver === 'undefined' ? null : new MutationObserver(more);
    observer?.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-mantine-color-scheme'] });
    const systems = SYSTEM_WISHES.map((wish) => window.matchMedia(wish));
    for (const system of systems) system.addEventListener('change', more);
    return () => {
      observer?.disconnect();
      for (const system of systems) system.removeEventListener('change', more);
    };
  }, []);
  return tick;
}

/** Sizes a canvas for this screen's pixels; null where there is no 2-D context. */
export function prepareCanvas(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = Math.min(3, window.devicePixelRatio || 1);
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}

/** Colour between two by share 0-1. */
export const mixRgb = (a: Rgb, b: Rgb, share: number): string => `rgb(${a.map((v, k) => Math.round(v + (b[k]! - v) * share)).join(' ')})`;
