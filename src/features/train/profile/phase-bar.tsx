/** Phases as parts of a whole: of one profiled step, and of a whole run. */
import { profileSentence, readProfile } from '../../../analysis/profile';
import type { StepProfile } from '../../../core/profile';
import type { RunRecord } from '../../../core/run';
import { count, percent, plural, seconds } from '../../../ui/format';
import { StackedBar } from '../../../ui/StackedBar';
import type { ShownRun } from '../shown';

/** Milliseconds with as many digits as tell steps apart: 84 ms, 3.2 ms, 0.41 ms. */
export const milliseconds = (ms: number): string => `${ms >= 99.5 ? count(ms) : ms >= 9.95 ? ms.toFixed(0) : ms >= 0.995 ? ms.toFixed(1) : ms.toFixed(2)} ms`;

const steps = (n: number): string => (n >= 9.5 ? `${count(n)} steps` : `${n.toFixed(1)} steps`);

/** How much of the divided work each thread did. */
function shares({ parts }: StepProfile): string {
  const all = parts?.reduce((sum, n) => sum + n, 0) ?? 0;
  return parts && all > 0 ? `, which did ${parts.map((n) => percent(n / all)).join(' and ')} of what was divided` : '';
}

export function PhaseBar({ profile, name }: { profile: StepProfile; name: string }) {
  const r = readProfile(profile);
  const evaluation = r.phases.find((p) => p.phase === 'evaluation');
  const step = r.phases.filter((p) => p.phase !== 'evaluation');
  const aside = `${milliseconds(r.stepMilliseconds)} a step, mean of ${profile.steps}; ${profile.backend}, ${plural(profile.threads, 'thread')}${shares(profile)}`;
  return (
    <StackedBar
      title="One training step by phase"
      aside={aside}
      parts={step.map((p) => ({ key: p.phase, label: p.name, value: p.milliseconds, note: `${plural(Math.round(p.launches), 'launch', 'launches')}, ${milliseconds(p.inKernels)} within them` }))}
      nameLabel="Phase"
      valueLabel="Milliseconds a step"
      noteLabel="Launches"
      format={milliseconds}
      reading={`${profileSentence(profile, percent)}${evaluation ? ` Measuring an epoch takes ${milliseconds(evaluation.milliseconds)}, as long as ${steps(evaluation.milliseconds / Math.max(1e-9, r.stepMilliseconds))}.` : ''}`}
      exportName={`${name} step by phase`}
      empty="The clock of this browser is too coarse to see a step."
    />
  );
}

/** What every run record knows, whatever the model is made of. */
export function RunSeconds({ run, seconds: of }: { run: ShownRun; seconds: RunRecord['seconds'] | null }) {
  const parts = of
    ? [
        { key: 'prepare', label: 'Preparing', value: of.prepare },
        { key: 'fit', label: 'Fitting', value: of.fit },
        { key: 'evaluate', label: 'Measuring', value: of.evaluate },
      ]
    : [
        { key: 'fit', label: 'Fitting', value: run.epochs.reduce((s, e) => s + e.seconds, 0) },
        { key: 'evaluate', label: 'Measuring', value: run.epochs.reduce((s, e) => s + e.evaluateSeconds, 0) },
      ];
  return <StackedBar title={of ? 'The whole run by phase' : 'The run so far by phase'} parts={parts} nameLabel="Phase" valueLabel="Seconds" format={seconds} exportName={`${run.name} run by phase`} empty="Known when the first epoch has ended." />;
}
