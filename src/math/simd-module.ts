/** A small WebAssembly module from its base64 text, compiled once and at once (a few hundred bytes), on a memory of the caller's. */

const PAGE = 65536;
const compiled = new Map<string, WebAssembly.Module | null>();

/** Null where SIMD does not run: the slow twin then does the work. */
function moduleOf(base64: string): WebAssembly.Module | null {
  const known = compiled.get(base64);
  if (known !== undefined) return known;
  const bytes = Uint8Array.from(atob(base64), (ch) => ch.charCodeAt(0));
  const made = typeof WebAssembly !== 'undefined' && WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  compiled.set(base64, made);
  return made;
}

export interface SimdMemory<Kernels> {
  kernels: Kernels;
  /**
   * Makes the memory at least this large. Views of it made before are then empty.
   * @returns its buffer, or null where so much is refused
   */
  atLeast(bytes: number): ArrayBuffer | null;
}

/** Kernels with a memory of their own; null where SIMD does not run. */
export function simdMemory<Kernels>(base64: string): SimdMemory<Kernels> | null {
  const module = moduleOf(base64);
  if (!module) return null;
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return {
    kernels: exports as unknown as Kernels,
    atLeast(bytes) {
      const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
      try {
        if (missing > 0) memory.grow(missing);
        return memory.buffer;
      } catch {
        return null;
      }
    },
  };
}
