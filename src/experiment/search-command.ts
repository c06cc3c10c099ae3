/** The search of the command line: a line per trial, then the settings to run. */
import { factsOfCard, lintLines, lintRun } from '../analysis/lint/lint';
import type { ParamValue } from '../core/params';
import type { RunRecord } from '../core/run';
import { catalogue } from '../models/catalogue';
import { runSearch } from './search';
import { searchSpace, type SearchOptions } from './search-options';
import type { TrialRequest } from './trial';

const rate = (x: number): string => x.toFixed(4).replace(/^0/, '');
const shown = (params: Record<string, ParamValue>, names: readonly string[]): string => names.map((n) => `${n}=${String(params[n])}`).join(' ');

/** Searches, says every trial, and gives back the best settings with what the run's record says of them. */
export async function tuneFirst(options: SearchOptions, request: TrialRequest, say: (line: string) => void, stopping: () => boolean): Promise<{ params: Record<string, ParamValue>; tuned: NonNullable<RunRecord['tuned']> }> {
  const names = [...searchSpace(request.card, options).map((d) => d.name), ...(options.strategy === 'halving' ? ['epochs'] : [])];
  const { best, tuned, seconds } = await runSearch(request, options, {
    stopping,
    trial: (n, of, t) => say(`trial ${n + 1}/${of}  ${t instanceof Error ? `failed: ${t.message}` : `${t.score.metric} ${rate(t.score.value)} (${rate(t.score.low)}–${rate(t.score.high)})  ${t.beside.metric} ${rate(t.beside.value)}  ${shown(t.params, names)}  ${t.bestEpoch === null ? '' : `epoch ${t.bestEpoch} of ${t.epochs}  `}${t.seconds.toFixed(1)} s`}`),
  });
  say(`Best of ${tuned.trials} ${tuned.trials === 1 ? 'trial' : 'trials'} on validation (${tuned.strategy}, ${seconds.toFixed(1)} s): ${best.score.metric} ${rate(best.score.value)} with ${shown(best.params, names)}. The best of many is a little too good; the test below was not looked at.`);
  return { params: best.params, tuned };
}

/** What a reviewer would say of a run, one line each. */
export const reviewLines = (record: RunRecord, others: readonly RunRecord[] = []): string[] => lintLines(lintRun(record, others, (id) => factsOfCard(catalogue.find((c) => c.id === id))));
