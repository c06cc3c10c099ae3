/** Repro capsules: save one, bring one in, and the verdict on running it again. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { capsuleOf, judgeCapsule } from '../../../analysis/capsule';
import { forgetCapsule, importCapsule, useCapsules, type ImportedCapsule } from '../../../app/capsule';
import { removePlan, resumePlan, stopPlan, usePlan } from '../../../app/queue';
import { useRuns } from '../../../app/runs';
import { runFileName } from '../../../app/runs-transfer';
import { describePlace, messageOf, Problem } from '../../../core/problem';
import type { RunRecord } from '../../../core/run';
import { cardOf } from '../../../models/catalogue';
import { Card } from '../../../ui/Card';
import { DataTable } from '../../../ui/DataTable';
import { download } from '../../../ui/download';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { rate } from '../../../ui/format';
import { ProgressStrip } from '../../../ui/ProgressStrip';
import { create } from 'zustand';
import css from '../compare.module.css';

const useFault = create<{ fault: { what: string; place: string; remedy: string } | null }>(() => ({ fault: null }));

/** Models of plain numbers give the same figures everywhere; tensors round differently on other processors and backends. */
function toleranceOf(run: RunRecord): number {
  try {
    return cardOf(run.model.id).tensors ? 0.01 : 1e-6;
  } catch {
    return 1e-6;
  }
}

export const saveCapsule = (run: RunRecord): void => download(runFileName(run, 'capsule.json'), `${JSON.stringify(capsuleOf(run, toleranceOf(run)), null, 1)}\n`, 'application/json');

export function CapsuleButton() {
  const take = (file: File | undefined): void => {
    if (!file) return;
    useFault.setState({ fault: null });
    importCapsule(file).catch((error: unknown) => {
      const p = error instanceof Problem ? { what: error.what, place: describePlace(error.place), remedy: error.remedy } : { what: messageOf(error), place: '', remedy: '' };
      useFault.setState({ fault: p });
    });
  };
  return (
    <Button variant="default" component="label" size="compact-sm">
      Import capsule
      <input
        type="file"
        accept="application/json,.json"
        className="visually-hidden"
        onChange={(e) => {
          take(e.target.files?.[0]);
          e.target.value = '';
        }}
      />
    </Button>
  );
}

/** What was brought in, newest first. */
export function Capsules() {
  const list = useCapsules();
  const { fault } = useFault();
  return (
    <>
      {fault && <ErrorPanel title="This capsule cannot run here" what={fault.what} place={fault.place || undefined} remedy={fault.remedy} onDismiss={() => useFault.setState({ fault: null })} />}
      {list.map((c) => (
        <CapsuleCard key={c.planId} imported={c} />
      ))}
    </>
  );
}

function CapsuleCard({ imported: { planId, capsule } }: { imported: ImportedCapsule }) {
  const entry = usePlan(planId);
  const [fault, setFault] = useState<string | null>(null);
  const state = entry?.states['again'];
  const run = useRuns((s) => s.runs.find((r) => r.id === state?.recordId));
  const verdict = run ? judgeCapsule(capsule, run) : null;
  const resume = (): void => {
    try {
      setFault(null);
      resumePlan(planId);
    } catch (error) {
      setFault(messageOf(error));
    }
  };
  const forget = (): void => {
    removePlan(planId);
    forgetCapsule(planId);
  };
  return (
    <Card
      title={verdict ? (verdict.reproduced ? 'Reproduced within tolerance' : 'Not reproduced') : 'Capsule'}
      aside={capsule.name.slice(0, 80)}
      padded={verdict === null}
      footer={
        <div className={css.buttons}>
          <span role="status">{verdict?.words ?? (state?.status === 'failed' ? 'It failed.' : 'Training it again with its own settings.')}</span>
          <span className={css.spring} />
          {!entry?.running && (
            <Button variant="subtle" size="compact-sm" onClick={forget}>
              Put away
            </Button>
          )}
        </div>
      }
    >
      {verdict ? (
        <DataTable
          maxHeight={420}
        caption="Expected figures beside those measured here"
          columns={[{ key: 'figure', label: 'Figure' }, { key: 'expected', label: 'Expected' }, { key: 'got', label: 'Got' }, { key: 'difference', label: 'Difference' }, { key: 'within', label: '' }]}
          rows={verdict.rows.map((r) => ({
            figure: r.figure,
            expected: figure(r.expected),
            got: r.got === null ? '–' : figure(r.got),
            difference: r.difference === null ? '–' : figure(r.difference),
            within: r.within ? 'within' : <b>off</b>,
          }))}
        />
      ) : entry?.running ? (
        <ProgressStrip label={state?.label ?? 'Waiting'} value={state?.fraction ?? null} onStop={() => stopPlan(planId)} />
      ) : (
        <div className={css.buttons}>
          {(fault ?? state?.problem) && <ErrorPanel what={fault ?? state!.problem!.what} remedy={state?.problem?.remedy} />}
          {state?.status === 'done' ? 'Its run was deleted, so there is nothing to judge.' : <Button onClick={resume}>Run it</Button>}
        </div>
      )}
    </Card>
  );
}

const figure = (v: number | string): string => (typeof v === 'string' ? v.slice(0, 12) : Number.isInteger(v) ? String(v) : rate(v, 6));
