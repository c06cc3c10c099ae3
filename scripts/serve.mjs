// npm start: builds the workbench if needed and serves it.
//   npm start [-- --port N] [--host H] [--no-build] [--no-isolation]
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createStaticServer, listen } from './static-server.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** COLDWAVE_DIST serves a build that lies elsewhere. */
const dist = path.resolve(root, process.env.COLDWAVE_DIST ?? 'dist');

let options;
try {
  options = parseArgs({
    options: { port: { type: 'string', default: process.env.PORT ?? '4173' }, host: { type: 'string', default: 'localhost' }, build: { type: 'boolean', default: true }, isolation: { type: 'boolean', default: true } },
    allowNegative: true,
  }).values;
} catch (error) {
  console.error(`${error.message}\nusage: npm start [-- --port N] [--host H] [--no-build] [--no-isolation]`);
  process.exit(2);
}
const port = Number(options.port);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`--port must be a whole number from 0 to 65535; received ${options.port}.`);
  process.exit(2);
}

/** Newest change below a file or folder, in ms. */
function newest(entry) {
  if (!existsSync(entry)) return 0;
  const facts = statSync(entry);
  if (!facts.isDirectory()) return facts.mtimeMs;
  return Math.max(facts.mtimeMs, ...readdirSync(entry).map((name) => newest(path.join(entry, name))));
}
const sources = ['src', 'workers', 'public', 'index.html', 'vite.config.ts', 'package.json', 'package-lock.json'].map((n) => path.join(root, n));
const built = path.join(dist, 'index.html');
if (options.build && (!existsSync(built) || statSync(built).mtimeMs < Math.max(...sources.map(newest)))) {
  console.log('Building the workbench …');
  const { build } = await import('vite');
  await build({ root, logLevel: 'warn' });
}
if (!existsSync(built)) {
  console.error('There is no build yet: run "npm run build", or start without --no-build.');
  process.exit(1);
}

const server = createStaticServer(dist, { isolated: options.isolation });
try {
  const used = await listen(server, port, options.host);
  if (used !== port && port !== 0) console.log(`Port ${port} is taken.`);
  console.log(`Coldwave is ready: http://${options.host}:${used}/   (Ctrl C ends it)`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.close(() => process.exit(0)).closeAllConnections());
