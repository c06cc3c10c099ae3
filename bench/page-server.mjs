// Serves a build for bench/page.ts: node bench/page-server.mjs PORT [--plain]. --plain leaves out the headers that allow threads.
// COLDWAVE_DIST names another folder than dist/.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createStaticServer, listen } from '../scripts/static-server.mjs';

const dist = path.resolve(import.meta.dirname, '..', process.env.COLDWAVE_DIST ?? 'dist');
if (!existsSync(path.join(dist, 'index.html'))) {
  console.error(`There is no build in ${path.basename(dist)}/: run "npm run build" first.`);
  process.exit(1);
}
await listen(createStaticServer(dist, { isolated: !process.argv.includes('--plain') }), Number(process.argv[2]), 'localhost', 1);
