/**
 * Counts the bytes this page sends as request bodies: through fetch, XMLHttpRequest, beacons and sockets.
 * The figure in the status bar is this count, not a promise.
 */
import { useSyncExternalStore } from 'react';

let sent = 0;
const listeners = new Set<() => void>();

const sizeOf = (body: unknown): number => {
  if (body === null || body === undefined) return 0;
  if (typeof body === 'string') return new TextEncoder().encode(body).length;
  if (body instanceof Blob) return body.size;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  if (body instanceof URLSearchParams) return body.toString().length;
  if (body instanceof FormData) return [...body.entries()].reduce((n, [k, v]) => n + k.length + (typeof v === 'string' ? v.length : v.size), 0);
  return 1; // a stream: at least something, and never taken for nothing
};

function count(body: unknown): void {
  const size = sizeOf(body);
  if (size === 0) return;
  sent += size;
  for (const l of listeners) l();
}

let watching = false;
export function watchUploads(): void {
  if (watching) return;
  watching = true;
  const fetchOf = window.fetch.bind(window);
  window.fetch = (input, init) => {
    if (init?.body) count(init.body);
    else if (input instanceof Request && input.body) count(input.body);
    return fetchOf(input, init);
  };
  const wrap = <T extends object>(owner: T | undefined, name: keyof T, body: (args: unknown[], self: unknown) => unknown): void => {
    if (!owner) return;
    const original = owner[name];
    if (typeof original !== 'function') return;
    owner[name] = function (this: unknown, ...args: unknown[]) {
      count(body(args, this));
      return original.apply(this, args) as unknown;
    } as T[keyof T];
  };
  wrap(window.XMLHttpRequest?.prototype, 'send', (a) => a[0]);
  // The development server's own socket (live reload) is no upload; it does not exist in a build.
  wrap(window.WebSocket?.prototype, 'send', (a, self) => (import.meta.env.DEV && self instanceof WebSocket && self.protocol.startsWith('vite') ? null : a[0]));
  wrap(navigator, 'sendBeacon', (a) => a[1]);
}

const subscribe = (l: () => void): (() => void) => {
  listeners.add(l);
  return () => listeners.delete(l);
};
export const useUploaded = (): number => useSyncExternalStore(subscribe, () => sent);

/** Files fetched so far, by host: what came in, for whoever wants to compare. */
export function fetchedByHost(): { host: string; files: number; bytes: number }[] {
  const hosts = new Map<string, { files: number; bytes: number }>();
  for (const e of performance.getEntriesByType('resource') as PerformanceResourceTiming[]) {
    let host: string;
    try {
      host = new URL(e.name).host;
    } catch {
      continue;
    }
    if (!host) continue;
    const h = hosts.get(host) ?? { files: 0, bytes: 0 };
    hosts.set(host, { files: h.files + 1, bytes: h.bytes + e.transferSize });
  }
  return [...hosts].map(([host, h]) => ({ host, ...h }));
}
