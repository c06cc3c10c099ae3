import { strToU8, unzipSync, zipSync } from 'fflate';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Problem } from '../core/problem';
import { inspect } from './inspect';
import { expand } from './read/expand';

const file = (name: string, bytes: Uint8Array): File => new File([bytes as BlobPart], name);

test('whatever bytes are dropped: an inspection or a Problem, never another error', async () => {
  const text = fc.array(fc.constantFrom('user', 'item', '1', '2.5', ',', ';', '\t', '|', '::', ' ', '"', '\n', '\r\n', '[', "'", 'é', '\u0000', '2020-01-01')).map((p) => strToU8(p.join('')));
  const anything = fc.oneof(fc.uint8Array({ maxLength: 300 }), text, text.map((t) => Uint8Array.from([0xff, 0xfe, ...t])), text.map((t) => Uint8Array.from([0x1f, 0x8b, 8, ...t])), text.map((t) => Uint8Array.from([0x50, 0x4b, 3, 4, ...t])));
  await fc.assert(
    fc.asyncProperty(anything, async (bytes) => {
      try {
        const { files } = await inspect([file('x.csv', bytes)]);
        for (const f of files) for (const c of f.columns) expect(c.reason).not.toBe('');
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
      }
    }),
    { numRuns: 300 },
  );
});

test('a zip that is cut off or changed in one byte never gives other contents than the sound one', async () => {
  const inner = strToU8('user,item\n' + 'a,x\nb,y\nc,z\n'.repeat(40));
  const zip = zipSync({ 'a.csv': inner }, { level: 6 });
  expect(unzipSync(zip)['a.csv']).toEqual(inner);
  const damage = fc.oneof(
    fc.nat(zip.length - 1).map((n) => zip.slice(0, n)),
    fc.tuple(fc.nat(zip.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, x]) => zip.map((b, k) => (k === at ? b ^ x : b))),
  );
  await fc.assert(
    fc.asyncProperty(damage, async (bytes) => {
      try {
        const { sources } = await expand([file('z.zip', bytes)]);
        for (const s of sources.filter((x) => x.key.startsWith('z.zip/'))) {
          const got: number[] = [];
          for await (const part of s.open()) got.push(...part);
          expect(got).toEqual([...inner]);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
      }
    }),
    { numRuns: 400 },
  );
});
