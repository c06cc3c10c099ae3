/** One line: what the run is doing, how far it is, how long still. */
import { phaseLeft, shareDone, timing, type LiveRun } from '../../app/train-live';
import { count, seconds } from '../../ui/format';
import { ProgressStrip } from '../../ui/ProgressStrip';

function progressLabel(run: LiveRun): string {
  const last = run.epochs.at(-1)?.epoch ?? 0;
  const of = run.epochsPlanned ? ` of ${count(run.epochsPlanned)}` : '';
  if (run.status === 'stopping') return run.phase && run.phase.total > 1 ? `Stopping: ${lower(run.phase.label)}` : 'Stopping: keeping what was learned';
  if (run.status === 'paused') return last > 0 ? `Paused after epoch ${last}${of}` : 'Paused';
  if (run.phase) return last > 0 && run.epochsPlanned && last < run.epochsPlanned ? `Epoch ${last + 1}${of}: ${lower(run.phase.label)}` : run.phase.label;
  if (run.batch) return `Epoch ${run.batch.epoch}${of}`;
  if (run.epochsPlanned) return last >= run.epochsPlanned ? 'Measuring on the test set' : `Epoch ${last + 1}${of}`;
  return run.status === 'preparing' ? 'Preparing: what computes, and the split' : 'Fitting the model'; // models without epochs are ready before their first phase
}
const lower = (s: string): string => s.charAt(0).toLowerCase() + s.slice(1);

export function RunProgress({ run }: { run: LiveRun }) {
  const time = timing(run);
  const step = phaseLeft(run);
  const details = [
    run.batch ? `batch ${count(run.batch.done)} of ${count(run.batch.total)}` : run.phase && run.phase.total > 1 ? `${count(run.phase.done)} of ${count(run.phase.total)}` : null,
    time.perEpoch === null ? null : `${seconds(time.perEpoch)} an epoch`,
    step !== null ? `${seconds(step)} left in this step` : time.left === null || run.status === 'stopping' ? null : `${seconds(time.left)} left`,
  ].filter((d): d is string => d !== null);
  return <ProgressStrip label={progressLabel(run)} value={shareDone(run)} details={details} active={run.status !== 'paused'} />;
}
