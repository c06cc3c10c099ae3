/** Makes a compiled module use shared memory by changing the limits of its memory, where it declares or imports it. No code changes. */

/** Unsigned LEB128 at `at`. @returns value and the place behind it */
function leb(bytes: Uint8Array, at: number): [value: number, next: number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const b = bytes[at++];
    if (b === undefined) throw new Error('The module ends in the middle of a number.');
    value += (b & 127) * 2 ** shift;
    if (b < 128) return [value, at];
  }
}
function lebOf(value: number): number[] {
  const out: number[] = [];
  do {
    out.push((value % 128) | (value >= 128 ? 128 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return out;
}

const [IMPORTS, MEMORY] = [2, 5];
const [HAS_MAX, SHARED] = [1, 2];

/** Limits at `at` as shared ones. @param pages least maximum: an imported memory must not be larger than what the importer allows */
function shared(bytes: Uint8Array, at: number, pages: number): { text: number[]; next: number } {
  const flag = bytes[at]!;
  let [least, next] = leb(bytes, at + 1);
  let most = pages;
  if (flag & HAS_MAX) {
    [most, next] = leb(bytes, next);
    most = Math.max(most, pages);
  }
  return { text: [HAS_MAX | SHARED, ...lebOf(least), ...lebOf(most)], next };
}

/** Where the limits of the imported memory stand; null when none is imported. */
function importedLimits(bytes: Uint8Array, at: number): number | null {
  let [count, p] = leb(bytes, at);
  for (; count > 0; count--) {
    for (let name = 0; name < 2; name++) {
      const [length, from] = leb(bytes, p);
      p = from + length;
    }
    const kind = bytes[p++];
    if (kind === 2) return p;
    if (kind === 0) p = leb(bytes, p)[1];
    else if (kind === 1) {
      const flag = bytes[p + 1]!;
      p = leb(bytes, p + 2)[1];
      if (flag & HAS_MAX) p = leb(bytes, p)[1];
    } else p += 2;
  }
  return null;
}

/**
 * @param pages the largest size of the memory in pages of 64 KiB, raised to what the module says itself
 * @throws Error when the module neither declares nor imports a memory
 */
export function withSharedMemory(module: Uint8Array, pages: number): Uint8Array<ArrayBuffer> {
  for (let p = 8; p < module.length; ) {
    const id = module[p];
    const [size, from] = leb(module, p + 1);
    const limits = id === MEMORY ? leb(module, from)[1] : id === IMPORTS ? importedLimits(module, from) : null;
    if (limits !== null) {
      const { text, next } = shared(module, limits, pages);
      const length = limits - from + text.length + (from + size - next);
      const pieces = [module.subarray(0, p + 1), lebOf(length), module.subarray(from, limits), text, module.subarray(next)];
      const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
      let at = 0;
      for (const piece of pieces) {
        out.set(piece, at);
        at += piece.length;
      }
      return out;
    }
    p = from + size;
  }
  throw new Error('The module has no memory.');
}
