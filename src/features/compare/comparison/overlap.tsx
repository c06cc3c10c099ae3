import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { jaccard } from '../../../analysis/compare-lists';
import { messageOf } from '../../../core/problem';
import { createRandom } from '../../../core/random';
import type { RunRecord } from '../../../core/run';
import { Card } from '../../../ui/Card';
import { DataTable } from '../../../ui/DataTable';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { percent, rate } from '../../../ui/format';
import { Reading } from '../../../ui/Reading';
import css from '../compare.module.css';
import { useServed } from './use-served';

const SAMPLE = 200;

/** How alike the first ten are: Jaccard of every pair of runs over a sample of measured users. Asked for, since it brings the models back. */
export function Overlap({ runs, names }: { runs: readonly RunRecord[]; names: readonly string[] }) {
  const [wanted, setWanted] = useState(false);
  const { models, problem, fitting, fit } = useServed(runs.map((r) => r.id), wanted);
  const [matrix, setMatrix] = useState<{ values: number[][]; users: number } | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => {
    if (!models) return;
    let gone = false;
    const random = createRandom(0, 'overlap');
    const everyone = [...models[0]!.testUsers];
    for (let k = 0; k < Math.min(SAMPLE, everyone.length); k++) {
      const j = k + random.int(everyone.length - k);
      [everyone[k], everyone[j]] = [everyone[j]!, everyone[k]!];
    }
    const people = everyone.slice(0, SAMPLE).map((user) => ({ user }));
    const ask = async (): Promise<void> => {
      const lists: Int32Array[][] = [];
      for (const m of models) lists.push((await m.recommend(people, { k: 10 })).map((l) => l.items));
      const values = lists.map((a) => lists.map((b) => a.reduce((s, list, u) => s + jaccard(list, b[u]!), 0) / Math.max(1, people.length)));
      if (!gone) setMatrix({ values, users: people.length });
    };
    ask().catch((error: unknown) => !gone && setFailed(messageOf(error)));
    return () => {
      gone = true;
    };
  }, [models]);
  const pairs = matrix?.values.flatMap((row, a) => row.slice(a + 1).map((v, j) => ({ v, a, b: a + 1 + j }))).sort((p, q) => p.v - q.v) ?? [];
  return (
    <Card
      title="Overlap of recommendations"
      aside="Jaccard of the first ten"
      padded={!matrix}
      footer={
        matrix && pairs[0] && (
          <Reading>
            Over {matrix.users} users {names[pairs[0].a]} and {names[pairs[0].b]} share {percent(pairs[0].v)} of what either shows{pairs.length > 1 ? ', the least alike pair' : ''}.
          </Reading>
        )
      }
    >
      {problem || failed ? (
        <ErrorPanel what={problem?.what ?? failed!} remedy={problem && problem.missing !== null ? <Button loading={fitting} onClick={fit}>Fit it again</Button> : undefined} />
      ) : matrix ? (
        <DataTable
          maxHeight={420}
        caption="Jaccard of the first ten items, mean over users"
          columns={[{ key: 'name', label: 'Run' }, ...runs.map((r, k) => ({ key: r.id, label: names[k]! }))]}
          rows={runs.map((_, a) => ({ name: names[a]!, ...Object.fromEntries(runs.map((r, b) => [r.id, a === b ? '–' : rate(matrix.values[a]![b]!, 3)])) }))}
        />
      ) : (
        <div className={css.buttons}>
          <span className={css.note}>Two models can have the same figures and show other items.</span>
          <Button variant="default" size="compact-sm" loading={wanted} onClick={() => setWanted(true)}>
            Compare the lists
          </Button>
        </div>
      )}
    </Card>
  );
}
