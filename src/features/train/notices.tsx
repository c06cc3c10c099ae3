/** What needs an answer or a look: failures, runs that were cut off, warnings of the run. */
import { Button, CloseButton } from '@mantine/core';
import { describePlace } from '../../core/problem';
import { runs, useRuns } from '../../app/runs';
import { discardCheckpoint, dismissTrainFailure, reportTrainFailure, resumeCheckpoint, useTrain } from '../../app/train';
import { showOnly } from '../../app/runs';
import { ErrorPanel } from '../../ui/ErrorPanel';
import panes from '../../ui/panes.module.css';
import css from './train.module.css';

export function Notices({ warnings }: { warnings: readonly string[] }) {
  const failure = useTrain((s) => s.failure);
  const problem = useRuns((s) => s.problem);
  return (
    <>
      {failure?.stopped && (
        <output className={css.stopped}>
          <span>
            <strong>Stopped.</strong> {failure.what} {failure.remedy}
          </span>
          <CloseButton aria-label="Dismiss" onClick={dismissTrainFailure} />
        </output>
      )}
      {failure && !failure.stopped && <ErrorPanel title="Training stopped" what={failure.what} place={failure.place ? describePlace(failure.place) || undefined : undefined} remedy={failure.remedy ?? undefined} onDismiss={dismissTrainFailure} />}
      {problem && <ErrorPanel what={problem.what} place={problem.place?.file} remedy={problem.remedy ?? undefined} onDismiss={runs.dismiss} />}
      <CutOffRuns />
      {warnings.length > 0 && (
        <output className={panes.warning}>
          {warnings.map((w) => (
            <p key={w}>
              <strong>Warning:</strong> {w}
            </p>
          ))}
        </output>
      )}
    </>
  );
}

function CutOffRuns() {
  const cutOff = useTrain((s) => s.cutOff);
  const busy = useTrain((s) => s.live !== null);
  const go = async (runId: string): Promise<void> => {
    try {
      showOnly([]);
      await resumeCheckpoint(runId);
    } catch (error) {
      reportTrainFailure(error);
    }
  };
  return cutOff.map((c) => (
    <section key={c.runId} className={css.cutOff} aria-label="A run was cut off">
      <div>
        <strong>
          This run was cut off at epoch {c.epoch}
          {c.epochsPlanned ? ` of ${c.epochsPlanned}` : ''}.
        </strong>{' '}
        {c.name}. {c.obstacle ?? (busy ? 'It can go on when the present run has ended.' : 'Resuming gives the same result as if it had never stopped.')}
      </div>
      <div className={css.cutOffActions}>
        <Button variant="default" onClick={() => void discardCheckpoint(c.runId).catch(reportTrainFailure)}>
          Discard
        </Button>
        <Button disabled={c.obstacle !== null || busy} onClick={() => void go(c.runId)}>
          Resume
        </Button>
      </div>
    </section>
  ));
}
