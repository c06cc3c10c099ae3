/** Who is measured with which item, asked of the data worker for a run of the data in use. */
import { useEffect, useState } from 'react';
import { temperature, partitions, type Partition, type TestPairs } from '../../../analysis/slices';
import { dataWorker } from '../../../app/workers';
import { held, useWorkspace } from '../../../app/workspace';
import { messageOf } from '../../../core/problem';
import type { RunRecord } from '../../../core/run';

export type Pairs =
  | { state: 'asking' }
  /** Only what the record itself says can be sliced by. */
  | { state: 'absent'; why: string; partitions: Partition[] }
  | { state: 'here'; pairs: TestPairs; partitions: Partition[] };

export function usePairs(run: RunRecord): Pairs {
  const dataHash = useWorkspace((s) => s.data?.hash ?? null);
  const [answer, setAnswer] = useState<{ key: string; pairs: Pairs }>({ key: '', pairs: { state: 'asking' } });
  const key = `${run.id} ${dataHash}`;
  useEffect(() => {
    let gone = false;
    const settle = (pairs: Pairs): void => {
      if (!gone) setAnswer({ key, pairs });
    };
    const letters = run.perUser?.slices;
    const absent = (why: string): void => settle({ state: 'absent', why, partitions: letters ? [temperature(letters)] : [] });
    const data = held.data;
    if (!data || dataHash === null) absent('No data are open: slices by country, activity or popularity need the data set these runs were measured on.');
    else if (data.hash !== run.data.hash) absent(`The data in use (${data.name}) are not those of these runs (${run.data.name}, hash ${run.data.hash.slice(0, 8)}), so their columns cannot be used.`);
    else {
      dataWorker.call('testPairs', { data, spec: run.split.spec, ...(run.split.protocol === 'file' && held.testFile ? { testFile: held.testFile } : {}) }).then(
        (pairs) => {
          if (pairs.hash !== run.split.hash || pairs.users.length !== run.perUser?.ranks.length) absent('This build splits these data otherwise than the build of these runs, so their users cannot be told apart by columns.');
          else settle({ state: 'here', pairs, partitions: partitions(data, pairs, letters) });
        },
        (error: unknown) => absent(messageOf(error)),
      );
    }
    return () => {
      gone = true;
    };
  }, [key, run, dataHash]);
  return answer.key === key ? answer.pairs : { state: 'asking' };
}
