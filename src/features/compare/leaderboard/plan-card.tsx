/** A plan while it runs, and what is left of it afterwards: progress, time left, Stop, Resume, failures. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { resumePlan, stopPlan, trimPlan, type PlanEntry, type PlannedRun, type RunState } from '../../../app/queue';
import { Problem } from '../../../core/problem';
import { Card } from '../../../ui/Card';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { count, percent, plural, seconds } from '../../../ui/format';
import { ProgressStrip } from '../../../ui/ProgressStrip';
import css from './leaderboard.module.css';

export const tally = (entry: PlanEntry): Record<RunState['status'], number> & { reused: number; total: number } => {
  const states = Object.values(entry.states);
  const of = (s: RunState['status']): number => states.filter((x) => x.status === s).length;
  return { waiting: of('waiting'), running: of('running'), done: of('done'), failed: of('failed'), stopped: of('stopped'), reused: states.filter((s) => s.reused).length, total: states.length };
};

export function PlanCard({ entry }: { entry: PlanEntry }) {
  const [fault, setFault] = useState<Problem | null>(null);
  const { plan, states, running, secondsLeft } = entry;
  const n = tally(entry);
  const failures = plan.runs.filter((r) => states[r.id]?.status === 'failed');
  // Every seed of a wrong setting fails alike: said once.
  const reasons = new Map<string, PlannedRun[]>();
  for (const r of failures) {
    const what = states[r.id]?.problem?.what ?? 'The reason is not known.';
    reasons.set(what, [...(reasons.get(what) ?? []), r]);
  }
  const left = n.waiting + n.running + n.stopped + n.failed;
  if (!running && left === 0) return null;
  const resume = (): void => {
    try {
      resumePlan(plan.id);
      setFault(null);
    } catch (error) {
      setFault(error instanceof Problem ? error : new Problem(String(error), {}, 'Try again.'));
    }
  };
  const live = plan.runs.filter((r) => states[r.id]?.status === 'running');
  const partly = live.reduce((sum, r) => sum + (states[r.id]?.fraction ?? 0), 0);
  return (
    <section className={css.plan} aria-label={plan.title}>
      {running ? (
        <ProgressStrip
          label={`${count(n.done + n.failed)} of ${plural(n.total, 'run')}`}
          value={(n.done + n.failed + partly) / n.total}
          details={secondsLeft === null ? ['time left known after the first runs'] : [`about ${seconds(secondsLeft)} left`]}
          onStop={() => stopPlan(plan.id)}
        />
      ) : (
        <Card>
          <div className={css.resume}>
            <span>
              <strong>{n.stopped + n.waiting > 0 ? `Stopped with ${count(n.done)} of ${plural(n.total, 'run')} done` : `${plural(n.failed, 'run')} failed`}.</strong> {n.stopped + n.waiting > 0 ? 'What is done is kept; Resume trains the rest.' : 'The others are in the table; Resume tries again.'}
            </span>
            <span className={css.buttons}>
              <Button onClick={resume}>Resume</Button>
              <Button variant="default" onClick={() => trimPlan(plan.id)}>
                Discard the rest
              </Button>
            </span>
          </div>
        </Card>
      )}
      {live.length > 0 && (
        <ul className={css.live} aria-label="Runs in progress">
          {live.map((r) => (
            <LiveRun key={r.id} run={r} state={states[r.id]!} />
          ))}
        </ul>
      )}
      {fault && <ErrorPanel what={fault.what} remedy={fault.remedy} onDismiss={() => setFault(null)} />}
      {[...reasons].map(([what, runs]) => {
        const p = states[runs[0]!.id]?.problem;
        return <ErrorPanel key={what} title={runs.length === 1 ? `${runs[0]!.name} failed` : `${runs[0]!.name} and ${plural(runs.length - 1, 'other run')} failed`} what={what} place={p?.place} remedy={p?.remedy ?? 'The other runs go on.'} />;
      })}
    </section>
  );
}

function LiveRun({ run, state }: { run: PlannedRun; state: RunState }) {
  return (
    <li>
      <span>{run.name}</span>
      <span className={css.faint}>{state.label}{state.fraction === null ? '' : `, ${percent(state.fraction)}`}</span>
    </li>
  );
}
