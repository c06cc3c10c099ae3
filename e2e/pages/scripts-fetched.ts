import { gzipSync } from 'node:zlib';
import path from 'node:path';
import type { Page } from '@playwright/test';

/** Bytes of gzipped script a first visit may take before any model or encoder is needed. */
export const FIRST_LOAD_BUDGET = 350_000;

export interface FetchedScript {
  name: string;
  /** Bytes after gzip. */
  gzip: number;
}

/** Follows a page from before its first address; what it returns lists every script fetched so far, by the page or its workers. */
export function watchScripts(page: Page): () => Promise<FetchedScript[]> {
  const found = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (/\.m?js$/.test(pathname) && !found.has(pathname)) found.set(pathname, response.body());
  });
  return () => Promise.all([...found].map(async ([pathname, body]) => ({ name: path.posix.basename(pathname), gzip: gzipSync(await body).length })));
}

export const gzipBytes = (scripts: readonly FetchedScript[]): number => scripts.reduce((sum, s) => sum + s.gzip, 0);
