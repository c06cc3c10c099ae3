/** A first look at dropped files: what they are, and a guess for the mapping step. */
import type { DataProgress, Inspection, InspectedFile, ReadOptions } from '../../workers/protocol';
import { Problem } from '../core/problem';
import { expand } from './read/expand';
import { guessFiles } from './read/guess-files';
import { openTable, type Table } from './read/table';
import { candidates, recogniseRecipe } from './recipes/recognise';

const PREVIEW_ROWS = 20;

/**
 * Every readable table with encoding, delimiter, header, preview and guessed roles; and the recipe, if one knows these files.
 * @param overrides by file key, e.g. after the user chose another encoding
 * @throws Problem when there is nothing to read
 */
export async function inspect(files: File[], overrides: Record<string, ReadOptions> = {}, onProgress?: (p: DataProgress) => void, signal?: AbortSignal): Promise<Inspection> {
  if (files.length === 0) throw new Problem('No file was chosen.', {}, 'Drop one or more files, or a zip.');
  onProgress?.({ label: 'Opening the files', done: 0, total: 0 });
  const { sources, skipped } = await expand(files, signal);
  const known = recogniseRecipe(await candidates(sources, signal));
  const tables: Table[] = [];
  let problem: unknown = null;
  for (const source of sources) {
    try {
      tables.push(await openTable(source, overrides[source.key], { signal, onDone: (done) => onProgress?.({ label: `Looking at ${source.name}`, done, total: source.size }) }));
    } catch (error) {
      // One bad file must not hide the good ones beside it; by itself it must say what is wrong.
      if (!(error instanceof Problem) || overrides[source.key] || (files.length === 1 && files[0]!.name === source.key)) throw error;
      problem ??= error;
      skipped.push({ name: source.key, reason: error.what });
    }
  }
  if (tables.length === 0 && problem) throw problem;
  const [only] = tables;
  if (tables.length === 1 && sources.length === 1 && only && only.sample.length === 0) throw new Problem('The file has a header and no rows.', { file: only.source.key, line: 1, value: only.shape.names.join(only.shape.delimiter) }, 'Choose a file with rows below the header.');
  const guesses = guessFiles(tables);
  return {
    recipe: known && { id: known.recipe.id, name: known.recipe.name, reason: known.reason },
    files: tables.map((t, k): InspectedFile => {
      const { columns, role, reason } = guesses[k]!;
      return {
        key: t.source.key,
        name: t.source.name,
        bytes: t.source.size,
        encoding: t.source.records?.format ?? t.shape.encoding,
        encodingReason: t.source.records ? `${t.source.records.format} says itself what its columns are.` : t.shape.encodingReason,
        delimiter: t.source.records ? '' : t.shape.delimiter,
        header: t.shape.header,
        columns,
        preview: t.sample.slice(0, PREVIEW_ROWS),
        previewLines: t.sampleLines.slice(0, PREVIEW_ROWS),
        role,
        roleReason: reason,
      };
    }),
    skipped,
  };
}
