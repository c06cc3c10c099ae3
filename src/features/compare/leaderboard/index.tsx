/** Leaderboard: which model is best on this split, by how much, and am I sure? */
import { Button } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { openDemo } from '../../../app/data';
import { usePlans } from '../../../app/queue';
import { refreshRuns, useRuns } from '../../../app/runs';
import { useWorkspace } from '../../../app/workspace';
import { catalogue } from '../../../models/catalogue';
import { Card } from '../../../ui/Card';
import { EmptyState } from '../../../ui/EmptyState';
import { BoardCard } from './board-card';
import { PlanCard, tally } from './plan-card';
import { SetupCard } from './setup-card';
import { chosenSource, sourcesOf } from './sources';
import { useBoard, useBoardAddress } from './store';
import panes from '../../../ui/panes.module.css';
import css from './leaderboard.module.css';

export function Leaderboard() {
  useBoardAddress();
  const plans = usePlans();
  const runs = useRuns((s) => s.runs);
  const dataHash = useWorkspace((s) => s.data?.hash ?? null);
  const wanted = useBoard((s) => s.board);
  useEffect(() => {
    void refreshRuns();
  }, []);
  // A plan's progress must not make the tables again: only which of its runs are finished matters to them.
  const finished = plans.map((p) => `${p.plan.id} ${p.running} ${Object.values(p.states).map((s) => s.recordId ?? '').join()}`).join('|');
  // oxlint-disable-next-line react/exhaustive-deps -- `finished` stands for the part of `plans` that the sources read
  const sources = useMemo(() => sourcesOf(plans, runs, catalogue, dataHash), [finished, runs, dataHash]);
  const source = chosenSource(sources, wanted, dataHash);
  const ours = plans.filter((p) => p.plan.kind === 'leaderboard');
  const open = ours.filter((p) => p.running || Object.values(p.states).some((s) => s.status !== 'done'));
  const busy = open.some((p) => p.running && tally(p).done === 0);

  return (
    <div className={`${panes.layout} ${css.layout}`}>
      <SetupCard />
      <div id="leaderboard-results" className={panes.results}>
        {open.map((entry) => (
          <PlanCard key={entry.plan.id} entry={entry} />
        ))}
        {source ? (
          <BoardCard source={source} sources={sources} />
        ) : (
          <Card>
            {dataHash === null ? (
              <EmptyState title="No data yet" text="A leaderboard ranks models on one data set and one split. Bring your own files on the Data screen, or try it on the demo." action={<Button onClick={() => void openDemo()}>Try the demo</Button>} />
            ) : (
              <EmptyState title={busy ? 'The first run is on its way' : 'Nothing ranked yet'} text={busy ? 'Each finished run appears here at once.' : 'Press Run: every model is trained on the same split with the same seeds, and the table shows the best, its interval, and which models cannot be told apart from it. Popularity and random are always there.'} />
            )}
          </Card>
        )}
      </div>
    </div>
  );
}
