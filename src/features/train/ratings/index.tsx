/** Train, the task of predicting ratings: choose a model and folds, run, compare on the same folds. */
import { Button, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { openDemo, useDataFlow } from '../../../app/data';
import { useScreenCommands } from '../../../app/commands';
import { publishedFolds, ratings, useRatings } from '../../../app/ratings';
import { secondsLeft, shareDone } from '../../../app/ratings/live';
import { useStorage } from '../../../app/storage';
import { formatHash, navigate } from '../../../app/url';
import { useWorkspace } from '../../../app/workspace';
import { Card } from '../../../ui/Card';
import { EmptyState } from '../../../ui/EmptyState';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { overFolds } from '../../../core/rating-run';
import { rate, seconds } from '../../../ui/format';
import { ProgressStrip } from '../../../ui/ProgressStrip';
import { Screen } from '../../../ui/Screen';
import panes from '../../../ui/panes.module.css';
import css from '../train.module.css';
import { SearchPanel } from '../search';
import { ModeSwitch } from '../search/mode-switch';
import { SearchActions } from '../search/search-actions';
import { useSearchForm } from '../search/search-state';
import { useSearchAddress } from '../search/use-search-address';
import { RatingBoard, useBoard } from './board';
import { ratingName, ratingObstacle, startRating } from './controls';
import { EpochChart } from './epoch-chart';
import { FoldTable } from './fold-table';
import { ratingForm, useRatingForm } from './form-state';
import { RatingModelForm } from './rating-form';
import { RatingScale } from './rating-scale';
import { TaskSwitch } from './task-switch';
import { useRatingAddress } from './use-address';

export function RatingScreen() {
  useRatingAddress();
  useSearchAddress('predict');
  const searching = useSearchForm((s) => s.mode === 'search');
  const dataHash = useWorkspace((s) => s.data?.hash ?? null);
  const hasValue = useWorkspace((s) => s.data?.hasValue ?? false);
  const seed = useRatingForm((s) => s.config.seed);
  useRatingForm((s) => s.config); // ratingName() reads it
  const liveName = useRatings((s) => s.live?.name);
  const problem = useRatings((s) => s.problem);
  useEffect(() => {
    void ratings.refresh();
  }, []);
  useEffect(() => {
    if (dataHash !== null) ratingForm.suggestFolds(publishedFolds() !== null);
  }, [dataHash]);

  return (
    <Screen title="Train" subtitle={searching ? undefined : (liveName ?? (dataHash ? ratingName() : undefined))} chips={dataHash && !searching ? [`seed ${seed}`] : []} actions={<><ModeSwitch />{searching ? <SearchActions task="predict" /> : <RatingActions />}</>}>
      {searching ? <SearchPanel task="predict" above={<TaskSwitch task="predict" />} noData={<NoData />} /> : (
        <div className={panes.layout}>
          <div className={css.form}>
            <TaskSwitch task="predict" />
            <RatingModelForm />
          </div>
          <div className={panes.results}>
            {problem && <ErrorPanel title="The ratings could not be predicted" what={problem.what} remedy={problem.remedy ?? undefined} onDismiss={ratings.dismiss} />}
            {dataHash === null ? <NoData /> : hasValue ? null : <NoRatings />}
            <Live />
            <Results />
            <RatingBoard />
            {hasValue && <RatingScale />}
          </div>
        </div>
      )}
    </Screen>
  );
}

function RatingActions() {
  const status = useRatings((s) => s.live?.status ?? null);
  useRatingForm((s) => s); // the obstacle follows the form and the data
  useWorkspace((s) => s.data);
  const obstacle = status === null ? ratingObstacle() : null;
  const run = (): void => void (status === null && obstacle === null && startRating());
  useScreenCommands([
    { id: 'ratings go', group: 'Train', label: 'Run the folds', keys: 'mod+Enter', run },
    { id: 'ratings stop', group: 'Train', label: 'Stop and keep the folds that are done', keys: 'mod+.', run: () => void ratings.stop() },
  ]);
  useHotkeys([['mod+Enter', run], ['mod+.', () => void ratings.stop()]], []);
  if (status !== null) {
    return (
      <Tooltip label="Ends now; folds that are done are kept (Ctrl+.)" position="bottom-end">
        <Button variant="default" disabled={status === 'stopping'} onClick={() => void ratings.stop()}>
          {status === 'stopping' ? 'Stopping…' : 'Stop'}
        </Button>
      </Tooltip>
    );
  }
  return (
    <Tooltip label={obstacle ?? 'Fit and measure on every fold (Ctrl+Enter)'} position="bottom-end">
      <Button data-disabled={obstacle ? true : undefined} aria-disabled={obstacle !== null} onClick={run}>
        Run
      </Button>
    </Tooltip>
  );
}

function Live() {
  const live = useRatings((s) => s.live);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!live) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [live]);
  if (!live) return null;
  const left = secondsLeft(live, Math.max(now, live.startedAt));
  const details = [
    live.label,
    live.done.length > 0 ? `RMSE so far ${rate(overFolds(live.done, 'all', 'rmse').mean ?? NaN)}` : null,
    left === null || live.status === 'stopping' ? null : `${seconds(left)} left`,
  ].filter((d): d is string => d !== null);
  return (
    <>
      <ProgressStrip label={live.status === 'stopping' ? 'Stopping' : live.folds === null ? 'Making the folds' : `Fold ${live.fold + 1} of ${live.folds}`} value={shareDone(live)} details={details} />
      {live.epochsPlanned > 1 && <EpochChart folds={live.epochs} planned={live.epochsPlanned} name={live.name} />}
    </>
  );
}

function Results() {
  const live = useRatings((s) => s.live !== null);
  const hasData = useWorkspace((s) => s.data?.hasValue ?? false);
  const { shown } = useBoard();
  if (live) return null;
  if (!shown) {
    return hasData ? (
      <Card>
        <EmptyState title="No ratings predicted yet" text="Press Run. Each fold is hidden in turn, predicted from the others and compared: RMSE, MAE and r appear per fold with their mean and spread, for warm and cold items too." />
      </Card>
    ) : null;
  }
  const epochs = shown.folds.map((f) => f.epochs);
  const longest = Math.max(0, ...epochs.map((e) => e.length));
  return (
    <>
      <FoldTable run={shown} />
      {longest > 1 && <EpochChart folds={epochs} planned={longest} name={shown.name} />}
    </>
  );
}

function NoRatings() {
  return (
    <Card>
      <EmptyState
        title="No ratings in these data"
        text="Predicting ratings needs a value for each interaction: stars, marks, points. These interactions say only who had what. Open the files again and choose the column with the ratings as “value”, or rank items instead."
        action={
          <Button component="a" variant="default" href={formatHash('data')} onClick={() => navigate('data')}>
            Open the Data screen
          </Button>
        }
      />
    </Card>
  );
}

function NoData() {
  const restoring = useStorage((s) => s.phase === 'restoring');
  const busy = useDataFlow((s) => s.work !== null);
  return (
    <Card>
      <EmptyState
        title={restoring ? 'Opening what you had loaded' : 'No data yet'}
        text={restoring ? 'The data set is read from this browser and cleaned again by its recorded steps.' : 'Rating prediction needs people, items and the stars they gave. MovieLens 100K as downloaded brings its own five folds.'}
        action={
          restoring ? undefined : (
            <>
              <Button component="a" href={formatHash('data')} onClick={() => navigate('data')}>
                Open the Data screen
              </Button>{' '}
              <Button variant="default" loading={busy} onClick={() => void openDemo()}>
                Try the demo
              </Button>
            </>
          )
        }
      />
    </Card>
  );
}
