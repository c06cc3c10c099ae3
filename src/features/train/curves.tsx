/** Two charts: the chosen metric, and its companion or the loss. A toolbar chooses metric, cut-off and slices. */
import { SegmentedControl, Select, UnstyledButton } from '@mantine/core';
import { memo, useState } from 'react';
import { METRIC_IDS } from '../../app/train-form';
import { CUTOFFS, SLICES, type SliceId } from '../../core/metric';
import { rate } from '../../ui/format';
import { Help } from '../../ui/Help';
import { LineChart } from '../../ui/LineChart';
import { Mark } from '../../ui/Mark';
import { form, useTrainForm } from './form-state';
import { metricWords, rankRule } from './metric-words';
import { baselineLines, lossSeries, metricSeries, sliceTitles, sliceWords, type ChartSeries } from './series';
import { sameEpochs, type ShownRun } from './shown';
import css from './train.module.css';

type Second = 'metric' | 'loss';

export function Curves({ runs }: { runs: readonly ShownRun[] }) {
  const view = useTrainForm((s) => s.view);
  const [wanted, setWanted] = useState<Second | null>(null);
  const measured = runs.some((r) => r.epochs.some((e) => e.validation !== null));
  // Until the first epoch is measured only the loss moves, so it is shown unless something else was asked for.
  const second: Second = wanted ?? (!measured && runs.some((r) => r.losses.length > 0 || r.live) ? 'loss' : 'metric');
  const companion = view.metric === 'NDCG' ? 'HR' : 'NDCG';
  const overlay = runs.length > 1;
  const slices = overlay ? [view.slices[0] ?? 'all'] : view.slices;

  return (
    <>
      <ChartTools overlay={overlay} second={second} companion={`${companion}@${view.k}`} onSecond={setWanted} />
      <div className={css.charts}>
        <MetricChart runs={runs} slices={slices} metric={view.metric} k={view.k} />
        {second === 'loss' ? <LossChart runs={runs} /> : <MetricChart runs={runs} slices={slices} metric={companion} k={view.k} />}
      </div>
    </>
  );
}

const ChartTools = memo(ChartToolsNow);

function ChartToolsNow({ overlay, second, companion, onSecond }: { overlay: boolean; second: Second; companion: string; onSecond: (s: Second) => void }) {
  const view = useTrainForm((s) => s.view);
  const words = metricWords(view.metric);
  return (
    <fieldset className={css.tools} aria-label="What the figures and charts show">
      <div className={css.toolPair}>
        <Select aria-label="Metric" size="xs" w={104} data={[...METRIC_IDS]} value={view.metric} allowDeselect={false} onChange={(m) => m && form.setView({ metric: m })} />
        <span>at</span>
        <Select aria-label="List length K" size="xs" w={70} data={CUTOFFS.map(String)} value={String(view.k)} allowDeselect={false} onChange={(k) => k && form.setView({ k: Number(k) })} />
        <Help term={`${words.name} at ${view.k}`}>
          {words.help} {words.formula}. {rankRule}
        </Help>
      </div>
      <SliceToggles slices={view.slices} single={overlay} />
      <SegmentedControl aria-label="Second chart" value={second} onChange={(v) => onSecond(v as Second)} data={[{ value: 'metric', label: companion }, { value: 'loss', label: 'Loss' }]} />
    </fieldset>
  );
}

/** Slices on and off; while runs are overlaid exactly one, since tone then means slice and line style means run. */
function SliceToggles({ slices, single }: { slices: readonly SliceId[]; single: boolean }) {
  const shown = single ? slices.slice(0, 1) : slices;
  const toggle = (slice: SliceId): void => {
    if (single) return form.setView({ slices: [slice] });
    const next = SLICES.filter((s) => (s === slice ? !slices.includes(s) : slices.includes(s)));
    if (next.length > 0) form.setView({ slices: next });
  };
  return (
    <fieldset className={css.sliceToggles} aria-label={single ? 'Slice (one, while runs are overlaid)' : 'Slices'}>
      {SLICES.map((s) => (
        <UnstyledButton key={s} className={css.sliceToggle} aria-pressed={shown.includes(s)} aria-label={sliceTitles[s]} onClick={() => toggle(s)}>
          <Mark tone={s} />
          {sliceWords[s]}
        </UnstyledButton>
      ))}
    </fieldset>
  );
}

const epochsOf = (runs: readonly ShownRun[]): number => Math.max(1, ...runs.map((r) => r.epochsPlanned ?? r.epochs.at(-1)?.epoch ?? 1));

interface MetricChartProps {
  runs: readonly ShownRun[];
  slices: readonly SliceId[];
  metric: string;
  k: number;
}
const MetricChart = memo(MetricChartNow, (a, b) => a.metric === b.metric && a.k === b.k && String(a.slices) === String(b.slices) && sameEpochs(a.runs, b.runs));

function MetricChartNow({ runs, slices, metric, k }: MetricChartProps) {
  const key = `${metric}@${k}`;
  const first = runs[0];
  const onTest = runs.some((r) => r.selection === 'test');
  return (
    <LineChart
      title={`${key} by epoch`}
      aside={`${runs.length > 1 ? `${sliceTitles[slices[0] ?? 'all'].toLowerCase()}, ` : ''}${onTest ? 'test set, as published' : 'validation, full ranking · 95 %'}`}
      series={withStyles(metricSeries(runs, slices, key))}
      baselines={first ? baselineLines(first, runs.length > 1 || slices.length === 1 ? (slices[0] ?? 'all') : 'all', key, runs.length === 1 && slices.length > 1) : []}
      xLabel="epoch"
      xMax={epochsOf(runs)}
      yFormat={(v: number) => rate(v, 3)}
      exportName={`${key.replace('@', '-at-')}-by-epoch`}
      empty="The first point comes with the first epoch."
    />
  );
}

const sameLosses = (a: readonly ShownRun[], b: readonly ShownRun[]): boolean => a.length === b.length && a.every((r, k) => r.id === b[k]!.id && r.losses === b[k]!.losses && r.epochsPlanned === b[k]!.epochsPlanned);
const LossChart = memo(LossChartNow, (a, b) => sameLosses(a.runs, b.runs));

function LossChartNow({ runs }: { runs: readonly ShownRun[] }) {
  return (
    <LineChart
      title="Loss"
      aside="training, mean of each batch"
      series={withStyles(lossSeries(runs))}
      xLabel="epoch"
      xMax={epochsOf(runs)}
      yFormat={(v: number) => rate(v, 3)}
      xFormat={(v: number) => (Number.isInteger(v) ? String(v) : v.toFixed(2))}
      exportName="loss"
      empty="The loss appears with the first batch."
    />
  );
}

/** Line styles per run, in the chart's own words. */
const withStyles = (series: ChartSeries[]) => series.map(({ style, ...s }) => ({ ...s, dashed: style > 0, dash: ['', '7 4', '2 3', '9 3 2 3'][style % 4] }));
