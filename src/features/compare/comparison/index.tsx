/** Two or more runs of one ground side by side; the first is the reference. */
import { Button, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { outcomes, testAgainst, userValues } from '../../../analysis/compare';
import { SLICES } from '../../../core/metric';
import { useScreenCommands } from '../../../app/commands';
import { setQuery } from '../../../app/url';
import type { RunRecord } from '../../../core/run';
import { Card } from '../../../ui/Card';
import { DataTable } from '../../../ui/DataTable';
import { count, interval, rate } from '../../../ui/format';
import { LineChart } from '../../../ui/LineChart';
import { Reading } from '../../../ui/Reading';
import { distinctNames, sliceTitles } from '../../train/series';
import type { View } from '../runs/view';
import { settingRows } from '../setting-words';
import { saveReport } from '../share/report-button';
import css from '../compare.module.css';
import { ConfigDiff } from './config-diff';
import { CostChart } from './cost-chart';
import { Overlap } from './overlap';
import { RankHistogram } from './rank-histogram';
import { SliceChart } from './slice-chart';
import { usePairs } from './test-pairs';
import { UserScatter } from './user-scatter';

const chance = (p: number): string => (p < 0.001 ? 'p < .001' : `p = ${rate(p, 3)}`);
const DASHES = ['', '7 4', '2 3', '9 3 2 3'];

export function Comparison({ runs, all, view }: { runs: readonly RunRecord[]; all: readonly RunRecord[]; view: View }) {
  const names = distinctNames(runs);
  const [rival, setRival] = useState<string | null>(null);
  const reference = runs[0]!;
  const other = runs.slice(1).find((r) => r.id === rival) ?? runs[1]!;
  const name = (run: RunRecord): string => names[runs.indexOf(run)] ?? run.name;
  const pairs = usePairs(reference);
  const settings = useMemo(() => settingRows(runs), [runs]);
  const share = (): void => saveReport(runs, names, view.metric, pairs.state === 'here' ? pairs : null);
  useScreenCommands([
    { id: 'compare share', group: 'Compare', label: 'Share this comparison as one HTML file', keywords: ['export', 'report', 'download'], run: share },
    { id: 'compare clear', group: 'Compare', label: 'Compare none', keywords: ['untick', 'clear'], run: () => setQuery({ runs: null }) },
  ]);
  const perUser = userValues(reference, view.metric) && userValues(other, view.metric) && other.perUser!.ranks.length === reference.perUser!.ranks.length;
  return (
    <section className={css.stack} aria-label="Runs side by side">
      <div className={css.tools}>
        <h2>{runs.length} runs side by side</h2>
        <span className={css.faint}>reference: {name(reference)}</span>
        {runs.length > 2 && <Select size="xs" w={220} aria-label="Set against the reference" data={runs.slice(1).map((r) => ({ value: r.id, label: name(r) }))} value={other.id} allowDeselect={false} onChange={setRival} />}
        <span className={css.spring} />
        <Button variant="default" size="compact-sm" onClick={share}>
          Share as one HTML file
        </Button>
      </div>
      <MetricTable runs={runs} names={names} view={view} />
      <div className={runs.some((r) => r.epochs.length > 1) ? css.pair : css.stack}>
        <ConfigDiff rows={settings} ids={runs.map((r) => r.id)} names={names} same="Nothing differs: same data, split, model, settings, seed and build." />
        {runs.some((r) => r.epochs.length > 1) && <Curves runs={runs} names={names} view={view} />}
      </div>
      {perUser ? (
        <>
          <div className={css.pair}>
            <SliceChart a={other} b={reference} names={[name(other), name(reference)]} metric={view.metric} pairs={pairs} />
            <RankHistogram a={other} b={reference} names={[name(other), name(reference)]} />
          </div>
          <UserScatter key={`${other.id} ${reference.id}`} a={other} b={reference} names={[name(other), name(reference)]} outcomes={outcomes(other.perUser!.ranks, reference.perUser!.ranks)} pairs={pairs} />
        </>
      ) : (
        <p className={css.note}>Ranks user by user were not kept for both runs (a user has several held-out items, or there are more than 10,000 users), so nothing can be said of single users.</p>
      )}
      <div className={css.pair}>
        <Overlap key={runs.map((r) => r.id).join()} runs={runs} names={names} />
        <CostChart runs={all} chosen={runs.map((r) => r.id)} metric={view.metric} slice={view.slice} />
      </div>
    </section>
  );
}

function MetricTable({ runs, names, view }: { runs: readonly RunRecord[]; names: readonly string[]; view: View }) {
  const slices = SLICES.filter((s) => runs[0]!.test[s].n > 0);
  const tests = useMemo(() => testAgainst(runs[0]!, runs.slice(1), view.metric, SLICES), [runs, view.metric]);
  const here = tests.filter((t) => t.slice === view.slice);
  const sentence = here.map((t) => {
    const who = names[runs.findIndex((r) => r.id === t.run)];
    return t.apart ? `${who} is ${t.mean > 0 ? 'better' : 'worse'} by ${rate(Math.abs(t.mean))} (${rate(t.low)} to ${rate(t.high)}, ${chance(t.p)})` : `${who} cannot be told from it (${rate(t.mean)}, ${rate(t.low)} to ${rate(t.high)}, ${chance(t.p)})`;
  });
  return (
    <Card
      title={`${view.metric} on the test set`}
      aside="95 % intervals · difference to the reference, user by user"
      padded={false}
      footer={
        sentence.length > 0 && (
          <Reading>
            Against {names[0]}, {sliceTitles[view.slice].toLowerCase()}: {sentence.join('; ')}. Paired bootstrap over the same {count(here[0]!.n)} users for the interval, paired t for p, after Holm over {tests.length} tests. This weighs users, not other seeds.
          </Reading>
        )
      }
    >
      <DataTable
        maxHeight={420}
        caption={`${view.metric} of the chosen runs by slice, with differences to ${names[0]}`}
        columns={[{ key: 'run', label: 'Run' }, ...slices.map((s) => ({ key: s, label: `${sliceTitles[s]} (n = ${count(runs[0]!.test[s].n)})`, tone: s }))]}
        rows={runs.map((run, k) => ({
          run: <span title={run.name}>{names[k]}</span>,
          ...Object.fromEntries(slices.map((s) => {
            const v = run.test[s].metrics[view.metric];
            const t = tests.find((x) => x.run === run.id && x.slice === s);
            return [s, v ? (
              <span key={s} className={css.figure}>
                {rate(v.value)} <small>{interval(v.low, v.high, v.value)}</small>
                {t && (
                  <>
                    <br />
                    <small className={t.apart ? css.apart : undefined}>{t.mean > 0 ? '+' : ''}{rate(t.mean)}, {chance(t.p)}{t.apart ? '' : ', not told apart'}</small>
                  </>
                )}
              </span>
            ) : '–'];
          })),
        }))}
      />
    </Card>
  );
}

function Curves({ runs, names, view }: { runs: readonly RunRecord[]; names: readonly string[]; view: View }) {
  const series = runs.flatMap((run, k) => {
    const points = run.epochs.flatMap((e) => {
      const v = e.validation?.[view.slice].metrics[view.metric];
      return v ? [{ x: e.epoch, y: v.value, low: v.low, high: v.high }] : [];
    });
    return points.length ? [{ id: run.id, label: names[k]!, tone: view.slice, dashed: k > 0, dash: DASHES[k % 4]!, points }] : [];
  });
  const once = runs.length - series.length;
  return (
    <LineChart
      title={`${view.metric} by epoch, laid over one another`}
      aside={`${sliceTitles[view.slice].toLowerCase()} · validation · 95 %`}
      series={series}
      xLabel="epoch"
      yFormat={(v) => rate(v, 3)}
      exportName={`compare-${view.metric}-by-epoch`}
      empty="No validation was measured by epoch, so there are no curves."
      reading={once > 0 && series.length > 0 ? `${once} of ${runs.length} models ${once === 1 ? 'is' : 'are'} computed at once and ${once === 1 ? 'has' : 'have'} no curve.` : undefined}
    />
  );
}
