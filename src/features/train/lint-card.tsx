/** What a reviewer would object to in the run shown, why, and what to do; and what was looked at. */
import { Collapse, UnstyledButton } from '@mantine/core';
import { useId, useMemo, useState } from 'react';
import { useRuns } from '../../app/runs';
import { factsOfCard, lintRun, lintSummary, type ModelFacts, type Severity } from '../../analysis/lint/lint';
import type { RunRecord } from '../../core/run';
import { Card } from '../../ui/Card';
import { plural } from '../../ui/format';
import { catalogue } from './form-state';
import panes from '../../ui/panes.module.css';
import css from './lint-card.module.css';

const factsOfModel = (id: string): ModelFacts | null => factsOfCard(catalogue.find((c) => c.id === id));

const severityWords: Record<Severity, string> = { serious: 'Serious', doubt: 'Doubt', remark: 'Remark' };

/** Of a finished run; nothing while it trains, or when it is not kept on this device. */
export function LintCard({ runId, named }: { runId: string; named: boolean }) {
  const runs = useRuns((s) => s.runs);
  const run = runs.find((r) => r.id === runId);
  return run ? <Review run={run} runs={runs} named={named} /> : null;
}

function Review({ run, runs, named }: { run: RunRecord; runs: readonly RunRecord[]; named: boolean }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const report = useMemo(() => lintRun(run, runs, factsOfModel), [run, runs]);
  const { objections, passed, unknown, skipped } = report;
  return (
    <Card title={named ? `What a reviewer would say of ${run.name}` : 'What a reviewer would say'} aside={lintSummary(report)}>
      {objections.length === 0 && <p className={css.none}>Nothing to object to: {plural(passed.length, 'check')} made, all in order.</p>}
      {objections.length > 0 && (
        <ul className={css.list}>
          {objections.map((o) => (
            <li key={o.check} data-severity={o.severity}>
              <span className={css.severity}>{severityWords[o.severity]}</span>
              <div>
                <strong>{o.what}</strong>
                <p>{o.why}</p>
                <p className={css.remedy}>{o.remedy}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
      <UnstyledButton className={panes.link} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {open ? 'Hide the checks' : `What was looked at: ${passed.length} in order${unknown.length > 0 ? `, ${unknown.length} not known` : ''}`} <span aria-hidden="true">{open ? '▾' : '▸'}</span>
      </UnstyledButton>
      <Collapse id={id} expanded={open}>
        <ul className={css.checks}>
          {passed.map((c) => (
            <li key={c.check}>
              <b>In order.</b> {c.title}.
            </li>
          ))}
          {unknown.map((c) => (
            <li key={c.check}>
              <b>Not known.</b> {c.title}? {c.why}
            </li>
          ))}
          {skipped.map((c) => (
            <li key={c.check}>
              <b>Does not apply.</b> {c.title}.
            </li>
          ))}
        </ul>
      </Collapse>
    </Card>
  );
}
