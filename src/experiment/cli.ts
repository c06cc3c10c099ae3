/** The headless runner: npm run -s experiment -- --help. Result to a file or standard output, progress to standard error. */
import { accessSync, constants, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { version } from '../../package.json';
import type { TrainProgress } from '../../workers/protocol';
import { countsOf } from '../core/dataset';
import type { AnyModelCard } from '../core/model';
import { defaultsOf, type ParamSpec } from '../core/params';
import type { RunRecord } from '../core/run';
import { Problem } from '../core/problem';
import { clean } from '../data/clean/clean';
import { readTestFile } from '../data/test-file';
import { catalogue, cardOf } from '../models/catalogue';
import { usesTensors } from '../models/members';
import { allowThreads } from '../core/threads/allowance';
import { threadsHere } from '../core/threads/pool';
import { backendText } from './backend-text';
import { runExperiment } from './experiment';
import { settings, usage } from './model-settings';
import { parseCommand, USAGE, type Options } from './options';
import { foldsAsked, isPrediction, ratingRun } from './ratings/command';
import { ratingTable } from './ratings/table';
import { fileAt, fromHere, readInput } from './read-input';
import { resultTable } from './result-table';
import { RunControl } from './run-control';
import { reviewLines, tuneFirst } from './search-command';
import { seedsTable } from './seeds-table';
import { embedColumn, followItems, learnColumn, textColumn } from './text-input';

declare const __COLDWAVE_ROOT__: string;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

function listModels(): string {
  const range = (s: ParamSpec): string =>
    s.kind === 'choice' ? s.options.map((x) => x.value).join(' | ') : s.kind === 'int' || s.kind === 'number' ? `${s.min} … ${s.max}` : s.kind === 'toggle' ? 'true | false' : s.kind === 'members' ? 'two to six models, each with a weight from 0 to 1' : 'column names, * for all';
  return catalogue.map((card) => {
    const defaults = defaultsOf(card.params) as Record<string, unknown>;
    const params = Object.entries(card.params as Record<string, ParamSpec>).map(([name, s]) => `    ${name}=${String(defaults[name])}  (${range(s)})  ${s.label}`);
    const presets = card.presets.map((p) => `    preset ${p.id}: ${p.label}`);
    return [`${card.id}  ${card.name}${card.task === 'predict' ? '  (--task predict)' : ''}`, `  ${card.chooseWhen}`, ...params, ...presets].join('\n');
  }).join('\n\n');
}

/** Fails before hours of training rather than after. */
function checkTarget(json: string | null): string | null {
  if (json === null || json === '-') return null;
  const target = fromHere(json);
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
    throw new Problem(`The result could not be written: ${error instanceof Error ? error.message : String(error)}`, { file: target }, 'Choose another place for it.');
  }
}

let phase = '';
function progressLine(p: TrainProgress): void {
  if (p.kind === 'phase') {
    // A line a phase; how far it is only where lines can be written over.
    if (process.stderr.isTTY && p.total > 1) process.stderr.write(`\r${p.label} ${p.done}/${p.total} … \r`);
    else if (p.label !== phase) say(`${p.label} …`);
    phase = p.label;
  }
  if (p.kind === 'ready') for (const note of p.split.notes) say(note);
  if (p.kind === 'batch' && process.stderr.isTTY) process.stderr.write(`\repoch ${p.epoch}/${p.epochs}  ${p.done}/${p.total}  loss ${p.loss.toFixed(4)} \r`);
  if (p.kind === 'epoch') {
    const e = p.record;
    const at = (slice: 'all' | 'warm' | 'cold'): string => e.validation?.[slice].metrics['NDCG@10']?.value.toFixed(4) ?? '–';
    say(`epoch ${e.epoch}  loss ${e.loss?.toFixed(4) ?? 'not a number'}  NDCG@10 ${at('all')} (warm ${at('warm')}, cold ${at('cold')})  ${e.seconds.toFixed(1)} s + ${e.evaluateSeconds.toFixed(1)} s to measure`);
    if (e.warning) say(`  ${e.warning}`);
  }
}

async function textFor(o: Options, card: AnyModelCard, read: Awaited<ReturnType<typeof readInput>>, data: typeof read.raw) {
  if (o.textColumn === null) return null;
  if (!card.needs.text) {
    say(`${card.name} reads no text: --text-column is ignored.`);
    return null;
  }
  const tell = (done: number, total: number): void => void (process.stderr.isTTY && process.stderr.write(`\r${done}/${total} \r`));
  if (o.encoder !== 'minilm') {
    say(`Learning ${o.encoder} from "${o.textColumn}" …`);
    return learnColumn(data, o.textColumn, o.encoder, tell);
  }
  const shipped = read.vectors.find((v) => v.column === o.textColumn);
  if (shipped) return followItems(shipped, read.raw.items, data.items);
  textColumn(data, o.textColumn);
  say(`Embedding "${o.textColumn}" …`);
  return embedColumn(data, o.textColumn, path.join(__COLDWAVE_ROOT__, 'public', 'models'), tell);
}

