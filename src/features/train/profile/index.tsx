/** "Where does the time go?": folded, and only loaded when somebody asks. */
import { UnstyledButton } from '@mantine/core';
import { lazy, Suspense, useId, useState } from 'react';
import { useProfiles } from '../../../app/profile';
import { Card } from '../../../ui/Card';
import type { ShownRun } from '../shown';
import css from './profile.module.css';
import train from '../train.module.css';

const Ask = lazy(async () => ({ default: (await import('./panel')).ProfileAsk }));
const Charts = lazy(async () => ({ default: (await import('./panel')).ProfileCharts }));

export function ProfileCard({ run, named }: { run: ShownRun; named: boolean }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const profiled = useProfiles((s) => s.byRun[run.id] !== undefined);
  return (
    <>
      <Card title={named ? `Where does the time go? ${run.name}` : 'Where does the time go?'} aside={profiled ? 'profiled' : undefined}>
        <UnstyledButton className={train.more} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {open ? 'Hide' : 'The phases of a step, and what each operation reaches of what this machine can do'} <span aria-hidden="true">{open ? '▾' : '▸'}</span>
        </UnstyledButton>
        {open && <div id={id} className={css.ask}><Suspense fallback={<p className={css.text}>Opening…</p>}><Ask run={run} /></Suspense></div>}
      </Card>
      {open && (
        <Suspense fallback={null}>
          <Charts run={run} />
        </Suspense>
      )}
    </>
  );
}
