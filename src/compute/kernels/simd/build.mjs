// Compiles the .as files beside it, as one module, with AssemblyScript and writes binary.ts (two flavours of the module as base64).
//   node src/compute/kernels/simd/build.mjs          build
//   node src/compute/kernels/simd/build.mjs --check  exit 1 when binary.ts is not what the source gives
import asc from 'assemblyscript/asc';
import { readFileSync, writeFileSync } from 'node:fs';

const here = new URL('./', import.meta.url);
const source = ['kernels.as', 'sequence.as', 'parts.as', 'pairs.as', 'pairs-back.as', 'layers.as', 'optimisers.as', 'top.as'].map((name) => readFileSync(new URL(name, here), 'utf8')).join('\n');
/** @param {string[]} more options of this flavour */
async function compiled(more) {
  let binary = null;
  const options = ['kernels.ts', '-o', 'kernels.wasm', '--enable', 'simd', '--enable', 'bulk-memory', ...more, '--runtime', 'stub', '--importMemory', '--noExportMemory', '--initialMemory', '1', '--use', 'abort=', '-O3', '--noAssert', '--converge'];
  const { error, stderr } = await asc.main(options, {
    readFile: (name) => (name === 'kernels.ts' ? source : null),
    writeFile: (name, contents) => {
      if (name === 'kernels.wasm') binary = contents;
    },
    listFiles: () => [],
  });
  if (!error && binary) return Buffer.from(binary).toString('base64');
  process.stderr.write(`${stderr.toString()}\n${error?.message ?? 'no output'}\n`);
  process.exit(1);
}
const [plain, relaxed] = [await compiled([]), await compiled(['--enable', 'relaxed-simd'])];
const text = `// Made by build.mjs from the .as files beside it: do not edit.\nexport const BINARY =\n  '${plain}';\n/** With fused multiply-add, for browsers that have relaxed SIMD. */\nexport const RELAXED =\n  '${relaxed}';\n`;
const target = new URL('binary.ts', here);
if (process.argv.includes('--check')) {
  const same = readFileSync(target, 'utf8') === text;
  process.stdout.write(same ? 'binary.ts is what kernels.as gives\n' : 'binary.ts is out of date: run build.mjs\n');
  process.exit(same ? 0 : 1);
}
writeFileSync(target, text);
process.stdout.write(`binary.ts: ${text.length} characters\n`);
