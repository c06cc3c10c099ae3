/** The whole workspace as one file: data, rules, split, text vectors and how they were learned, runs and rating runs. A browser may clear its storage; a file stays. */
import { strFromU8, strToU8 } from 'fflate';
import { z } from '../core/schema';
import { Problem } from '../core/problem';
import { parseRatingRun, type RatingRun } from '../core/rating-run';
import { parseRunRecord, runRecordSchema, type RunRecord } from '../core/run';
import type { DataSet, TextVectors } from '../core/dataset';
import { unzipFile, zipFiles } from './archive';
import { checkDataSet, checkVectors, cleaningRuleSchema } from './check-dataset';
import type { WorkspaceFacts } from './database';
import { pack, unpack } from './pack';
import { ratingStorage } from './ratings/run-store';
import { changeSettings } from './settings';
import { learnersOf, rememberLearner, type Ways } from './learned-text';
import { listRuns, saveRun, saveWorkspace } from './storage';
import { dataWorker } from './workers';
import { adoptData, held, setSplit, workspace } from './workspace';

const WORKSPACE_FORMAT = 'coldwave-workspace';
const VERSION = 1;

export interface WorkspaceContents {
  data: { raw: DataSet; facts: WorkspaceFacts; vectors: TextVectors[] } | null;
  runs: RunRecord[];
  /** How learned vectors among them were learned, so that they can be asked about on the other device. */
  learners: Ways;
  ratings: RatingRun[];
}

const factsSchema = z.object({
  rules: z.array(cleaningRuleSchema),
  rejected: z.object({ total: z.number(), reasons: z.array(z.object({ file: z.string(), reason: z.string(), count: z.number(), firstLine: z.number(), sample: z.string() })) }),
  notes: z.array(z.string()),
  split: runRecordSchema.shape.split.shape.spec,
  dataHash: z.string(),
});

const learnersSchema = z.array(z.tuple([z.string(), z.object({ id: z.enum(['tfidf', 'word2vec', 'lda']), settings: z.record(z.string(), z.unknown()) })]));

export async function writeWorkspaceFile({ data, runs, learners, ratings }: WorkspaceContents): Promise<Blob> {
  const packed = pack(data ?? null);
  return zipFiles([
    { name: 'workspace.json', content: strToU8(JSON.stringify({ format: WORKSPACE_FORMAT, version: VERSION, saved: new Date().toISOString(), blocks: packed.blocks.length })) },
    { name: 'data.json', content: strToU8(packed.json) },
    ...packed.blocks.map((content, i) => ({ name: `blocks/${i}.bin`, content })),
    ...runs.map((run, i) => ({ name: `runs/${i + 1}.json`, content: strToU8(JSON.stringify(run, null, 1)) })),
    ...ratings.map((run, i) => ({ name: `ratings/${i + 1}.json`, content: strToU8(JSON.stringify(run, null, 1)) })),
    ...(learners.length > 0 ? [{ name: 'learners.json', content: strToU8(JSON.stringify(learners)) }] : []),
  ]);
}

