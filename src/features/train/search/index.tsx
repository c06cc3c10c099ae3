/** Search: choose ranges and a budget, watch the trials, train the winner. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { searches, useSearches } from '../../../app/search';
import { doneCount, statusOf, trialsOf, type StudyEntry, type StudyTask } from '../../../app/search/study';
import { useWorkspace } from '../../../app/workspace';
import { Card } from '../../../ui/Card';
import { EmptyState } from '../../../ui/EmptyState';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { plural, seconds } from '../../../ui/format';
import { ProgressStrip } from '../../../ui/ProgressStrip';
import { RESULTS } from '../controls';
import { ParallelCoordinates } from './parallel';
import { ParamPlots } from './param-plots';
import { SearchFormCard } from './search-form-card';
import { dismissFailure, useShownFailure, useShownStudy } from './search-state';
import { resume, StudyList } from './study-list';
import { TrialTable } from './trial-table';
import { WinnerCard } from './winner-card';
import { trialsWord } from './words';
import panes from '../../../ui/panes.module.css';
import train from '../train.module.css';

/** `noData`: said instead of results while nothing is loaded. `above`: what stands over the form. */
export function SearchPanel({ task, noData, above }: { task: StudyTask; noData: ReactNode; above?: ReactNode }) {
  const study = useShownStudy(task);
  const failure = useShownFailure();
  const notice = useSearches((s) => s.notice);
  const hasData = useWorkspace((s) => s.data !== null);
  return (
    <div className={panes.layout}>
      <div className={train.form}>
        {above}
        <SearchFormCard task={task} />
      </div>
      <div id={RESULTS} className={panes.results}>
        {failure && <ErrorPanel title="That search could not go on" what={failure.what} remedy={failure.remedy ?? undefined} onDismiss={dismissFailure} />}
        {notice && <output className={panes.warning}>{notice}</output>}
        {!hasData && noData}
        {study ? (
          <StudyView study={study} />
        ) : (
          hasData && (
            <Card>
              <EmptyState title="Nothing searched yet" text={`Press Search. Every trial fits the model with other settings and scores it on ${task === 'predict' ? 'ratings held out of the train part' : 'the validation items'}; the best so far, how score and settings hang together, and every trial appear here. ${task === 'predict' ? 'The test ratings are not read.' : 'The test set is not read.'}`} />
            </Card>
          )
        )}
        <StudyList task={task} shown={study?.id ?? null} />
      </div>
    </div>
  );
}

function StudyView({ study }: { study: StudyEntry }) {
  const done = doneCount(study);
  const all = trialsOf(study);
  const status = statusOf(study);
  useWorkspace((s) => s.data);
  const obstacle = searches.obstacleOf(study.spec);
  return (
    <>
      {study.running && (
        <ProgressStrip
          label={done === 0 ? 'Searching: first trial' : `Searching: ${done} of ${trialsWord(all)}`}
          value={(done + Object.values(study.live).reduce((sum, t) => sum + (t.fraction ?? 0), 0)) / all}
          details={[plural(Object.keys(study.live).length, 'trial under way', 'trials under way'), ...(study.secondsLeft === null ? [] : [`${seconds(study.secondsLeft)} left`])]}
        />
      )}
      {(status === 'stopped' || study.halted) && (
        <section className={train.cutOff} aria-label="A search was stopped">
          <div>
            <strong>{study.halted ?? `This search was stopped after ${done} of ${trialsWord(all)}.`}</strong> {study.spec.title}. {obstacle ?? `Resuming makes exactly the ${trialsWord(all - done)} that ${all - done === 1 ? 'is' : 'are'} left, with the same seed.`}
          </div>
          <div className={train.cutOffActions}>
            <Button disabled={obstacle !== null} onClick={() => resume(study)}>
              Resume
            </Button>
          </div>
        </section>
      )}
      {status === 'time' && <output className={panes.warning}>The {study.spec.minutes} minutes of its budget are used up after {trialsWord(done)} of {all}.</output>}
      <WinnerCard study={study} />
      <ParallelCoordinates study={study} />
      <ParamPlots study={study} />
      <TrialTable study={study} />
    </>
  );
}
