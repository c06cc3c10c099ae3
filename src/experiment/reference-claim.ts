/** What a reference number is, and the runs that give ours. Node only: files come from ../shared. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DataSet } from '../core/dataset';
import type { Recommender } from '../core/model';
import type { RunRecord } from '../core/run';
import { DEFAULT_SPLIT, type SplitProtocol } from '../core/split';
import { load } from '../data/load';
import { cardOf } from '../models/catalogue';
import { runExperiment } from './experiment';

export interface Claim {
  /** Data and protocol. */
  where: string;
  what: string;
  /** Where the number to hit is written. */
  source: string;
  /** Null where nothing is published: ours stands for the record, or only an order of our own figures is claimed. */
  published: number | null;
  ours: number;
  /** Largest difference that still counts as a hit. */
  tolerance: number;
  /** 'near' (default): |ours − published| ≤ tolerance. 'above': ours must be larger than published. */
  rule?: 'near' | 'above';
  /** Standard deviation and single values of both sides, where figures are means over seeds. */
  spread?: string;
}
/** One source of claims; adding a model's numbers is one more entry. */
export interface ClaimSource {
  /** What `npm run reference -- NAME` selects it by. */
  id: string;
  title: string;
  /** Protocol and tolerance in words, where the figures need them. */
  note?: string;
  /** Files under ../shared it reads. */
  needs: string[];
  claims(shared: string): Promise<Claim[]>;
}

export const isHit = (c: Claim): boolean => c.published === null || (c.rule === 'above' ? c.ours > c.published : Math.abs(c.ours - c.published) <= c.tolerance + 1e-12);

export const readJson = (shared: string, file: string): unknown => JSON.parse(readFileSync(path.join(shared, file), 'utf8'));
/** Through the ordinary loader: recognised by its contents. */
export const openData = async (shared: string, file: string): Promise<DataSet> =>
  (await load({ files: [new File([readFileSync(path.join(shared, file))], path.basename(file))] })).raw;

export interface ReferenceRun {
  model: string;
  params?: Record<string, unknown>;
  seed?: number;
  testPairs?: { user: string[]; item: string[] };
}

/** The ordinary experiment without a validation set, as these sources measure. `look` sees the fitted model before it is let go. */
export async function referenceRun(data: DataSet, protocol: SplitProtocol, run: ReferenceRun, look?: (model: Recommender) => Promise<void>): Promise<RunRecord> {
  const { model, params = {}, seed = 0, testPairs } = run;
  const { record, recommender } = await runExperiment({
    runId: 'reference', name: model, data, card: cardOf(model), params, text: null, seed, patience: 0, selection: 'validation',
    maskValidation: true, backend: 'typescript', build: 'reference', split: { ...DEFAULT_SPLIT, protocol, validation: false },
    ...(testPairs ? { testPairs } : {}),
  }, { checkpoints: false });
  await look?.(recommender);
  recommender.dispose?.();
  process.stderr.write(`${data.name}, ${model} ${JSON.stringify(params)}, seed ${seed}: fit ${record.seconds.fit.toFixed(1)} s, measured ${record.seconds.evaluate.toFixed(1)} s\n`);
  return record;
}
