/** Train: choose a model, watch it learn, keep and compare what came out. */
import { Button } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { openDemo, useDataFlow } from '../../app/data';
import { refreshRuns, useRuns } from '../../app/runs';
import { apartReason } from '../../app/runs-order';
import { refreshCutOff, useTrain } from '../../app/train';
import { formatHash, navigate } from '../../app/url';
import { useWorkspace } from '../../app/workspace';
import { Card } from '../../ui/Card';
import { EmptyState } from '../../ui/EmptyState';
import { Screen } from '../../ui/Screen';
import { runName } from './controls';
import { Curves } from './curves';
import { EpochTable } from './epoch-table';
import { SliceFigures } from './figures';
import { catalogue, useTrainForm } from './form-state';
import { ModelForm } from './model-form';
import { Notices } from './notices';
import { RunProgress } from './progress';
import { Reading } from '../../ui/Reading';
import { readingOf } from './reading';
import { RunActions } from './run-actions';
import { RunList } from './run-list';
import { fromLive, fromRecord, type ShownRun } from './shown';
import { TestTable } from './test-table';
import { useAddress } from './use-address';
import css from './train.module.css';

/** The live run first, then the selected ones that may be drawn over it. */
function useShown(): { runs: ShownRun[]; live: ReturnType<typeof useLive> } {
  const live = useLive();
  const stored = useRuns((s) => s.runs);
  const selected = useRuns((s) => s.selected);
  const traces = useTrain((s) => s.traces);
  return useMemo(() => {
    const records = selected.flatMap((id) => stored.find((r) => r.id === id) ?? []);
    if (!live) return { live, runs: records.map((r) => fromRecord(r, traces[r.id])) };
    const reference = live.split ? { split: live.split.hash, data: live.dataHash } : null;
    const over = reference ? records.filter((r) => apartReason(r, reference) === null) : [];
    return { live, runs: [fromLive(live), ...over.map((r) => fromRecord(r, traces[r.id]))] };
  }, [live, stored, selected, traces]);
}
const useLive = () => useTrain((s) => s.live);

export function TrainScreen() {
  useAddress();
  const hasData = useWorkspace((s) => s.data !== null);
  const dataHash = useWorkspace((s) => s.data?.hash ?? null);
  const vectors = useWorkspace((s) => s.vectors);
  useEffect(() => {
    void refreshRuns();
  }, []);
  useEffect(() => {
    void refreshCutOff();
  }, [dataHash, vectors]);
  const { runs, live } = useShown();
  const config = useTrainForm((s) => s.config);
  const liveSplit = live?.split ? { split: live.split.hash, data: live.dataHash } : null;
  const stored = useRuns((s) => s.runs);
  const hasRuns = stored.length > 0;
  const first = runs[0] ?? null;
  const seedOf = (id: string): number | undefined => stored.find((r) => r.id === id)?.seed;

  return (
    <Screen title="Train" subtitle={runs.length > 1 ? `${runs.length} runs laid over one another` : first ? first.name : hasData ? runName() : undefined} chips={hasData || first ? [`seed ${live?.seed ?? (first ? seedOf(first.id) : null) ?? config.seed}`] : []} actions={<RunActions />}>
      {!hasData && !hasRuns && !live ? (
        <NoData />
      ) : (
        <div className={css.layout}>
          <ModelForm />
          <div className={css.results}>
            {!hasData && <NoData />}
            <Notices warnings={first?.warnings ?? []} />
            {live && <RunProgress run={live} />}
            <Results runs={runs} idle={!live} hasData={hasData} />
            <RunList liveSplit={liveSplit} />
          </div>
        </div>
      )}
    </Screen>
  );
}

function Results({ runs, idle, hasData }: { runs: ShownRun[]; idle: boolean; hasData: boolean }) {
  const { metric, k } = useTrainForm((s) => s.view);
  const iterative = useTrainForm((s) => catalogue.find((c) => c.id === s.config.model)?.iterative ?? true);
  const first = runs[0];
  if (!first) {
    return hasData && idle ? (
      <Card>
        <EmptyState title="Nothing trained yet" text={iterative ? 'Press Train. The loss moves within seconds; after each epoch the curves for all, warm, cold and strictly new items grow by a point, with popularity and random beside them.' : 'Press Train. This model is computed at once: its test results for all, warm, cold and strictly new items appear here, with popularity and random beside them.'} />
      </Card>
    ) : null;
  }
  const curves = runs.some((r) => r.live || r.epochs.length > 1);
  const sentences = readingOf(first, metric, k).sentences;
  return (
    <>
      <SliceFigures run={first} metric={metric} k={k} />
      {curves && <Curves runs={runs} />}
      {first.epochs.length > 1 || first.live ? (
        first.epochs.length > 0 && <EpochTable run={first} />
      ) : (
        <Card>
          <Reading>
            {sentences.join(' ')} This model is computed at once, so it has no curves.
          </Reading>
        </Card>
      )}
      <TestTable run={first} />
    </>
  );
}

function NoData() {
  const busy = useDataFlow((s) => s.work !== null);
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
