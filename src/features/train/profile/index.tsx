/** "Where does the time go?": folded, and only loaded when somebody asks. */
import { UnstyledButton } from '@mantine/core';
import { lazy, Suspense, useId } from 'react';
import { showProfile, useProfiles } from '../../../app/profile';
import { Card } from '../../../ui/Card';
import type { ShownRun } from '../shown';
import panes from '../../../ui/panes.module.css';
import css from './profile.module.css';

const Ask = lazy(async () => ({ default: (await import('./panel')).ProfileAsk }));
const Charts = lazy(async () => ({ default: (await import('./panel')).ProfileCharts }));

/** `run`: null before there is any; then the next one can be profiled. */
export function ProfileCard({ run, named }: { run: ShownRun | null; named: boolean }) {
  const id = useId();
  const open = useProfiles((s) => s.open);
  const profiled = useProfiles((s) => run !== null && s.byRun[run.id] !== undefined);
  return (
    <>
      <Card title={named && run ? `Where does the time go? ${run.name}` : 'Where does the time go?'} aside={profiled ? 'profiled' : undefined}>
        <UnstyledButton className={panes.link} aria-expanded={open} aria-controls={id} onClick={() => showProfile(!open)}>
          {open ? 'Hide' : 'The phases of a step, and what each operation reaches of what this machine can do'} <span aria-hidden="true">{open ? '▾' : '▸'}</span>
        </UnstyledButton>
        {open && <div id={id} className={css.ask}><Suspense fallback={<p className={css.text}>Opening…</p>}><Ask run={run} /></Suspense></div>}
      </Card>
      {open && run && (
        <Suspense fallback={null}>
          <Charts run={run} />
        </Suspense>
      )}
    </>
  );
}
