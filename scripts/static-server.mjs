// Serves a built folder: right types, long cache for hashed files, real 404s, security headers.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const zip = promisify(gzip);

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.onnx': 'application/octet-stream',
  '.bin': 'application/octet-stream',
};

// blob: scripts: onnxruntime loads its module through a blob URL, threaded builds start their workers from one.
// The model hub is listed because the page may try it, after asking, when the weights are not served beside it.
const policy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval' blob:",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' blob: data: https://huggingface.co https://*.huggingface.co https://*.hf.co",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Files whose name carries a content hash never change. */
const hashed = /\/assets\/.+-[\w-]{8,}\.\w+$/;
const compressible = /^(text|application\/(json|wasm))|svg/;

/**
 * @param {string} root folder to serve
 * @param {{ isolated?: boolean }} options isolated: send the headers that allow threads (default yes)
 */
export function createStaticServer(root, { isolated = true } = {}) {
  const cache = new Map();
  const base = {
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), interest-cohort=()',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(isolated ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } : {}),
  };

  return http.createServer(async (request, response) => {
    const end = (status, text) => {
      response.writeHead(status, { ...base, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : text);
    };
    try {
      if (request.method !== 'GET' && request.method !== 'HEAD') return end(405, 'Only GET and HEAD are answered here.');
      let pathname;
      try {
        pathname = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
      } catch {
        return end(400, 'This address cannot be read.');
      }
      if (pathname.includes('\0')) return end(400, 'This address cannot be read.');
      if (pathname.endsWith('/')) pathname += 'index.html';
      const file = path.join(root, pathname);
      if (file !== root && !file.startsWith(root + path.sep)) return end(404, 'Not found.');
      const facts = await stat(file).catch(() => null);
      if (!facts?.isFile()) return end(404, `There is no file ${pathname}.`);

      const type = types[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
      const etag = `"${createHash('sha1').update(`${file}:${facts.size}:${facts.mtimeMs}`).digest('base64url')}"`;
      const headers = {
        ...base,
        'Content-Type': type,
        ETag: etag,
        Vary: 'Accept-Encoding',
        'Cache-Control': hashed.test(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache',
      };
      if (request.headers['if-none-match'] === etag) {
        response.writeHead(304, headers);
        return response.end();
      }
      const wantsGzip = compressible.test(type) && facts.size > 1024 && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
      if (wantsGzip) {
        let body = cache.get(etag);
        if (!body) {
          body = await zip(await readFile(file), { level: 6 });
          cache.set(etag, body);
        }
        response.writeHead(200, { ...headers, 'Content-Encoding': 'gzip', 'Content-Length': body.length });
        return response.end(request.method === 'HEAD' ? undefined : body);
      }
      response.writeHead(200, { ...headers, 'Content-Length': facts.size });
      if (request.method === 'HEAD') return response.end();
      createReadStream(file).on('error', () => response.destroy()).pipe(response);
    } catch {
      if (!response.headersSent) end(500, 'The server could not read this file.');
      else response.destroy();
    }
  });
}

/** Listens on `port`, or on the next free one. 'localhost' means 127.0.0.1: what it resolves to first differs between machines, and browsers try both. @returns {Promise<number>} the port in use */
export async function listen(server, port, host = 'localhost', tries = 20) {
  for (let k = 0; k < tries; k++) {
    const taken = await new Promise((resolve, reject) => {
      const onError = (e) => (e.code === 'EADDRINUSE' ? resolve(true) : reject(e));
      server.once('error', onError);
      server.listen(port + k, host === 'localhost' ? '127.0.0.1' : host, () => {
        server.off('error', onError);
        resolve(false);
      });
    });
    if (!taken) return server.address().port;
  }
  throw new Error(`Ports ${port} to ${port + tries - 1} are all taken. Choose another: npm start -- --port N`);
}
