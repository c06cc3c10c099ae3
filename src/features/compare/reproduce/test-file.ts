/** The file that says what is test, out of what a person brings: by itself, or from inside a zip. */
import { unzipSync } from 'fflate';
import { isTestFile, type PublishedTable } from '../../../analysis/claims';

type Wanted = NonNullable<PublishedTable['testFile']>;

/** Null where none of the files is it or holds it; what cannot be read (moved since it was chosen, larger than memory) or unpacked holds nothing. */
export async function findTestFile(files: readonly File[], wanted: Wanted): Promise<File | null> {
  for (const file of files) {
    if (isTestFile(wanted, file)) return file;
    const member = file.name.toLowerCase().endsWith('.zip') ? await memberOf(file, wanted) : null;
    if (member) return new File([member], wanted.name, { type: 'text/plain' });
  }
  return null;
}

async function memberOf(file: File, { name, bytes }: Wanted): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const zip = new Uint8Array(await file.arrayBuffer());
    // Only the one member is unpacked, and only at the size it must have.
    const found = unzipSync(zip, { filter: (entry) => entry.name.split('/').at(-1) === name && entry.originalSize === bytes });
    return (Object.values(found)[0] as Uint8Array<ArrayBuffer> | undefined) ?? null;
  } catch {
    return null;
  }
}
