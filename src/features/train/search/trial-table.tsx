/** Every trial, the newest at hand: under way, done, or failed and why. */
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { StudyEntry } from '../../../app/search/study';
import { Card } from '../../../ui/Card';
import { DataTable } from '../../../ui/DataTable';
import { interval, percent, rate, seconds } from '../../../ui/format';
import { byScore, metricsOf, scoredTrials } from './trial-rows';
import { labelOf, searchedNames, valueText } from './words';
import train from '../train.module.css';
import css from './search.module.css';

export function TrialTable({ study }: { study: StudyEntry }) {
  const [order, setOrder] = useState<'score' | 'time'>('score');
  const { model, strategy } = study.spec;
  const metrics = metricsOf(study.spec);
  const names = searchedNames(strategy.space);
  const cells = (params: Record<string, unknown>) => Object.fromEntries(names.map((n) => [n, valueText(model, n, params[n] as never)]));
  const live = Object.entries(study.live).map(([n, t]) => ({ n: Number(n) + 1, ...cells(t.params), score: <span className={train.faint}>{t.label}{t.fraction === null ? '' : `, ${percent(t.fraction)}`}</span> }));
  const scored = scoredTrials(study);
  const shown = order === 'score' ? byScore(scored) : scored.toReversed();
  const epochs = scored.some((t) => t.record.bestEpoch !== null);
  const done = shown.map((t) => ({
    n: t.n + 1,
    ...cells(t.params),
    epochs: t.record.bestEpoch === null ? '' : <span className={css.line}>{`${t.record.bestEpoch} of ${t.record.epochs}`}</span>,
    score: (
      <span className={css.line}>
        {rate(t.record.score.value)} <span className={train.ci}>{interval(t.record.score.low, t.record.score.high, t.record.score.value)}</span>
      </span>
    ),
    beside: rate(t.record.beside.value),
    seconds: <span className={css.line}>{seconds(t.record.seconds)}</span>,
  }));
  const failed = study.trials.flatMap((t, n) => (t?.problem ? [{ n: n + 1, ...cells(t.params), score: 'failed', beside: '', seconds: '', why: t.problem.what }] : []));
  const rows: Record<string, React.ReactNode>[] = [...live, ...done, ...failed];
  const best = done.findIndex((_, k) => shown[k]!.best);
  return (
    <Card
      title="Trials"
      padded={false}
      aside={<SegmentedControl aria-label="Order of the trials" value={order} onChange={(v) => setOrder(v as 'score' | 'time')} data={[{ value: 'score', label: 'Best first' }, { value: 'time', label: 'Newest first' }]} />}
      footer={failed.length > 0 ? failed.map((f) => <p key={f.n}>Trial {f.n} failed: {f.why}</p>) : undefined}
    >
      {rows.length === 0 ? (
        <p className={train.nothing}>The first trial has not begun.</p>
      ) : (
        <DataTable
          caption="Trials of this search"
          maxHeight={360}
          highlight={best < 0 ? null : best + live.length}
          columns={[
            { key: 'n', label: 'Trial' },
            ...names.map((n) => ({ key: n, label: labelOf(model, n), align: 'right' as const })),
            ...(epochs ? [{ key: 'epochs', label: 'Best epoch', align: 'right' as const }] : []),
            { key: 'score', label: metrics.score, align: 'right' as const },
            { key: 'beside', label: metrics.beside, align: 'right' as const },
            { key: 'seconds', label: 'Time', align: 'right' as const },
          ]}
          rows={rows}
        />
      )}
    </Card>
  );
}
