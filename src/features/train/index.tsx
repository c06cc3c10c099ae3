/** Train: choose a model, watch it learn, keep and compare what came out. */
import { Button } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { openDemo, useDataFlow } from '../../app/data';
import { refreshRuns, useRuns } from '../../app/runs';
import { apartReason } from '../../app/runs-order';
import { useStorage } from '../../app/storage';
import { refreshCutOff, useTrain } from '../../app/train';
import type { LiveRun } from '../../app/train-live';
import { formatHash, navigate } from '../../app/url';
import { useWorkspace } from '../../app/workspace';
import { Card } from '../../ui/Card';
import { EmptyState } from '../../ui/EmptyState';
import { Screen } from '../../ui/Screen';
import { ComparisonCard } from './comparison-card';
import { RESULTS, runName } from './controls';
import { Curves } from './curves';
import { EpochTable } from './epoch-table';
import { SliceFigures } from './figures';
import { catalogue, useTrainForm } from './form-state';
import { LintCard } from './lint-card';
import { ModelForm } from './model-form';
import { Notices } from './notices';
import { ProfileCard } from './profile';
import { RunProgress } from './progress';
import { Reading } from '../../ui/Reading';
import { SampledBadge } from '../../ui/SampledBadge';
import { RatingScreen } from './ratings';
import { useTask } from './ratings/task';
import { TaskSwitch } from './ratings/task-switch';
import { readingOf } from './reading';
import { RunActions } from './run-actions';
import { RunList } from './run-list';
import { fromLive, fromRecord, type ShownRun } from './shown';
import { SearchPanel } from './search';
import { ModeSwitch } from './search/mode-switch';
import { SearchActions } from './search/search-actions';
import { useSearchForm } from './search/search-state';
import { useSearchAddress } from './search/use-search-address';
import { TestTable } from './test-table';
import { useAddress } from './use-address';
import panes from '../../ui/panes.module.css';
import css from './train.module.css';

/** The live run first, then the selected ones that may be drawn over it. */
function useShown(live: LiveRun | null): ShownRun[] {
  const stored = useRuns((s) => s.runs);
  const selected = useRuns((s) => s.selected);
  const traces = useTrain((s) => s.traces);
  const records = useMemo(() => {
    const chosen = selected.flatMap((id) => stored.find((r) => r.id === id) ?? []);
    return chosen.map((r) => ({ record: r, shown: fromRecord(r, traces[r.id]) }));
  }, [stored, selected, traces]);
  if (!live) return records.map((r) => r.shown);
  const reference = live.split ? { split: live.split.hash, data: live.dataHash } : null;
  return [fromLive(live), ...records.filter((r) => r.record.id !== live.runId && reference && apartReason(r.record, reference) === null).map((r) => r.shown)];
}

export function TrainScreen() {
  const task = useTask();
  return task === 'predict' ? <RatingScreen /> : <RankScreen />;
}

/**
 * The screen itself does not follow the run: only what moves with it (header, results) does,
 * so that a fast model does not redraw form and list with every batch.
 */
function RankScreen() {
  useAddress();
  useSearchAddress('rank');
  const searching = useSearchForm((s) => s.mode === 'search');
  const hasData = useWorkspace((s) => s.data !== null);
  const dataHash = useWorkspace((s) => s.data?.hash ?? null);
  const vectors = useWorkspace((s) => s.vectors);
  const restoring = useStorage((s) => s.phase === 'restoring');
  const busy = useTrain((s) => s.live !== null);
  const hasRuns = useRuns((s) => s.runs.length > 0);
  useEffect(() => {
    void refreshRuns();
  }, []);
  useEffect(() => {
    void refreshCutOff();
  }, [dataHash, vectors]);
  const { subtitle, seed } = useHeading(hasData);

  return (
    <Screen title="Train" subtitle={searching ? undefined : subtitle} chips={seed === null || searching ? [] : [`seed ${seed}`]} actions={<><ModeSwitch />{searching ? <SearchActions task="rank" /> : <RunActions />}</>}>
      {searching ? <SearchPanel task="rank" above={<TaskSwitch task="rank" />} noData={<NoData restoring={restoring} />} /> : !hasData && !hasRuns && !busy ? (
        // Runs of another device can be looked at without their data.
        <div className={panes.results}>
          <NoData restoring={restoring} />
          <RunList />
        </div>
      ) : (
        <div className={panes.layout}>
          <div className={css.form}>
            <TaskSwitch task="rank" />
            <ModelForm />
          </div>
          <div id={RESULTS} className={panes.results}>
            {!hasData && <NoData restoring={restoring} />}
            <Results hasData={hasData} />
            <RunList />
          </div>
        </div>
      )}
    </Screen>
  );
}

