// Compiles one AssemblyScript file and keeps the module as base64 beside it in binary.ts, or checks that it is up to date.
import asc from 'assemblyscript/asc';
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * @param {string} folder URL of the folder, with a slash at its end
 * @param {string} name file name without `.as`
 * With `--check` on the command line nothing is written: the process ends with 1 when binary.ts is not what the source gives.
 */
export async function buildKernels(folder, name) {
  const source = readFileSync(new URL(`${name}.as`, folder), 'utf8');
  let binary = null;
  const { error, stderr } = await asc.main(
    [`${name}.ts`, '-o', `${name}.wasm`, '--enable', 'simd', '--runtime', 'stub', '--importMemory', '--noExportMemory', '--initialMemory', '1', '--use', 'abort=', '-O3', '--noAssert', '--converge'],
    {
      readFile: (file) => (file === `${name}.ts` ? source : null),
      writeFile: (file, contents) => {
        if (file === `${name}.wasm`) binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || !binary) {
    process.stderr.write(`${stderr.toString()}\n${error?.message ?? 'no output'}\n`);
    process.exit(1);
  }
  const text = `// Made by build.mjs from ${name}.as: do not edit.\nexport const BINARY =\n  '${Buffer.from(binary).toString('base64')}';\n`;
  const target = new URL('binary.ts', folder);
  if (process.argv.includes('--check')) {
    const same = readFileSync(target, 'utf8') === text;
    process.stdout.write(same ? `binary.ts is what ${name}.as gives\n` : 'binary.ts is out of date: run build.mjs\n');
    process.exit(same ? 0 : 1);
  }
  writeFileSync(target, text);
  process.stdout.write(`binary.ts: ${binary.length} bytes\n`);
}
