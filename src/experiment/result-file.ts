/** Where the command line's result goes: one document to a file or to standard output, or a table. Node only. */
import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf, Problem } from '../core/problem';
import { fromHere } from './read-input';

/**
 * The file that --json names; null for standard output. Looked at before hours of training rather than after.
 * @throws Problem when it cannot be written there
 */
export function resultFile(json: string | null): string | null {
  if (json === null || json === '-') return null;
  const target = fromHere(json);
  if (statSync(target, { throwIfNoEntry: false })?.isDirectory()) throw new Problem('The result cannot be written there: that is a folder.', { file: json }, `Name a file in it: ${path.join(json, 'run.json')}.`);
  try {
    accessSync(path.dirname(target), constants.W_OK);
  } catch {
    throw new Problem('The result cannot be written there.', { file: json }, 'Choose a folder that exists and may be written to.');
  }
  return target;
}

/** All or nothing: a reader never sees half a document. */
function writeWhole(target: string, content: string): void {
  const part = `${target}.${process.pid}.part`;
  try {
    writeFileSync(part, content);
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw new Problem(`The result could not be written: ${messageOf(error)}`, { file: target }, 'Choose another place for it.');
  }
}

/** @param target as `resultFile` gave it */
export function deliver(json: string | null, target: string | null, record: unknown, table: string, say: (line: string) => void): void {
  const document = `${JSON.stringify(record, null, 1)}\n`;
  if (target !== null) {
    writeWhole(target, document);
    say(`Written to ${json}.`);
  } else process.stdout.write(json === '-' ? document : `${table}\n`);
}