/** Reads and checks everything before anything is changed. @throws Problem */
export async function readWorkspaceFile(file: Blob & { name?: string }): Promise<WorkspaceContents> {
  const place = file.name ? { file: file.name } : {};
  try {
    const entries = await unzipFile(file);
    const text = (name: string): string => {
      const entry = entries.get(name);
      if (!entry) throw new Error(`it has no ${name}`);
      return strFromU8(entry);
    };
    const head = z.object({ format: z.literal(WORKSPACE_FORMAT), version: z.number(), blocks: z.number().int().min(0) }).parse(JSON.parse(text('workspace.json')));
    if (head.version > VERSION) throw new Problem('This workspace was saved by a newer Coldwave.', place, 'Update Coldwave, then open it again.');
    const blocks = Array.from({ length: head.blocks }, (_, i) => {
      const block = entries.get(`blocks/${i}.bin`);
      if (!block) throw new Error(`a column is missing (block ${i})`);
      return block;
    });
    const found = unpack({ json: text('data.json'), blocks }) as { raw: unknown; facts: unknown; vectors: unknown[] } | null;
    const runs = [...entries.keys()].filter((n) => /^runs\/.+\.json$/.test(n)).map((n) => parseRunRecord(JSON.parse(text(n))));
    // Files saved before these existed have none.
    const ratings = [...entries.keys()].filter((n) => /^ratings\/.+\.json$/.test(n)).map((n) => parseRatingRun(JSON.parse(text(n))));
    const learners = entries.has('learners.json') ? (learnersSchema.parse(JSON.parse(text('learners.json'))) as unknown[] as Ways) : [];
    if (found === null) return { data: null, runs, learners, ratings };
    const raw = checkDataSet(found.raw);
    const facts = factsSchema.parse(found.facts);
    const vectors = z.array(z.unknown()).parse(found.vectors) as TextVectors[];
    return { data: { raw, facts, vectors }, runs, learners, ratings };
  } catch (error) {
    if (error instanceof Problem) throw error;
    const why = error instanceof z.ZodError ? `${error.issues[0]?.path.join('.') || 'its head'}: ${error.issues[0]?.message}` : error instanceof Error ? error.message : String(error);
    throw new Problem(`This is not a workspace file, or it is damaged: ${why}.`, place, 'Choose a file made with "Save workspace". What was loaded before is still loaded.');
  }
}

/** The workspace as it stands. Runs are those stored in this browser plus `more` (runs that could not be stored). */
export async function exportWorkspace(more: readonly RunRecord[] = []): Promise<{ name: string; blob: Blob }> {
  const { data, split } = workspace.getState();
  const runs = new Map(more.map((r) => [r.id, r]));
  for (const r of await listRuns().catch(() => [])) runs.set(r.id, r);
  const contents: WorkspaceContents = {
    data: data && held.raw ? { raw: held.raw, facts: { rules: data.rules, rejected: data.rejected, notes: data.notes, split, dataHash: data.hash }, vectors: [...held.vectors.values()] } : null,
    runs: [...runs.values()],
    learners: learnersOf([...held.vectors.values()].map((v) => v.encoder)),
    ratings: (await ratingStorage.list().catch(() => ({ runs: [] }))).runs,
  };
  const blob = await writeWorkspaceFile(contents);
  const now = new Date();
  changeSettings({ savedToDisk: now.toISOString() });
  const day = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
  return { name: `coldwave ${data ? `${data.name} ` : ''}${day}.zip`, blob };
}

/**
 * Opens a saved workspace in place of the present data; its runs are added to those there are.
 * @param replace what puts the data in use, told how
 * @throws Problem, with nothing changed
 */
export async function importWorkspace(file: File, replace: (adopt: () => void) => void = (adopt) => adopt()): Promise<{ data: string | null; runs: number }> {
  const { data, runs, learners, ratings } = await readWorkspaceFile(file);
  for (const [encoder, learner] of learners) rememberLearner(encoder, learner);
  if (data) {
    const { rules, rejected, notes, split, dataHash } = data.facts;
    const { data: cleaned } = await dataWorker.call('clean', { raw: data.raw, rules });
    const vectors = cleaned.hash === dataHash ? data.vectors.map((v) => checkVectors(v, cleaned.items.ids.length)) : [];
    replace(() => {
      adoptData(data.raw, cleaned, { rules, rejected, notes }, vectors);
      held.testFile = null;
      // A test file of one's own is not part of the archive.
      setSplit(split.protocol === 'file' ? { ...split, protocol: 'last' } : split, null);
    });
    void saveWorkspace();
  }
  for (const run of runs) await saveRun(run);
  for (const run of ratings) await ratingStorage.save(run);
  return { data: data?.raw.name ?? null, runs: runs.length };
}
