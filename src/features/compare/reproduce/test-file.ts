/** The file that says what is test, out of what a person brings: by itself, or from inside a zip. */
import { unzipSync } from 'fflate';
import { isTestFile, type PublishedTable } from '../../../analysis/claims';

type Wanted = NonNullable<PublishedTable['testFile']>;

/** Null where none of the files is it or holds it; what cannot be unpacked holds nothing. */
export async function findTestFile(files: readonly File[], wanted: Wanted): Promise<File | null> {
  for (const file of files) {
    if (isTestFile(wanted, file)) return file;
    const member = file.name.toLowerCase().endsWith('.zip') ? memberOf(new Uint8Array(await file.arrayBuffer()), wanted) : null;
    if (member) return new File([member], wanted.name, { type: 'text/plain' });
  }
  return null;
}

function memberOf(zip: Uint8Array, { name, bytes }: Wanted): Uint8Array<ArrayBuffer> | null {
  try {
    // Only the one member is unpacked, and only at the size it must have.
    const found = unzipSync(zip, { filter: (entry) => entry.name.split('/').at(-1) === name && entry.originalSize === bytes });
    return (Object.values(found)[0] as Uint8Array<ArrayBuffer> | undefined) ?? null;
  } catch {
    return null;
  }
}
