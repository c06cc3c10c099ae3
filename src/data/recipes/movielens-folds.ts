/** The published folds of MovieLens 100K: u1.test … u5.test, five tests that share no rating and together are the whole. */
import type { PublishedFolds, SourceFile } from '../../core/dataset';
import type { RecipeContext, RecipeResult } from './recipe';
import { readRaw, type Candidate } from './recipe';

const COUNT = 5;

/** u1.test … u5.test by their names, which is all that tells them apart; null unless all are there. */
export function foldFiles(files: readonly Candidate[]): Candidate[] | null {
  const found = Array.from({ length: COUNT }, (_, k) => files.find((f) => f.source.name === `u${k + 1}.test`));
  return found.every((f) => f !== undefined) ? found : null;
}

/**
 * Which fold tests each rating, by its row in u.data.
 * @returns folds null, with a note, where the five files are not five parts of these ratings
 */
export async function readFolds(files: readonly Candidate[], { user, item, row }: RecipeResult['interactions'], ctx: RecipeContext): Promise<{ folds: PublishedFolds | null; sources: SourceFile[]; notes: string[] }> {
  const at = new Map<string, number>();
  for (let k = 0; k < row.length; k++) at.set(`${user.levels[user.codes[k]!]}\t${item.levels[item.codes[k]!]}`, row[k]!);
  let rows = 0;
  for (const r of row) rows = Math.max(rows, r + 1);
  const of = new Uint8Array(rows);
  const sources: SourceFile[] = [];
  let strangers = 0;
  let twice = 0;
  for (const [k, file] of files.entries()) {
    sources.push(await readRaw(file, { delimiter: '\t', header: false, names: ['user id', 'item id', 'rating', 'timestamp'] }, 'other', ctx, (block) => {
      for (const cells of block.rows) {
        const r = at.get(`${cells[0]}\t${cells[1]}`);
        if (r === undefined) strangers++;
        else {
          if (of[r] !== 0) twice++;
          of[r] = k + 1;
        }
      }
    }));
  }
  const whole = strangers === 0 && twice === 0;
  return {
    folds: whole ? { name: 'u1 to u5', count: COUNT, of } : null,
    sources,
    notes: [whole ? 'The archive brings five published folds (u1 to u5): rating prediction can use them.' : `The files u1.test to u5.test are no folds of these ratings (${strangers} unknown rows, ${twice} in two folds), so they are not used.`],
  };
}
