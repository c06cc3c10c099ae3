/** The headless runner: npm run -s experiment -- --help. Result to a file or standard output, progress to standard error. */
import { countsOf } from '../core/dataset';
import { Problem } from '../core/problem';
import { allowThreads } from '../core/threads/allowance';
import { clean } from '../data/clean/clean';
import { catalogue } from '../models/catalogue';
import { membersOf } from '../models/members';
import { INTERRUPTED, listenForInterrupts, wasInterrupted } from './interrupt';
import { namedModel, settings } from './model-settings';
import { parseCommand, type Options } from './options';
import { say } from './progress-lines';
import { rankingRuns } from './ranking-command';
import { isPrediction, ratingRuns } from './ratings/command';
import { readInput } from './read-input';
import { resultFile } from './result-file';
import { searchSpace } from './search-options';
import { modelText, USAGE } from './usage';

declare const __COLDWAVE_ROOT__: string;

/** What can be refused is refused before anything is read. */
async function run(o: Options): Promise<void> {
  allowThreads(o.threads ?? undefined);
  const target = resultFile(o.json);
  const { card, words, ...named } = namedModel(o.model);
  const prediction = isPrediction(card, o.ratings, o.given);
  const chosen = settings({ epochs: o.epochs, preset: o.preset ?? named.preset, params: { ...named.params, ...o.params } }, card, say);
  membersOf(card, chosen.params);
  if (o.search) searchSpace(card, o.search);
  if (words !== null) say(words);
  const started = performance.now();
  say('Reading …');
  const read = await readInput(o.source, __COLDWAVE_ROOT__, () => {});
  for (const note of read.notes) say(note);
  for (const r of read.rejected.reasons) say(`Left out: ${r.count} rows of ${r.file}: ${r.reason} (first in line ${r.firstLine}).`);
  const { data } = clean(read.raw, o.rules);
  const counts = countsOf(data);
  say(`${data.name}: ${counts.interactions} interactions, ${counts.users} users, ${counts.items} items.`);
  await (prediction ? ratingRuns : rankingRuns)({ o, card, chosen, read, data, target, started });
}

async function main(): Promise<number> {
  try {
    const command = parseCommand(process.argv.slice(2));
    if (command.kind === 'help') process.stdout.write(command.model === null ? USAGE : `${modelText(namedModel(command.model).card, true)}\n`);
    else if (command.kind === 'list-models') process.stdout.write(`${catalogue.map((card) => modelText(card)).join('\n\n')}\n`);
    else await run(command.options);
    return 0;
  } catch (error) {
    if (error instanceof Problem && wasInterrupted()) {
      // Its remedy speaks of buttons.
      say(`experiment: ${error.what}`);
      return INTERRUPTED;
    }
    if (error instanceof Problem) {
      say(`experiment: ${error.message}`);
      return 2;
    }
    const traced = Boolean(process.env['COLDWAVE_TRACE']) && error instanceof Error;
    say(`experiment: ${error instanceof Error ? (traced ? (error.stack ?? error.message) : error.message) : String(error)}`);
    if (!traced) say('This is a fault of the program, not of what you typed. With COLDWAVE_TRACE=1 before the command it says where it happened.');
    return 1;
  }
}

listenForInterrupts(say);
// Whoever reads our output may have had enough (| head).
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.stderr.on('error', () => {});
// A pipe may take its time: leave when it has everything, and let worker threads of the engine end with the process.
main().then((code) => {
  process.exitCode = code;
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
});
