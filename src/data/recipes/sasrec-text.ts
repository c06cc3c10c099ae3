/** "user item" lines as SASRec uses them: one interaction a line, users one after the other, each in order of time. */
import { createInteractions } from '../read/interactions';
import { Problem } from '../../core/problem';
import { progressOf, rawTable, sourceFile, startLines, type Candidate, type Recipe } from './recipe';

function find(files: readonly Candidate[]): Candidate | null {
  if (files.length !== 1) return null;
  const lines = startLines(files[0]!).filter(Boolean);
  let user = 0;
  for (const line of lines) {
    const cells = /^(\d+) (\d+)$/.exec(line);
    if (!cells || Number(cells[1]) < user) return null;
    user = Number(cells[1]);
  }
  return lines.length >= 2 ? files[0]! : null;
}

export const sasrecText: Recipe = {
  id: 'sasrec-text',
  name: 'SASRec "user item" text',

  recognise(files) {
    const file = find(files);
    return file && `Every line of "${file.source.name}" is a user number, a space and an item number, and the users come one after the other: their rows are taken to be in order of time.`;
  },

  async read(files, ctx) {
    const file = find(files);
    if (!file) throw new Problem('This is not one file of "user item" lines.', { file: files[0]?.source.key }, 'Use the mapping step instead.');
    const interactions = createInteractions(false, false);
    const table = await rawTable(file, { delimiter: ' ', header: false, names: ['user', 'item'] }, ctx);
    const rows = await interactions.read(table, { user: [0], item: [1], time: null, value: null, about: [], looseItem: false }, ctx.rejected, progressOf(file, ctx));
    return { sources: [sourceFile(file, 'interactions', rows, ctx)], interactions: interactions.done(), users: null, items: null, notes: ['There are no times: the order of the rows is taken as the order of time.'] };
  },
};
