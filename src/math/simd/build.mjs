// Compiles symmetric.as with AssemblyScript and writes binary.ts (the module as base64).
//   node src/math/simd/build.mjs          build
//   node src/math/simd/build.mjs --check  exit 1 when binary.ts is not what the source gives
import asc from 'assemblyscript/asc';
import { readFileSync, writeFileSync } from 'node:fs';

const here = new URL('./', import.meta.url);
const source = readFileSync(new URL('symmetric.as', here), 'utf8');
let binary = null;
const { error, stderr } = await asc.main(
  ['symmetric.ts', '-o', 'symmetric.wasm', '--enable', 'simd', '--runtime', 'stub', '--importMemory', '--noExportMemory', '--initialMemory', '1', '--use', 'abort=', '-O3', '--noAssert', '--converge'],
  {
    readFile: (name) => (name === 'symmetric.ts' ? source : null),
    writeFile: (name, contents) => {
      if (name === 'symmetric.wasm') binary = contents;
    },
    listFiles: () => [],
  },
);
if (error || !binary) {
  process.stderr.write(`${stderr.toString()}\n${error?.message ?? 'no output'}\n`);
  process.exit(1);
}
const text = `// Made by build.mjs from symmetric.as: do not edit.\nexport const BINARY =\n  '${Buffer.from(binary).toString('base64')}';\n`;
const target = new URL('binary.ts', here);
if (process.argv.includes('--check')) {
  const same = readFileSync(target, 'utf8') === text;
  process.stdout.write(same ? 'binary.ts is what symmetric.as gives\n' : 'binary.ts is out of date: run build.mjs\n');
  process.exit(same ? 0 : 1);
}
writeFileSync(target, text);
process.stdout.write(`binary.ts: ${binary.length} bytes\n`);
