/** The final word: every metric of every slice on the test set, beside popularity, random and the oracle. */
import { CUTOFFS, SLICES } from '../../core/metric';
import { METRIC_IDS } from '../../app/train-form';
import { Card } from '../../ui/Card';
import { DataTable } from '../../ui/DataTable';
import { count, interval, rate } from '../../ui/format';
import { Help } from '../../ui/Help';
import { Mark } from '../../ui/Mark';
import { SampledBadge } from '../../ui/SampledBadge';
import { SegmentedControl } from '@mantine/core';
import { BeyondTable } from './beyond-table';
import { form, useTrainForm } from './form-state';
import { listedRule, metricWords, rankRule } from './metric-words';
import { sliceTitles } from './series';
import { baselineAt, type ShownRun } from './shown';
import css from './train.module.css';

/** `named`: several runs are drawn, so it says which one this is. */
export function TestTable({ run, named }: { run: ShownRun; named: boolean }) {
  const { metric, k } = useTrainForm((s) => s.view);
  const test = run.test;
  if (!test) return null;
  const metrics = METRIC_IDS.filter((m) => SLICES.some((s) => test[s].metrics[`${m}@${k}`]));
  const columns = [
    { key: 'slice', label: 'Slice' },
    { key: 'n', label: 'n', align: 'right' as const },
    ...metrics.map((m) => ({ key: m, label: m, align: 'right' as const })),
    ...(['popularity', 'random', 'oracle'] as const).filter((b) => run.baselines.some((x) => x.id === b)).map((b) => ({ key: b, label: b, align: 'right' as const })),
  ];
  const rows = SLICES.map((s) => ({
    slice: (
      <span className={css.sliceCell}>
        <Mark tone={s} /> {sliceTitles[s]}
      </span>
    ),
    n: count(test[s].n),
    ...Object.fromEntries(
      metrics.map((m) => {
        const v = test[s].metrics[`${m}@${k}`];
        return [m, v ? <Value key={m} value={v} /> : '–'];
      }),
    ),
    ...Object.fromEntries(
      (['popularity', 'random', 'oracle'] as const).map((b) => {
        const v = baselineAt(run, b, 'test')?.[s].metrics[`${metric}@${k}`];
        return [b, v ? <span key={b} className={css.faint}>{rate(v.value)}</span> : '–'];
      }),
    ),
  }));
  const empty = SLICES.flatMap((s) => (test[s].n === 0 && test[s].empty ? [`${sliceTitles[s]}: ${test[s].empty}`] : []));
  return (
    <Card
      title={<>{named ? `Test set, ${run.name}` : 'Test set'}<SampledBadge sampled={run.sampled} /></>}
      padded={false}
      aside={<SegmentedControl aria-label="List length K" value={String(k)} onChange={(v) => form.setView({ k: Number(v) })} data={CUTOFFS.map(String)} />}
      footer={
        <div className={css.formulas}>
          {empty.map((e) => (
            <p key={e}>{e}</p>
          ))}
          <p>
            Read once{run.bestEpoch ? `, at epoch ${run.bestEpoch}` : ''}
            {run.selection === 'test' ? ', which was itself chosen on this test set (as published), so these numbers are too good' : run.selection === 'validation' ? ', which validation chose' : ''}. {run.sampled ? listedRule : rankRule} Small figures are 95 % intervals; popularity, random and oracle are {metric}@{k}.
          </p>
          <p className={css.formulaRow}>
            {metrics.map((m) => (
              <span key={m}>
                {m} <Help term={metricWords(m).name}>{metricWords(m).help} {metricWords(m).formula}.</Help>
              </span>
            ))}
          </p>
        </div>
      }
    >
      <DataTable caption={`Test results of ${run.name}`} columns={columns} rows={rows} maxHeight={420} />
      {run.beyond && <BeyondTable beyond={run.beyond} name={run.name} model={run.model} />}
    </Card>
  );
}

const Value = ({ value }: { value: { value: number; low: number; high: number } }) => (
  <>
    {rate(value.value)}
    <span className={css.ciBelow}>{interval(value.low, value.high, value.value)}</span>
  </>
);