/** One JSON document to a file or standard output, or a table. */
function deliver(json: string | null, target: string | null, record: unknown, table: string): void {
  const document = `${JSON.stringify(record, null, 1)}\n`;
  if (target !== null) {
    writeWhole(target, document);
    say(`Written to ${json}.`);
  } else process.stdout.write(json === '-' ? document : `${table}\n`);
}

async function run(o: Options): Promise<void> {
  allowThreads(o.threads ?? undefined);
  const target = checkTarget(o.json);
  const card = usage(() => cardOf(o.model));
  const prediction = usage(() => isPrediction(card, o.ratings));
  const chosen = settings(o, card, say);
  const started = performance.now();
  say('Reading …');
  const read = await readInput(o.source, __COLDWAVE_ROOT__, () => {});
  for (const note of read.notes) say(note);
  for (const r of read.rejected.reasons) say(`Left out: ${r.count} rows of ${r.file}: ${r.reason} (first in line ${r.firstLine}).`);
  const { data } = clean(read.raw, o.rules);
  const split = data.listed && !o.splitChosen ? { ...o.split, protocol: 'listed' as const } : o.split;
  const counts = countsOf(data);
  say(`${data.name}: ${counts.interactions} interactions, ${counts.users} users, ${counts.items} items.`);
  if (prediction) {
    let ended = false;
    if (o.search) process.once('SIGINT', () => {
      say('Ending after the present trial; press again to abandon the run.');
      ended = true;
    });
    const search = o.search && (await tuneFirst(o.search, { data, split, card, params: chosen.params, text: null, seed: o.seed, patience: o.patience, folds: foldsAsked(data, o.ratings) }, say, () => ended));
    const record = await ratingRun(data, { card, params: chosen.params, ...search, ratings: o.ratings, cold: o.split.cold, seed: o.seed, build: version, say });
    deliver(o.json, target, record, ratingTable(record));
    return;
  }
  const testPairs = o.testFile === null ? undefined : await readTestFile(await fileAt(o.testFile));
  const loadSeconds = (performance.now() - started) / 1000;

  const text = await textFor(o, card, read, data);
  const engine = usesTensors(card, chosen.params) ? await import('../compute/backend') : null;
  const choice = engine ? await engine.chooseBackend(o.backend, { kernels: o.kernels, threads: o.threads ?? threadsHere() }) : null;
  if (choice) say(`Backend ${backendText(choice)}: ${choice.reason}`);
  const control = new RunControl();
  process.once('SIGINT', () => {
    say('Ending after the present batch; press again to abandon the run.');
    control.stop();
  });
  const search = o.search && (await tuneFirst(o.search, { data, split, card, params: chosen.params, text, seed: o.seed, patience: o.patience, ...(testPairs ? { testPairs } : {}) }, say, () => control.stopping));
  // Where there is no chance in a model, every repeat would be the same run.
  const seeds = o.seeds && card.deterministic ? o.seeds.slice(0, 1) : (o.seeds ?? [o.seed]);
  if (o.seeds && seeds.length < o.seeds.length) say(`There is no chance in ${card.name}: every seed gives the same result, so it runs once.`);
  const records: RunRecord[] = [];
  for (const seed of seeds) {
    if (records.length > 0 && control.stopping) break;
    const { record, recommender } = await runExperiment(
      {
        runId: `${card.id}-${data.hash.slice(0, 8)}-${seed}-${Date.now().toString(36)}`,
        name: `${card.name} on ${data.name}`, data, split, card, ...chosen, ...search, text,
        seed, patience: o.patience, backend: choice ? backendText(choice) : 'typescript', build: version, loadSeconds,
        ...(testPairs ? { testPairs } : {}),
      },
      // A search that was ended by hand still has its winner run in full.
      { control: search ? new RunControl() : control, checkpoints: false, progress: progressLine, memory: () => engine?.tensorMemory().bytes ?? null },
    );
    recommender.dispose?.();
    records.push(record);
    if (o.seeds) say(`Seed ${seed}: NDCG@10 ${record.test.all.metrics['NDCG@10']?.value.toFixed(4) ?? '–'}, fit ${record.seconds.fit.toFixed(1)} s.${record.notes ? ` ${record.notes}` : ''}`);
  }
  const first = records[0]!;
  deliver(o.json, target, o.seeds ? records : first, records.length > 1 ? seedsTable(records) : resultTable(first));
  for (const line of reviewLines(first, records)) say(line);
}

async function main(): Promise<number> {
  try {
    const command = parseCommand(process.argv.slice(2));
    if (command.kind === 'help') process.stdout.write(USAGE);
    else if (command.kind === 'list-models') process.stdout.write(`${listModels()}\n`);
    else await run(command.options);
    return 0;
  } catch (error) {
    if (error instanceof Problem) {
      say(`experiment: ${error.message}`);
      return 2;
    }
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}

// A pipe may take its time: leave when it has everything, and let worker threads of the engine end with the process.
main().then((code) => {
  process.exitCode = code;
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
});
