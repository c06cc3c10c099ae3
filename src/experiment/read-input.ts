/** From the command line's file names to a frozen data set. Node only. */
import { existsSync, openAsBlob, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { TextVectors } from '../core/dataset';
import { messageOf, Problem } from '../core/problem';
import type { LoadedData } from '../../workers/protocol';
import { loadDemo } from '../data/demo/load-demo';
import { inspect } from '../data/inspect';
import { load } from '../data/load';
import { mappingFromOptions, readOptionsOf } from '../data/mapping-from-options';
import type { Options } from './options';

export interface Read extends Omit<LoadedData, 'seconds'> {
  vectors: TextVectors[];
}

/** npm changes into the package's folder; file names are meant from where the command was typed. */
export function fromHere(name: string): string {
  const typedIn = process.env['npm_lifecycle_event'] === 'experiment' ? process.env['INIT_CWD'] : undefined;
  return path.resolve(typedIn ?? process.cwd(), name);
}

/** @throws Problem when there is no such file, or it cannot be read */
export async function fileAt(name: string): Promise<File> {
  const at = fromHere(name);
  if (!existsSync(at)) throw new Problem('There is no such file.', { file: name }, 'Check the name and the folder.');
  if (statSync(at).isDirectory()) throw new Problem('That is a folder, not a file.', { file: name }, 'Name the file itself: the zip, or each table with an option of its own.');
  try {
    return new File([await openAsBlob(at)], path.basename(at));
  } catch (error) {
    throw new Problem(`The file cannot be opened: ${messageOf(error)}`, { file: name }, 'Check that it is a file and may be read.');
  }
}

export async function readInput(source: Options['source'], root: string, onProgress: (label: string, done: number, total: number) => void): Promise<Read> {
  const progress = (p: { label: string; done: number; total: number }): void => onProgress(p.label, p.done, p.total);
  if (source.kind === 'demo') {
    return loadDemo(async (name) => {
      const file = path.join(root, 'public', 'demo', name);
      if (!existsSync(file)) throw new Problem('A file of the demo data is missing.', { file: `public/demo/${name}` }, 'Make it anew with "npm run demo-data".');
      const bytes = readFileSync(file);
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    });
  }
  if (source.kind === 'recipe') {
    // Recognised by contents; a file that is none of the known sets is refused with a word about --interactions.
    return { ...(await load({ files: await Promise.all(source.files.map(fileAt)) }, progress)), vectors: [] };
  }
  const { mapping } = source;
  const files = await Promise.all([mapping.interactions, mapping.users, mapping.items].filter((name) => name !== undefined).map(fileAt));
  // Column names must be looked for under the same delimiter, header and encoding that the file is read with.
  const said = readOptionsOf(mapping);
  const keys = Object.keys(said).length > 0 ? (await inspect(files)).files.map((f) => f.key) : [];
  const inspection = await inspect(files, Object.fromEntries(keys.map((key) => [key, said])), progress);
  return { ...(await load({ files, mapping: mappingFromOptions(inspection, mapping) }, progress)), vectors: [] };
}
