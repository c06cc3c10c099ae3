/** Runs as files: one JSON document out and in, and the epoch table as CSV. Pure text, no page. */
import { SLICES } from '../core/metric';
import { messageOf, Problem } from '../core/problem';
import { parseRunRecord, type RunRecord } from '../core/run';

export const runToJson = (run: RunRecord): string => `${JSON.stringify(run, null, 1)}\n`;

/** A file name that says which run it is, safe on every system. */
export function runFileName(run: RunRecord, extension: string): string {
  const words = `${run.name} ${run.createdAt.slice(0, 10)}`.normalize('NFKD').replace(/[^\w\s-]/g, '').trim().replace(/[\s_]+/g, '-').toLowerCase();
  return `coldwave-${words || 'run'}.${extension}`;
}

/**
 * Reads one run, or a list of runs, from the text of a file.
 * @throws Problem naming the file, what is wrong with it and what to do.
 */
export function readRuns(text: string, file: string): RunRecord[] {
  const choose = 'Choose a JSON file saved with Export run or written by npm run experiment.';
  if (text.trim() === '') throw new Problem('This file is empty.', { file }, choose);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const detail = messageOf(error);
    throw new Problem(`This file is not JSON, or was cut off while being saved: ${detail}.`, { file }, choose);
  }
  const list = Array.isArray(document) ? document : [document];
  if (list.length === 0) throw new Problem('This file holds an empty list, so there is no run to import.', { file }, choose);
  return list.map((entry, k) => {
    try {
      return parseRunRecord(entry);
    } catch (error) {
      const what = messageOf(error);
      throw new Problem(list.length > 1 ? `Run ${k + 1} of ${list.length}: ${what}` : what, { file }, 'Nothing was imported; the runs you have are unchanged.');
    }
  });
}

/** One row per epoch: loss, seconds, and every metric of every slice with its interval. */
export function epochCsv(run: Pick<RunRecord, 'epochs' | 'bestEpoch'>): string {
  const keys = [...new Set(run.epochs.flatMap((e) => SLICES.flatMap((s) => Object.keys(e.validation?.[s].metrics ?? {}))))];
  const header = ['epoch', 'best', 'loss', 'seconds', 'evaluate_seconds', ...SLICES.flatMap((s) => [`${s} n`, ...keys.flatMap((k) => [`${s} ${k}`, `${s} ${k} low`, `${s} ${k} high`])])];
  const rows = run.epochs.map((e): (string | number)[] => [
    e.epoch,
    e.epoch === run.bestEpoch ? 'yes' : '',
    e.loss ?? '',
    e.seconds,
    e.evaluateSeconds,
    ...SLICES.flatMap((s) => {
      const slice = e.validation?.[s];
      return [
        slice?.n ?? '',
        ...keys.flatMap((k): (string | number)[] => {
          const m = slice?.metrics[k];
          return m ? [m.value, m.low, m.high] : ['', '', ''];
        }),
      ];
    }),
  ]);
  const lines: (string | number)[][] = [header, ...rows];
  return lines.map((row) => row.join(',')).join('\r\n') + '\r\n';
}
