/** One experiment: split → fit → rank → measure. No page and no worker here: it runs unchanged in both and in Node. */
import type { TrainInput, TrainProgress } from '../../workers/protocol';
import { countsOf } from '../core/dataset';
import type { Evaluation } from '../core/metric';
import type { AnyModelCard, FittedMember, Recommender } from '../core/model';
import { Problem } from '../core/problem';
import { createRandom } from '../core/random';
import { threadsUsed } from '../core/threads/allowance';
import { parseRunRecord, RUN_FORMAT, RUN_VERSION, type RunRecord } from '../core/run';
import { splitData, trainData } from '../data/split/split';
import { membersOf } from '../models/members';
import { withThreads } from './backend-text';
import { checkedParams } from './checked-params';
import { createBreather } from './macrotask';
import { beyondOf } from './beyond';
import { baselineLines, measure, measureTest, measuring } from './measuring';
import { RunControl } from './run-control';
import { compareOn, fitMembers } from './members';
import { createTraining, SELECT_BY } from './training';
import { endedByStop, unlessStopped } from './watched-measure';

export interface ExperimentInput extends Omit<TrainInput, 'model' | 'params' | 'testFile' | 'backend'> {
  card: AnyModelCard;
  /** Unchecked: text where a number is meant is accepted. */
  params: Record<string, unknown>;
  /** For the split 'file'. */
  testPairs?: { user: string[]; item: string[] };
  /** What the record says ran it. */
  backend: string;
  /** Seconds that reading and cleaning took. */
  loadSeconds?: number;
}

export interface ExperimentHooks {
  signal?: AbortSignal;
  control?: RunControl;
  progress?: (p: TrainProgress) => void;
  /** Bytes held by tensors now. */
  memory?: () => number | null;
  /** False: no checkpoint is sent with epochs (the best one is still kept). */
  checkpoints?: boolean;
}

/**
 * @returns the record, valid by its own schema, and the fitted model, which the caller disposes of
 * @throws Problem for settings or data that cannot work; the signal's reason on cancel
 */
