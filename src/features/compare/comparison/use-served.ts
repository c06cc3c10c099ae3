/** The models of several runs, brought back one after the other; what is missing can be fitted again. */
import { useCallback, useEffect, useState } from 'react';
import { fitAgain, MissingWeights, openModel, type Served } from '../../../app/serve';
import { messageOf } from '../../../core/problem';

export interface ServedModels {
  models: Served[] | null;
  /** Why not; `missing` can be fitted again. */
  problem: { what: string; missing: string | null } | null;
  fitting: boolean;
  fit(): void;
}

export function useServed(ids: readonly string[], wanted: boolean): ServedModels {
  const key = ids.join();
  const [models, setModels] = useState<Served[] | null>(null);
  const [problem, setProblem] = useState<ServedModels['problem']>(null);
  const [fitting, setFitting] = useState(false);
  const [again, setAgain] = useState(0);
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    const openAll = async (): Promise<Served[]> => {
      const list: Served[] = [];
      for (const id of key.split(',')) list.push(await openModel(id));
      return list;
    };
    openAll().then(
      (list) => !gone && (setModels(list), setProblem(null)),
      (error: unknown) => !gone && setProblem({ what: messageOf(error), missing: error instanceof MissingWeights ? error.run.id : null }),
    );
    return () => {
      gone = true;
    };
  }, [key, wanted, again]);
  const missing = problem?.missing ?? null;
  const fit = useCallback(() => {
    if (missing === null) return;
    setFitting(true);
    fitAgain(missing)
      .then(() => setAgain((n) => n + 1), (error: unknown) => setProblem({ what: messageOf(error), missing: null }))
      .finally(() => setFitting(false));
  }, [missing]);
  return { models, problem, fitting, fit };
}
