import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStaticServer, listen } from '../scripts/static-server.mjs';

let folder = '';
let server: Server;
let base = '';

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'coldwave-serve-'));
  mkdirSync(path.join(folder, 'site/assets'), { recursive: true });
  mkdirSync(path.join(folder, 'site/models'), { recursive: true });
  writeFileSync(path.join(folder, 'secret.txt'), 'outside');
  writeFileSync(path.join(folder, 'site/index.html'), '<!doctype html><title>x</title>'.padEnd(4000));
  writeFileSync(path.join(folder, 'site/assets/main-Ab3_xYz9.js'), 'export {}');
  writeFileSync(path.join(folder, 'site/models/a.wasm'), new Uint8Array([0, 97, 115, 109]));
  server = createStaticServer(path.join(folder, 'site'));
  base = `http://localhost:${await listen(server, 4790)}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the static server', () => {
  it('serves the page uncached, isolated and with a content security policy', async () => {
    const r = await fetch(base);
    expect(r.status).toBe(200);
    expect(r.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(r.headers.get('cache-control')).toBe('no-cache');
    expect(r.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(r.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(r.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(r.headers.get('x-content-type-options')).toBe('nosniff');
  });
  it('hashed files are cached for a year, .wasm has its type', async () => {
    expect((await fetch(`${base}assets/main-Ab3_xYz9.js`)).headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${base}models/a.wasm`)).headers.get('content-type')).toBe('application/wasm');
  });
  it('a missing model or data file is a 404, never the page', async () => {
    for (const name of ['models/none/config.json', 'data/none.csv', 'demo/none.csv']) {
      const r = await fetch(base + name);
      expect(r.status).toBe(404);
      expect(r.headers.get('content-type')).toContain('text/plain');
    }
  });
  it('an unchanged file answers 304', async () => {
    const etag = (await fetch(base)).headers.get('etag') ?? '';
    expect((await fetch(base, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  });
  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/..%2f..%2fsecret.txt'])('%s does not leave the folder', async (target) => {
    const status = await new Promise<number | undefined>((resolve) => {
      http.get({ host: 'localhost', port: new URL(base).port, path: target }, (r) => resolve(r.resume().statusCode)); // fetch would tidy the path first
    });
    expect(status).toBe(404);
  });
  it('other methods are refused, a broken address is a 400', async () => {
    expect((await fetch(base, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${base}%E0%A4%A`)).status).toBe(400);
  });
  it('a taken port means the next one', async () => {
    const second = createStaticServer(folder);
    const port = await listen(second, Number(new URL(base).port));
    expect(port).toBeGreaterThan(Number(new URL(base).port));
    second.close();
  });
  it('without isolation the two headers are absent', async () => {
    const plain = createStaticServer(path.join(folder, 'site'), { isolated: false });
    const port = await listen(plain, 4850);
    const r = await fetch(`http://localhost:${port}/`);
    expect(r.headers.get('cross-origin-opener-policy')).toBeNull();
    plain.closeAllConnections();
    plain.close();
  });
});
