/** The profile of a run: how to take one, its phases, its kernels; or what is known of a run without tensors. */
import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { askProfile, forgetProfileWish, MOST_PROFILE_STEPS, useProfiles } from '../../../app/profile';
import { useRuns } from '../../../app/runs';
import { useTrain } from '../../../app/train';
import type { ParamValue } from '../../../core/params';
import { usesTensors } from '../../../models/members';
import { plural } from '../../../ui/format';
import { catalogue, useTrainForm } from '../form-state';
import type { ShownRun } from '../shown';
import { KernelTable } from './kernel-table';
import { PhaseBar, RunSeconds } from './phase-bar';
import css from './profile.module.css';

function onTensors(model: string, params: Record<string, ParamValue>): boolean {
  const card = catalogue.find((c) => c.id === model);
  try {
    return card !== undefined && usesTensors(card, params);
  } catch {
    return false;
  }
}

const WITHOUT = 'computes without tensors, so there are no kernel launches to count: only the seconds of each phase are known.';

/** For the run shown, and for the one Train would start. */
export function ProfileAsk({ run }: { run: ShownRun | null }) {
  const live = useTrain((s) => (run && s.live?.runId === run.id ? s.live.params : null));
  const record = useRuns((s) => (run ? s.runs.find((r) => r.id === run.id) : undefined));
  const next = useTrainForm((s) => s.config);
  const profiled = useProfiles((s) => run !== null && s.byRun[run.id] !== undefined);
  const shown = run && { tensors: onTensors(run.model, live ?? record?.model.params ?? {}), live: run.live };
  const askable = shown?.live ? shown.tensors : onTensors(next.model, next.params);
  return (
    <>
      {shown && !shown.tensors && <p className={css.text}>This model {WITHOUT}</p>}
      {askable && <Ask live={shown?.live ?? false} />}
      {!shown && !askable && <p className={css.text}>The model chosen {WITHOUT}</p>}
      {shown?.tensors && !profiled && !shown.live && <p className={css.text}>No steps of this run were profiled. A profile is about this machine at one moment: it is taken while a run trains, and kept for this visit.</p>}
    </>
  );
}

export function ProfileCharts({ run }: { run: ShownRun }) {
  const profile = useProfiles((s) => s.byRun[run.id]);
  const seconds = useRuns((s) => s.runs.find((r) => r.id === run.id)?.seconds ?? null);
  return (
    <>
      {profile && <PhaseBar profile={profile} name={run.name} />}
      {profile && <KernelTable profile={profile} name={run.name} />}
      <RunSeconds run={run} seconds={seconds} />
    </>
  );
}

function Ask({ live }: { live: boolean }) {
  const [steps, setSteps] = useState<number | string>(5);
  const asking = useProfiles((s) => s.asking);
  const note = useProfiles((s) => s.note);
  const valid = typeof steps === 'number' && Number.isInteger(steps) && steps >= 1 && steps <= MOST_PROFILE_STEPS;
  return (
    <div className={css.row}>
      <NumberInput label="Steps" value={steps} onChange={setSteps} min={1} max={MOST_PROFILE_STEPS} clampBehavior="none" allowDecimal={false} w={96} size="xs" error={valid ? undefined : `1 to ${MOST_PROFILE_STEPS}`} disabled={asking !== null} />
      {asking === null ? (
        <Button variant="default" disabled={!valid} onClick={() => valid && void askProfile(steps)}>
          {live ? `Profile ${plural(Number(steps), 'step')}` : `Profile ${plural(Number(steps), 'step')} of the next run`}
        </Button>
      ) : (
        <Button variant="default" onClick={forgetProfileWish}>
          Do not profile
        </Button>
      )}
      <p role="status" className={css.text}>
        {asking !== null ? (live ? `Waiting for ${plural(asking, 'step')} to go by.` : `The next run will be profiled: press Train.`) : (note ?? 'Costs next to nothing, and changes no result.')}
      </p>
    </div>
  );
}
