/** Runs as files, of either task: each file goes to the list it belongs to. */
import { RATING_FORMAT } from '../core/rating-run';
import { ratings } from './ratings';
import { importRuns } from './runs';

/** Whether this text is a rating run, or a list of them. Anything else is left to the reader of runs, which says what is wrong. */
export function holdsRatings(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    const first: unknown = Array.isArray(document) ? document[0] : document;
    return typeof first === 'object' && first !== null && 'format' in first && first.format === RATING_FORMAT;
  } catch {
    return false;
  }
}

export async function importAnyRuns(files: readonly File[]): Promise<void> {
  const held = await Promise.all(files.map(async (file) => ({ file, rates: holdsRatings(await file.text()) })));
  const of = (rates: boolean): File[] => held.filter((f) => f.rates === rates).map((f) => f.file);
  if (of(false).length > 0) await importRuns(of(false));
  if (of(true).length > 0) await ratings.importRuns(of(true));
}
