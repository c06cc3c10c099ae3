/** Files → frozen data set: by a recipe if one knows them, else by the given mapping. */
import type { DataProgress, LoadedData, Mapping } from '../../workers/protocol';
import { Problem } from '../core/problem';
import { assembleCoded } from './assemble';
import { assembleLone } from './assemble-lone';
import { checkInteractions, checkJoin, checkLone } from './plausible';
import { readMapped } from './read/mapped';
import { expand } from './read/expand';
import { breathe } from './read/macrotask';
import { createRejected } from './read/rejected';
import type { ByteSource } from './read/byte-source';
import { candidates, recipeOf, recogniseRecipe } from './recipes/recognise';
import type { RecipeContext, RecipeResult } from './recipes/recipe';

export type Loaded = LoadedData & { rejectedCsv(): string };

/**
 * Reads everything. Needs a recipe (given, or recognised when there is no mapping) or a mapping.
 * @throws Problem for whatever a user can put right; nothing is kept then
 */
export async function load(input: { files: File[]; name?: string; recipe?: string; mapping?: Mapping }, onProgress?: (p: DataProgress) => void, signal?: AbortSignal): Promise<Loaded> {
  const started = performance.now();
  onProgress?.({ label: 'Opening the files', done: 0, total: 0 });
  const { sources } = await expand(input.files, signal);
  const rejected = createRejected();
  const ctx: RecipeContext = {
    rejected,
    signal,
    onProgress: (label: string, source: ByteSource, done: number) => onProgress?.({ label: `${label} ${source.name}`, done, total: source.size }),
  };

  let result: RecipeResult;
  let recipe = 'mapped';
  let title = input.files.map((f) => f.name).join(', ');
  if (input.mapping && !input.recipe) result = await readMapped(sources, input.mapping, ctx);
  else {
    const found = await candidates(sources, signal);
    const known = input.recipe ? recipeOf(input.recipe) : recogniseRecipe(found)?.recipe;
    if (!known) throw new Problem('These files are not one of the known data sets, so it has to be said which column is user and which is item.', { file: title }, 'Map the columns: on the Data screen, or with --interactions and --columns.');
    result = await known.read(found, ctx);
    recipe = known.id;
    title = known.name;
  }
  await breathe(signal);
  onProgress?.({ label: 'Putting the tables together', done: 0, total: 0 });
  const about = { name: input.name ?? title, recipe };
  if (result.lone) checkLone(result, result.lone, rejected);
  else {
    checkInteractions(result, rejected);
    checkJoin(result);
  }
  const { data, notes } = result.lone ? assembleLone(result, result.lone, about) : assembleCoded({ ...result, ...about });
  return { raw: data, rejected: rejected.summary(), notes: [...result.notes, ...notes], seconds: (performance.now() - started) / 1000, rejectedCsv: () => rejected.csv() };
}
