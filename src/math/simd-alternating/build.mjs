// Compiles alternating.as with AssemblyScript and writes binary.ts (the module as base64).
//   node src/math/simd-alternating/build.mjs          build
//   node src/math/simd-alternating/build.mjs --check  exit 1 when binary.ts is not what the source gives
import { buildKernels } from '../../../scripts/assemblyscript.mjs';

await buildKernels(new URL('./', import.meta.url), 'alternating');
