import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unzipFile, zipFiles } from './archive';

describe('archives', () => {
  it('give every entry back to the byte, however short or regular', async () => {
    const content = fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.array(fc.constantFrom(0, 0, 0, 1, 63, 128), { maxLength: 60 }).map((a) => Uint8Array.from(a)));
    await fc.assert(
      fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 4 }), async (contents) => {
        const files = contents.map((c, i) => ({ name: `blocks/${i}.bin`, content: c }));
        const back = await unzipFile(await zipFiles(files));
        expect([...back]).toEqual(files.map((f) => [f.name, f.content]));
      }),
      { numRuns: 40 },
    );
  });
  it('can be opened by an ordinary zip program', async () => {
    const blob = await zipFiles([{ name: 'doubles.bin', content: new Uint8Array(Float64Array.from([1, 2, 3]).buffer) }]);
    const folder = mkdtempSync(join(tmpdir(), 'coldwave-'));
    try {
      writeFileSync(join(folder, 'a.zip'), Buffer.from(await blob.arrayBuffer()));
      const read = `import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);assert z.testzip() is None;print(z.read('doubles.bin').hex())`;
      let hex: string;
      try {
        hex = execFileSync('python3', ['-c', read, join(folder, 'a.zip')], { encoding: 'utf8' }).trim();
      } catch (error) {
        // Without Python on the machine there is no second opinion to be had; the round trip above still holds.
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
        throw error;
      }
      expect(hex).toBe('000000000000f03f00000000000000400000000000000840');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
