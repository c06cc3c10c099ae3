/**
 * Makes the demo data.
 *   npm run demo-data [-- --seed N] [--out DIR] [--no-vectors]
 */
import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../core/problem';
import { demoTables, generateDemo, truthFile, type DemoWorld } from '../data/demo/generate';
import type { Manifest } from '../data/demo/load-demo';
import { encodePack, type Pack } from '../data/demo/pack';
import { quantise } from '../data/demo/quantise';
import { DEMO } from '../data/demo/world';
import { createMiniLm } from '../text/minilm/encode';

declare const __COLDWAVE_ROOT__: string;
const USAGE = 'usage: npm run demo-data [-- --seed N] [--out DIR] [--no-vectors]';

const say = (line: string) => process.stderr.write(`${line}\n`);

/** MiniLM of title, lyrics and summary, int8. Vectors may differ in the last bits from machine to machine; tables and truth may not. */
async function vectorsOf(demo: DemoWorld): Promise<{ encoder: string; file: Uint8Array }> {
  const { embed, encoder, dim } = await createMiniLm({ modelRoot: path.join(__COLDWAVE_ROOT__, 'public', 'models') });
  const arrays: Pack['arrays'] = {};
  const columns = ['title', 'lyrics', 'summary'] as const;
  for (const column of columns) {
    say(`embedding ${demo.songs.length} × ${column} …`);
    const { vectors } = await embed(demo.songs.map((s) => s[column]));
    const { values, scales } = quantise(vectors, dim);
    arrays[`${column}.values`] = { shape: [demo.songs.length, dim], data: values };
    arrays[`${column}.scales`] = { shape: [demo.songs.length], data: scales };
  }
  return { encoder, file: encodePack({ meta: { encoder, dim, columns }, arrays }) };
}

async function makeDemoData(options: { seed: number; out: string; vectors: boolean }): Promise<Manifest> {
  const demo = generateDemo({ ...DEMO, seed: options.seed });
  const files: Record<string, Uint8Array> = { 'truth.bin': truthFile(demo) };
  for (const [name, content] of Object.entries(demoTables(demo))) files[name] = new TextEncoder().encode(content);
  let encoder: string | null = null;
  if (options.vectors) {
    const made = await vectorsOf(demo);
    encoder = made.encoder;
    files['vectors.bin'] = made.file;
  }
  const manifest: Manifest = {
    format: 'coldwave-demo',
    version: 1,
    seed: options.seed,
    counts: { users: demo.world.listeners.length, items: demo.world.songs.length, interactions: demo.plays.length },
    rescued: demo.rescued,
    encoder,
    files: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, { bytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') }])),
  };
  files['manifest.json'] = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
  await mkdir(options.out, { recursive: true });
  // Written beside and renamed, so that no half-written file is ever read.
  for (const [name, bytes] of Object.entries(files)) {
    const target = path.join(options.out, name);
    await writeFile(`${target}.part`, bytes);
    await rename(`${target}.part`, target);
  }
  if (!options.vectors) await rm(path.join(options.out, 'vectors.bin'), { force: true });
  return manifest;
}

async function main(args: string[]): Promise<number> {
  let values: { seed?: string; out?: string; 'no-vectors'?: boolean; help?: boolean };
  try {
    ({ values } = parseArgs({ args, options: { seed: { type: 'string' }, out: { type: 'string' }, 'no-vectors': { type: 'boolean' }, help: { type: 'boolean' } } }));
  } catch (error) {
    say(`${messageOf(error)}\n${USAGE}`);
    return 2;
  }
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const seed = Number(values.seed ?? DEMO.seed);
  if (!Number.isSafeInteger(seed) || seed < 0 || seed > 0xffffffff) {
    say(`--seed must be a whole number from 0 to 4294967295; received "${values.seed}".\n${USAGE}`);
    return 2;
  }
  const out = path.resolve(values.out ?? path.join(__COLDWAVE_ROOT__, 'public', 'demo'));
  const manifest = await makeDemoData({ seed, out, vectors: !values['no-vectors'] });
  const { users, items, interactions } = manifest.counts;
  const bytes = Object.values(manifest.files).reduce((sum, f) => sum + f.bytes, 0);
  say(`${users} users × ${items} songs × ${interactions} rows, ${(bytes / 1e6).toFixed(2)} MB, seed ${seed}, in ${out}`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