/** What is on screen, in the header: the run that trains, the one selected, or what Train would start. */
function useHeading(hasData: boolean): { subtitle: string | undefined; seed: number | null } {
  const liveName = useTrain((s) => s.live?.name);
  const liveSeed = useTrain((s) => s.live?.seed);
  const stored = useRuns((s) => s.runs);
  const selected = useRuns((s) => s.selected);
  const seed = useTrainForm((s) => s.config.seed);
  useTrainForm((s) => s.config); // runName() reads it
  const first = stored.find((r) => r.id === selected[0]);
  if (liveName !== undefined) return { subtitle: liveName, seed: liveSeed ?? null };
  if (selected.length > 1) return { subtitle: `${selected.length} runs laid over one another`, seed: null };
  if (first) return { subtitle: first.name, seed: first.seed };
  return hasData ? { subtitle: runName(), seed } : { subtitle: undefined, seed: null };
}

function Results({ hasData }: { hasData: boolean }) {
  const live = useTrain((s) => s.live);
  const runs = useShown(live);
  const { metric, k } = useTrainForm((s) => s.view);
  const iterative = useTrainForm((s) => catalogue.find((c) => c.id === s.config.model)?.iterative ?? true);
  const first = runs[0];
  if (!first) {
    return (
      <>
        <Notices warnings={[]} />
        {hasData && (
          <Card>
            <EmptyState
              title="Nothing trained yet"
              text={
                iterative
                  ? 'Press Train. The loss moves within seconds; after each epoch the curves for all, warm, cold and strictly new items grow by a point, with popularity and random beside them.'
                  : 'Press Train. This model is computed at once: its test results for all, warm, cold and strictly new items appear here, with popularity and random beside them.'
              }
            />
          </Card>
        )}
        {hasData && <ProfileCard run={null} named={false} />}
      </>
    );
  }
  const iterates = catalogue.find((c) => c.id === first.model)?.iterative ?? first.epochs.length > 1;
  return (
    <>
      <Notices warnings={first.warnings} />
      {live && <RunProgress run={live} />}
      {first.sampled && <div><SampledBadge sampled={first.sampled} /></div>}
      <SliceFigures run={first} metric={metric} k={k} />
      {(iterates || runs.some((r) => r.epochs.length > 1)) && <Curves runs={runs} />}
      {runs.length > 1 && <ComparisonCard runs={runs} />}
      {iterates
        ? first.epochs.length > 0 && <EpochTable run={first} named={runs.length > 1} />
        : first.test && (
            <Card>
              <Reading>{[...readingOf(first, metric, k).sentences, ...(first.notes ? [first.notes] : [])].join(' ')} This model is computed at once, so it has no curves.</Reading>
            </Card>
          )}
      <TestTable run={first} named={runs.length > 1} />
      <LintCard runId={first.id} named={runs.length > 1} />
      <ProfileCard run={first} named={runs.length > 1} />
    </>
  );
}

function NoData({ restoring }: { restoring: boolean }) {
  const busy = useDataFlow((s) => s.work !== null);
  if (restoring) {
    return (
      <Card>
        <EmptyState title="Opening what you had loaded" text="The data set is read from this browser and cleaned again by its recorded steps." />
      </Card>
    );
  }
  return (
    <Card>
      <EmptyState
        title="No data yet"
        text="A model needs interactions to learn from: who listened to, watched or bought what. Bring your own files, or look around with the demo, made-up songs whose true tastes are known."
        action={
          <>
            <Button loading={busy} onClick={() => void openDemo()}>
              Try the demo
            </Button>{' '}
            <Button component="a" variant="default" href={formatHash('data')} onClick={() => navigate('data')}>
              Open the Data screen
            </Button>
          </>
        }
      />
    </Card>
  );
}
