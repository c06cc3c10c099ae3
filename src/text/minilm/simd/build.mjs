// Compiles minilm.as with AssemblyScript and writes binary.ts (the module as base64).
//   node src/text/minilm/simd/build.mjs          build
//   node src/text/minilm/simd/build.mjs --check  exit 1 when binary.ts is not what the source gives
import { buildKernels } from '../../../../scripts/assemblyscript.mjs';

await buildKernels(new URL('./', import.meta.url), 'minilm');
