import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { z } from './schema';

afterEach(() => vi.unstubAllGlobals());

it('reading a value by a schema never tries to generate code', () => {
  const made = vi.fn();
  vi.stubGlobal('Function', made);
  expect(z.object({ a: z.array(z.object({ b: z.number() })) }).parse({ a: [{ b: 1 }] })).toEqual({ a: [{ b: 1 }] });
  expect(made).not.toHaveBeenCalled();
});

it('no other file of the page takes zod as it is', () => {
  const root = path.resolve(import.meta.dirname, '../..');
  const files = ['src', 'workers'].flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)));
  const direct = files.filter((file) => /\.tsx?$/.test(file) && !file.includes(path.join('core', 'schema')) && /from 'zod'/.test(readFileSync(path.join(root, file), 'utf8')));
  expect(direct).toEqual([]);
});
