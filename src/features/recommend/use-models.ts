/** The open models behind the chosen runs, and lists from them that keep up with what is asked. */
import { useEffect, useMemo, useState } from 'react';
import { ensureModel, servedModel, useRecommend, type OpenState } from '../../app/recommend';
import type { Served } from '../../app/serve';
import { whatAndRemedy } from '../../core/problem';
import type { RunRecord } from '../../core/run';
import type { ListOptions, ServedList, ServedPerson } from '../../../workers/protocol';

export interface Model {
  run: RunRecord;
  state: OpenState;
  served: Served | null;
}

export function useModels(runs: readonly RunRecord[]): Model[] {
  const states = useRecommend((s) => s.models);
  const ids = runs.map((r) => r.id).join(',');
  useEffect(() => {
    for (const id of ids.split(',').filter(Boolean)) void ensureModel(id);
  }, [ids, states]);
  return useMemo(() => runs.map((run) => ({ run, state: states[run.id] ?? { status: 'opening' }, served: servedModel(run.id) })), [runs, states]);
}

export interface ListOutcome {
  list: ServedList | null;
  problem: { what: string; remedy: string } | null;
  /** The list shown answers an earlier question; the present one is on its way. */
  stale: boolean;
}

const problemOf = (error: unknown): ListOutcome['problem'] =>
  whatAndRemedy(error, 'Try again.');

/** One list per model for a person, made again whenever the question changes, or what the worker answers it with (`again`). */
export function useLists(models: readonly Model[], person: ServedPerson | null, options: ListOptions, again = ''): Record<string, ListOutcome> {
  const [answers, setAnswers] = useState<Record<string, { key: string; list: ServedList | null; problem: ListOutcome['problem'] }>>({});
  const key = JSON.stringify([person, options, again]);
  const open = models.flatMap((m) => (m.served && m.state.status === 'open' ? [m.run.id] : [])).join(',');
  useEffect(() => {
    const [who, how] = JSON.parse(key) as [ServedPerson | null, ListOptions];
    if (!who) return;
    let wanted = true;
    // A dragged slider asks often; the last position counts.
    const timer = setTimeout(() => {
      for (const id of open.split(',').filter(Boolean)) {
        const served = servedModel(id);
        if (!served || ('history' in who && !served.can.foldIn)) continue;
        served.recommend([who], how).then(
          ([list]) => wanted && setAnswers((a) => ({ ...a, [id]: { key, list: list ?? null, problem: null } })),
          (error: unknown) => wanted && setAnswers((a) => ({ ...a, [id]: { key, list: null, problem: problemOf(error) } })),
        );
      }
    }, 40);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [key, open]);
  return useMemo(
    () => Object.fromEntries(models.map((m) => {
      const a = answers[m.run.id];
      return [m.run.id, { list: a?.list ?? null, problem: a?.key === key ? (a.problem ?? null) : null, stale: a?.key !== key }];
    })),
    [models, answers, key],
  );
}
