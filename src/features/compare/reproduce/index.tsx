/** Reproduce published numbers: bring the named file, run the rows, and see each figure beside the one it has to hit. */
import { Button, SegmentedControl, Select, Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import { newId } from '../../../core/new-id';
import { dataFits, rankedValues, verdictsOf, type PublishedTable } from '../../../analysis/claims';
import { playsVerdicts } from '../../../analysis/claims-plays';
import { startPlan, usePlans } from '../../../app/queue';
import { ratings, useRatings } from '../../../app/ratings';
import { refreshRuns, useRuns } from '../../../app/runs';
import { setQuery, useQuery } from '../../../app/url';
import { held, useWorkspace } from '../../../app/workspace';
import { messageOf, Problem } from '../../../core/problem';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { count, plural, seconds } from '../../../ui/format';
import { ProgressStrip } from '../../../ui/ProgressStrip';
import { PlanCard } from '../leaderboard/plan-card';
import { DataCard } from './data-card';
import { ratingRunsOf, ratingValues, runRatingRows, stopRatingRows, useRatingQueue } from './rating-runs';
import { planFor, plansOf, runsByRow, tables } from './tables';
import { VerdictCard } from './verdict-card';
import panes from '../../../ui/panes.module.css';
import css from './reproduce.module.css';

export function Reproduce() {
  const asked = useQuery().get('table');
  const recipe = useWorkspace((s) => s.data?.recipe ?? null);
  const { table } = tables.find((t) => t.table.id === asked) ?? tables.find((t) => t.table.recipe === recipe) ?? tables[0]!;
  const choices = tables.map((t) => ({ value: t.table.id, label: t.short }));
  useEffect(() => {
    void refreshRuns();
    void ratings.refresh();
  }, []);
  return (
    <div className={css.stack}>
      {asked !== null && !tables.some((t) => t.table.id === asked) && (
        <output className={panes.warning}>
          There is no table “{asked}”; there are {tables.map((t) => t.table.id).join(', ')}.
        </output>
      )}
      <SegmentedControl className={css.choice} aria-label="Published table" data={choices} value={table.id} onChange={(id) => setQuery({ table: id })} />
      <Select className={css.choiceNarrow} aria-label="Published table" data={choices} value={table.id} allowDeselect={false} onChange={(id) => id && setQuery({ table: id })} />
      {table.split === null ? <RatingTable key={table.id} table={table} /> : <RankTable key={table.id} table={table} />}
    </div>
  );
}

const start = (table: PublishedTable, rows: PublishedTable['rows'], dataHash: string, test: File | null): void =>
  startPlan(planFor(table, rows, dataHash, newId(), new Date(), table.testFile && test ? test : undefined));

function RankTable({ table }: { table: PublishedTable }) {
  const data = useWorkspace((s) => s.data);
  const plans = usePlans();
  const records = useRuns((s) => s.runs);
  const [slow, setSlow] = useState(false);
  const [brought, setBrought] = useState<File | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const own = plansOf(table, plans);
  const testFile = brought ?? own.find((p) => p.plan.testFile)?.plan.testFile ?? null;
  const fit = dataFits(table, data, testFile);
  const running = own.some((p) => p.running);
  const open = own.filter((p) => p.running || Object.values(p.states).some((s) => s.status !== 'done'));
  const answers = runsByRow(table, plans, records);
  // The data themselves are outside React; `data` changes with them.
  const verdicts = [...playsVerdicts(table, data && held.raw), ...verdictsOf(table, (row, figure) => rankedValues(answers(row), figure))];
  const slowRows = table.rows.filter((r) => r.slow);
  const wanted = table.rows.filter((r) => slow || !r.slow);
  const missing = wanted.filter((r) => answers(r).length < r.seeds.length);
  const next = missing.length > 0 ? missing : wanted;
  const runs = next.reduce((n, r) => n + r.seeds.length, 0);

  const run = (): void => {
    if (!data) return;
    try {
      start(table, next, data.hash, testFile);
      setFault(null);
    } catch (error) {
      setFault(error instanceof Problem ? error : new Problem(messageOf(error), {}, 'Try again.'));
    }
  };

  return (
    <>
      <DataCard table={table} fit={fit} onTestFile={setBrought}>
        <div className={css.run}>
          {slowRows.length > 0 && (
            <Switch
              label={`Also the slow rows: ${slowRows.map((r) => `${r.name} (${seconds(r.slow!)})`).join(', ')}`}
              description={`About ${seconds(slowRows.reduce((sum, r) => sum + r.slow!, 0))} in one worker on an idle laptop; Stop keeps what is done.`}
              checked={slow}
              onChange={(e) => setSlow(e.currentTarget.checked)}
            />
          )}
          <Button disabled={fit.kind !== 'fits' || running} onClick={run}>
            {missing.length > 0 ? `Run ${plural(next.length, 'row')}${runs > next.length ? ` (${count(runs)} runs)` : ''}` : 'Run again'}
          </Button>
        </div>
        {fault && <ErrorPanel what={fault.what} remedy={fault.remedy} onDismiss={() => setFault(null)} />}
      </DataCard>
      {open.map((entry) => (
        <PlanCard key={entry.plan.id} entry={entry} />
      ))}
      <VerdictCard table={table} verdicts={verdicts} />
    </>
  );
}

/** Predicted ratings go through the page's rating runs, which are kept with those of the Train screen. */
function RatingTable({ table }: { table: PublishedTable }) {
  const data = useWorkspace((s) => s.data);
  const records = useRatings((s) => s.runs);
  const live = useRatings((s) => s.live);
  const problem = useRatings((s) => s.problem);
  const active = useRatingQueue((s) => s.active);
  const fit = dataFits(table, data);
  const verdicts = verdictsOf(table, (row, figure) => ratingValues(ratingRunsOf(table, row, records), figure));
  const missing = table.rows.filter((r) => ratingRunsOf(table, r, records).length < r.seeds.length);
  const next = missing.length > 0 ? missing : table.rows;
  const runs = next.reduce((n, r) => n + r.seeds.length, 0);
  return (
    <>
      <DataCard table={table} fit={fit}>
        <div className={css.run}>
          <Button disabled={fit.kind !== 'fits' || active !== null || live !== null} onClick={() => void runRatingRows(next)}>
            {missing.length > 0 ? `Run ${plural(next.length, 'row')} (${count(runs)} runs of 5 folds)` : 'Run again'}
          </Button>
        </div>
        {problem && <ErrorPanel what={problem.what} remedy={problem.remedy} onDismiss={ratings.dismiss} />}
      </DataCard>
      {active && (
        <ProgressStrip
          label={`${active.name}${live ? `, fold ${count(Math.min(live.done.length + 1, live.folds ?? 5))} of ${count(live.folds ?? 5)}` : ''}`}
          value={(active.done + (live?.folds ? live.done.length / live.folds : 0)) / active.total}
          details={[`${count(active.done)} of ${plural(active.total, 'run')}`]}
          onStop={() => void stopRatingRows()}
        />
      )}
      <VerdictCard table={table} verdicts={verdicts} />
    </>
  );
}
