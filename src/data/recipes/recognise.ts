/** All recipes, and the search for the one that fits. Adding a recipe is one file and one line here. */
import { Problem } from '../../core/problem';
import { head, type ByteSource } from '../read/byte-source';
import { windows1252 } from '../read/encoding';
import { hetrecLastfm } from './hetrec-lastfm';
import { movielens100k } from './movielens-100k';
import { movielens1m } from './movielens-1m';
import { ncfMl1m } from './ncf-ml-1m';
import { sasrecText } from './sasrec-text';
import type { Candidate, Recipe } from './recipe';

const recipes: readonly Recipe[] = [ncfMl1m, hetrecLastfm, movielens100k, movielens1m, sasrecText];

const START_BYTES = 2 ** 16;

export async function candidates(sources: readonly ByteSource[], signal?: AbortSignal): Promise<Candidate[]> {
  const out: Candidate[] = [];
  for (const source of sources) {
    const bytes = await head(source, START_BYTES, signal);
    // A file shorter than the start gets a line end, so that its last line counts as complete.
    out.push({ source, start: windows1252(bytes).replace(/^ï»¿/, '') + (bytes.length < START_BYTES ? '\n' : '') });
  }
  return out;
}

export function recogniseRecipe(files: readonly Candidate[]): { recipe: Recipe; reason: string } | null {
  for (const recipe of recipes) {
    const reason = recipe.recognise(files);
    if (reason) return { recipe, reason };
  }
  return null;
}

export function recipeOf(id: string): Recipe {
  const recipe = recipes.find((r) => r.id === id);
  if (!recipe) throw new Problem(`There is no recipe named "${id}".`, {}, `The recipes are: ${recipes.map((r) => r.id).join(', ')}.`);
  return recipe;
}