export async function runExperiment(input: ExperimentInput, hooks: ExperimentHooks = {}): Promise<{ record: RunRecord; recommender: Recommender }> {
  const { data, card, seed } = input;
  const signal = hooks.signal ?? new AbortController().signal;
  const tell = hooks.progress ?? (() => {});
  const started = performance.now();
  const seconds = (from: number): number => (performance.now() - from) / 1000;
  const params = checkedParams(card, input.params);
  checkNeeds(input);
  membersOf(card, params); // refused here rather than after the split

  tell({ kind: 'phase', label: 'Splitting', done: 0, total: 1 });
  const split = splitData(data, input.split, input.testPairs);
  const train = trainData(data, split);
  const m = measuring(train, split, input.maskValidation);
  const breathe = createBreather();
  const between = async (): Promise<void> => {
    await breathe();
    signal.throwIfAborted();
  };
  const selection: RunRecord['selection'] = !card.iterative ? 'none' : input.selection === 'test' ? 'test' : m.validation ? 'validation' : 'last';
  const curve = selection === 'test' ? 'test' : 'validation';
  const control = hooks.control ?? new RunControl();
  const watch = { tell, control, between };
  const ground = 'Measuring popularity and chance';
  tell({ kind: 'phase', label: ground, done: 0, total: 1 });
  const { lines: baselines, popularLists } = await baselineLines(data, train, m, curve, signal, { between: endedByStop(watch, ground, 'Stopped before training began, so this run left nothing behind.') });
  const prepare = seconds(started);
  const epochs = card.iterative && typeof params['epochs'] === 'number' ? params['epochs'] : 0;
  tell({ kind: 'ready', epochs, split: { ...split.summary, hash: split.hash }, backend: input.backend, baselines, secondsUntilHere: prepare });

  const module = await card.load();
  const evaluateEpoch = (model: Recommender): Promise<Evaluation | null> => unlessStopped(watch, 'Measuring on validation', (paced) => measure(model, curve, m, { between: paced }));
  const training = createTraining({
    runId: input.runId, signal, tell, breathe, selection, patience: input.patience,
    control,
    memory: hooks.memory ?? (() => null),
    checkpoints: hooks.checkpoints !== false,
    evaluate: (model) => (selection === 'test' || m.validation ? evaluateEpoch(model) : Promise.resolve(null)),
    ...(input.resume ? { resume: input.resume } : {}),
  });
  const context: { train: typeof train; text: typeof input.text; params: typeof params; members?: FittedMember[] } = { train, text: input.text, params };
  const warnings: string[] = [];
  /** Variants that a model let validation choose from. */
  let compared = 0;
  const fitStarted = performance.now();
  threadsUsed(); // from here on
  let recommender = await fitOrRestore();
  const fitWall = seconds(fitStarted);
  const threads = threadsUsed();
  try {
    signal.throwIfAborted();
    const reading = 'Reading the test set';
    tell({ kind: 'phase', label: reading, done: 0, total: 1 });
    const testStarted = performance.now();
    const { evaluation: test, lists, perUser } = await measureTest(recommender, m, { between: endedByStop(watch, reading, 'Stopped while the test set was being read, so this run has no result.') });
    const beyond = await beyondOf(m.test.users, lists, popularLists, recommender, train, context.text);
    const record: RunRecord = {
      format: RUN_FORMAT, version: RUN_VERSION,
      id: input.runId, name: input.name, createdAt: new Date().toISOString(), build: input.build,
      status: training.stopped ? 'stopped' : 'done',
      data: { name: data.name, recipe: data.recipe, hash: data.hash, counts: countsOf(data), steps: data.steps },
      split: {
        protocol: split.spec.protocol, spec: split.spec, hash: split.hash,
        train: split.summary.train, validation: split.summary.validation, test: split.summary.test,
        coldItems: split.summary.coldItems, newItems: split.summary.newItems, leakage: split.summary.leakage,
        ...(split.summary.repeats === undefined ? {} : { repeats: split.summary.repeats }),
      },
      model: { id: card.id, params },
      text: input.text && card.needs.text ? { column: input.text.column, encoder: input.text.encoder, missing: input.text.missing } : null,
      seed, backend: withThreads(input.backend, threads), selection,
      measured: { patience: input.patience, maskValidation: input.maskValidation },
      bestEpoch: training.best?.epoch ?? null,
      epochs: training.epochs,
      test, baselines, beyond,
      ...tunedBy(),
      ...(perUser ? { perUser } : {}),
      ...(split.summary.sampled ? { sampled: split.summary.sampled } : {}),
      seconds: {
        load: input.loadSeconds ?? 0,
        prepare,
        fit: training.secondsBefore + Math.max(0, fitWall - training.secondsAside),
        evaluate: training.evaluateSeconds + seconds(testStarted),
      },
      warnings: [...warnings, ...training.warnings],
      notes: [training.endNote, recommender.summary].filter(Boolean).join(' '),
    };
    return { record: parseRunRecord(record), recommender };
  } catch (error) {
    recommender.dispose?.();
    throw error;
  }

  function tunedBy(): Pick<RunRecord, 'tuned'> {
    if (input.tuned) return { tuned: input.tuned };
    return compared > 0 ? { tuned: { trials: compared, strategy: 'grid of weights', metric: SELECT_BY } } : {};
  }

  /** Fits (members first), then goes back to the best epoch if a later one was trained. */
  async function fitOrRestore(): Promise<Recommender> {
    const { resume } = input;
    const members = membersOf(card, params);
    if (members.length > 0) {
      const made = await fitMembers({
        members, train, text: input.text, seed, patience: input.patience, signal, control, tell, breathe,
        evaluate: (model) => (m.validation ? evaluateEpoch(model) : Promise.resolve(null)),
      });
      context.members = made.members;
      warnings.push(...made.warnings);
    }
    if (resume && training.exhausted() && training.best) return module.restore(training.best.state, context);
    const compare = m.validation && compareOn(m.validation, between);
    const fitting = module.fit({
      ...context,
      random: createRandom(seed, 'fit'),
      signal,
      report: training.report,
      ...(compare ? { compare: (variants, scores) => ((compared = variants), compare(variants, scores)) } : {}),
      ...(resume ? { resume: resume.state } : {}),
    });
    const fitted = await fitting.catch((error: unknown) => {
      for (const { model } of context.members ?? []) model.dispose?.();
      throw error;
    });
    if (!training.best || training.atBest) return fitted;
    fitted.dispose?.();
    return module.restore(training.best.state, context);
  }
}

function checkNeeds({ card, data, text }: ExperimentInput): void {
  if (card.task !== 'rank') throw new Problem(`${card.name} predicts ratings and does not rank items.`, {}, 'Choose "Predict ratings" on the Train screen, or --task predict on the command line.');
  if (card.needs.time && !data.interactions.time) {
    throw new Problem(`${card.name} needs to know when interactions happened, and this data has no time column.`, { file: data.name }, 'Map a time column, or choose another model.');
  }
  if (card.needs.text === 'required' && !text) {
    throw new Problem(`${card.name} needs text vectors.`, {}, 'Embed a text column first, or choose another model.');
  }
  if (text && text.vectors.length !== data.items.ids.length * text.dim) {
    throw new Problem(
      `The text vectors do not belong to this data: there are ${text.vectors.length / text.dim} of them and ${data.items.ids.length} items.`,
      { column: text.column }, 'Embed the column again.',
    );
  }
}
