/** npm run experiment with a model that ranks: once, or once for each seed, after a search where one is asked for. Node only. */
import path from 'node:path';
import { version } from '../../package.json';
import type { DataSet } from '../core/dataset';
import type { AnyModelCard } from '../core/model';
import type { RunRecord } from '../core/run';
import type { SplitSpec } from '../core/split';
import { threadsHere } from '../core/threads/pool';
import { readTestFile } from '../data/test-file';
import { usesTensors } from '../models/members';
import { backendText } from './backend-text';
import { runExperiment } from './experiment';
import { endGently } from './interrupt';
import type { settings } from './model-settings';
import type { Options } from './options';
import { progressLine, say, sayBriefly } from './progress-lines';
import { fileAt, type Read } from './read-input';
import { deliver } from './result-file';
import { resultTable } from './result-table';
import { RunControl } from './run-control';
import { reviewLines, tuneFirst } from './search-command';
import { overSeeds } from './seed-runs';
import { seedsTable } from './seeds-table';
import { embedColumn, followItems, learnColumn, textColumn } from './text-input';

declare const __COLDWAVE_ROOT__: string;

export interface Asked {
  o: Options;
  card: AnyModelCard;
  chosen: ReturnType<typeof settings>;
  read: Read;
  /** Cleaned. */
  data: DataSet;
  /** As `resultFile` gave it. */
  target: string | null;
  /** performance.now() */
  started: number;
}

async function textFor({ o, card, read, data }: Asked) {
  if (o.textColumn === null) return null;
  if (!card.needs.text) {
    say(`${card.name} reads no text: --text-column is ignored.`);
    return null;
  }
  const tell = (done: number, total: number): void => sayBriefly(`${done}/${total}`);
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

/**
 * Test items with listed negatives that come with the data are the default, and published figures of that protocol rest on all else as train:
 * there a validation item is held out only where something is to be chosen by it.
 */
export function splitOf({ o, card, chosen, data }: Pick<Asked, 'o' | 'card' | 'chosen' | 'data'>): SplitSpec {
  const protocol = data.listed && !o.splitChosen ? 'listed' : o.split.protocol;
  const chooses = o.search !== null || (card.iterative && o.patience > 0) || String(chosen.params['tune']) === 'true';
  if (protocol !== 'listed' || o.given.includes('validation') || chooses) return { ...o.split, protocol };
  say('Trained on all that is not test, as this protocol’s published figures are; --validation yes holds an item per user out to choose by.');
  return { ...o.split, protocol, validation: false };
}

/** @throws Problem for settings or data that cannot work, or when it was stopped before there was a result */
export async function rankingRuns(asked: Asked): Promise<void> {
  const { o, card, chosen, data, started } = asked;
  const split = splitOf(asked);
  if (!card.iterative && o.patience > 0) say(`${card.name} does not train in epochs: --patience is ignored.`);
  const testPairs = o.testFile === null ? undefined : await readTestFile(await fileAt(o.testFile));
  const loadSeconds = (performance.now() - started) / 1000;

  const text = await textFor(asked);
  const engine = usesTensors(card, chosen.params) ? await import('../compute/backend') : null;
  const choice = engine ? await engine.chooseBackend(o.backend, { kernels: o.kernels, threads: o.threads ?? threadsHere() }) : null;
  const idle = engine ? [] : ['backend', 'kernels'].filter((name) => o.given.includes(name)).map((name) => `--${name}`);
  if (idle.length > 0) say(`${card.name} needs no tensors: ${idle.join(' and ')} ${idle.length === 1 ? 'is' : 'are'} ignored.`);
  if (choice) say(`Backend ${backendText(choice)}: ${choice.reason}`);
  let ended = false;
  if (o.search) endGently('Ending after the present trial; the best so far is then run in full.', () => (ended = true));
  const search = o.search && (await tuneFirst(o.search, { data, split, card, params: chosen.params, text, seed: o.seed, patience: o.patience, ...(testPairs ? { testPairs } : {}) }, say, () => ended));
  const control = new RunControl();
  endGently('Ending after the present batch.', () => control.stop());
  const records = await overSeeds(o, card, () => control.stopping, async (seed): Promise<RunRecord> => {
    const { record, recommender } = await runExperiment(
      {
        runId: `${card.id}-${data.hash.slice(0, 8)}-${seed}-${Date.now().toString(36)}`,
        name: `${card.name} on ${data.name}`, data, split, card, ...chosen, ...search, text,
        seed, patience: o.patience, backend: choice ? backendText(choice) : 'typescript', build: version, loadSeconds,
        ...(testPairs ? { testPairs } : {}),
      },
      { control, checkpoints: false, progress: progressLine, memory: () => engine?.tensorMemory().bytes ?? null },
    );
    recommender.dispose?.();
    if (o.seeds) say(`Seed ${seed}: NDCG@10 ${record.test.all.metrics['NDCG@10']?.value.toFixed(4) ?? '–'}, fit ${record.seconds.fit.toFixed(1)} s.${record.notes ? ` ${record.notes}` : ''}`);
    return record;
  });
  const first = records[0]!;
  deliver(o.json, asked.target, o.seeds ? records : first, records.length > 1 ? seedsTable(records) : resultTable(first), say);
  for (const line of reviewLines(first, records)) say(line);
}
