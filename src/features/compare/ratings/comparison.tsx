/** Two or more rating runs on the same folds side by side; the first is the reference. */
import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ratingTests, type RatingTest } from '../../../analysis/rating-board';
import { foldSpread, foldsWon } from '../../../analysis/rating-compare';
import { frontier } from '../../../analysis/compare-lists';
import { overFolds, type RatingMeasure, type RatingRun } from '../../../core/rating-run';
import { useScreenCommands } from '../../../app/commands';
import { setQuery } from '../../../app/url';
import { Card } from '../../../ui/Card';
import { count, interval, plural, rate, seconds } from '../../../ui/format';
import { DataTable } from '../../../ui/DataTable';
import { LineChart } from '../../../ui/LineChart';
import { Reading } from '../../../ui/Reading';
import { oneLine } from '../../../ui/plot-scale';
import { ScatterPlot } from '../../../ui/ScatterPlot';
import { measureName } from '../../train/ratings/rating-words';
import { distinctNames } from '../../train/series';
import { ConfigDiff } from '../comparison/config-diff';
import css from '../compare.module.css';
import { ratingSettingRows } from '../setting-words';
import { ErrorChart } from './error-chart';
import { useTestRatings } from './use-test-ratings';

const TESTED: readonly RatingMeasure[] = ['rmse', 'mae'];
const DASHES = ['', '7 4', '2 3', '9 3 2 3'];
const chance = (p: number): string => (p < 0.001 ? 'p < .001' : `p = ${rate(p, 3)}`);
const signed = (x: number): string => `${x > 0 ? '+' : ''}${rate(x)}`;

export function RatingComparison({ runs, all, measure }: { runs: readonly RatingRun[]; all: readonly RatingRun[]; measure: RatingMeasure }) {
  const names = distinctNames(runs);
  const [rival, setRival] = useState<string | null>(null);
  const reference = runs[0]!;
  const other = runs.slice(1).find((r) => r.id === rival) ?? runs[1]!;
  const name = (run: RatingRun): string => names[runs.indexOf(run)] ?? run.name;
  const tested = useTestRatings(reference);
  const settings = useMemo(() => ratingSettingRows(runs), [runs]);
  const learning = runs.some((r) => r.folds[0]!.epochs.length > 1);
  useScreenCommands([{ id: 'compare clear', group: 'Compare', label: 'Compare none', keywords: ['untick', 'clear'], run: () => setQuery({ runs: null }) }]);
  return (
    <section className={css.stack} aria-label="Rating runs side by side">
      <div className={css.tools}>
        <h2>{runs.length} rating runs side by side</h2>
        <span className={css.faint}>reference: {name(reference)}</span>
        {runs.length > 2 && <Select size="xs" w={220} aria-label="Set against the reference" data={runs.slice(1).map((r) => ({ value: r.id, label: name(r) }))} value={other.id} allowDeselect={false} onChange={setRival} />}
      </div>
      <ErrorTable runs={runs} names={names} measure={measure} />
      <div className={learning ? css.pair : css.stack}>
        <ConfigDiff rows={settings} ids={runs.map((r) => r.id)} names={names} same="Nothing differs: same data, folds, model, settings, seed and build." />
        {learning && <Curves runs={runs} names={names} />}
      </div>
      <div className={css.pair}>
        <ErrorChart key={`${other.id} ${reference.id}`} a={other} b={reference} names={[name(other), name(reference)]} tested={tested} />
        <Cost runs={all} chosen={runs.map((r) => r.id)} measure={measure} />
      </div>
    </section>
  );
}

function ErrorTable({ runs, names, measure }: { runs: readonly RatingRun[]; names: readonly string[]; measure: RatingMeasure }) {
  const tests = useMemo(() => ratingTests(runs[0]!, runs.slice(1), TESTED), [runs]);
  const folds = runs[0]!.folds.length;
  const { n } = overFolds(runs[0]!.folds, 'all', 'rmse');
  const told = measure === 'mae' ? 'mae' : 'rmse';
  const sentence = tests.filter((t) => t.measure === told).map((t) => {
    const k = runs.findIndex((r) => r.id === t.run);
    const { won, of } = foldsWon(runs[k]!, runs[0]!, told);
    const range = t.low !== null && t.high !== null ? `${rate(t.low)} to ${rate(t.high)}, ` : '';
    const each = of > 1 ? `; better in ${won} of ${of} folds` : '';
    return t.alike ? `${names[k]} cannot be told from it (${signed(t.difference)}, ${range}${pWords(t)}${each})` : `${names[k]} errs ${t.difference < 0 ? 'less' : 'more'} by ${rate(Math.abs(t.difference))} (${range}${pWords(t)}${each})`;
  });
  return (
    <Card
      title="Errors on the test folds"
      aside={folds > 1 ? 'mean and 95 % interval over folds · difference to the reference' : 'one fold, so no interval over folds · difference to the reference'}
      padded={false}
      footer={
        tests.length > 0 && (
          <Reading>
            {measureName[told]} against {names[0]}: {sentence.join('; ')}. {folds > 1 ? `Told apart only where both tests say so: over ${folds} folds (t, widened for overlapping train parts) and over the same ${count(n)} ratings (paired t)` : `Paired t over the same ${count(n)} ratings`}, after Holm over {plural(tests.length, 'test')}{folds > 1 ? '; the table shows the larger p' : ''}. Smaller errors are better.
          </Reading>
        )
      }
    >
      <DataTable
        maxHeight={420}
        caption={`Errors of the chosen rating runs, with differences to ${names[0]}`}
        columns={[
          { key: 'run', label: 'Run' },
          ...TESTED.map((m) => ({ key: m, label: <Head words={measureName[m]} n={n} /> })),
          { key: 'r', label: 'r' },
          ...(['warm', 'cold'] as const).map((s) => ({ key: s, label: <Head words={`${measureName[told]} ${s}`} n={overFolds(runs[0]!.folds, s, 'rmse').n} />, tone: s })),
        ]}
        rows={runs.map((run, k) => ({
          run: <span title={run.name}>{names[k]}</span>,
          ...Object.fromEntries(TESTED.map((m) => [m, <Figure key={m} run={run} slice="all" measure={m} test={tests.find((t) => t.run === run.id && t.measure === m)} />])),
          r: <Figure run={run} slice="all" measure="r" />,
          warm: <Figure run={run} slice="warm" measure={told} />,
          cold: <Figure run={run} slice="cold" measure={told} />,
        }))}
      />
    </Card>
  );
}

const Head = ({ words, n }: { words: string; n: number }) => (
  <>
    {words} <br />
    <small>n = {count(n)}</small>
  </>
);

/** The larger of both p, which decides. */
const worst = (t: RatingTest): number | null => (t.overFolds === null && t.overRatings === null ? null : Math.max(t.overFolds ?? 0, t.overRatings ?? 0));
const pWords = (t: RatingTest): string => [t.overFolds === null ? '' : `${chance(t.overFolds)} over folds`, t.overRatings === null ? '' : `${chance(t.overRatings)} over ratings`].filter(Boolean).join(', ') || 'not tested';

function Figure({ run, slice, measure, test }: { run: RatingRun; slice: 'all' | 'warm' | 'cold'; measure: RatingMeasure; test?: RatingTest | undefined }) {
  const s = foldSpread(run, slice, measure);
  if (!s) return <>–</>;
  return (
    <span className={css.figure}>
      {rate(s.mean)} {measure !== 'r' && s.low !== null && s.high !== null && <small>{interval(s.low, s.high, s.mean)}</small>}
      {test && (
        <>
          <br />
          <small className={test.alike ? undefined : css.apart}>{signed(test.difference)}, {worst(test) === null ? 'not tested' : chance(worst(test)!)}{test.alike ? ', not told apart' : ''}</small>
        </>
      )}
    </span>
  );
}

/** RMSE on unseen ratings by epoch, mean over folds. */
function Curves({ runs, names }: { runs: readonly RatingRun[]; names: readonly string[] }) {
  const series = runs.flatMap((run, k) => {
    const longest = Math.max(...run.folds.map((f) => f.epochs.length));
    const points = Array.from({ length: longest }, (_, e) => {
      const values = run.folds.flatMap((f) => f.epochs[e]?.test ?? []);
      return { x: e + 1, y: values.reduce((s, v) => s + v, 0) / values.length, ...(values.length > 1 ? { low: Math.min(...values), high: Math.max(...values) } : {}) };
    }).filter((p) => Number.isFinite(p.y));
    return points.length > 1 ? [{ id: run.id, label: names[k]!, tone: 'all' as const, dashed: k > 0, dash: DASHES[k % 4]!, points }] : [];
  });
  const once = runs.length - series.length;
  return (
    <LineChart
      title="RMSE by epoch, laid over one another"
      aside="unseen ratings · mean of folds, lowest to highest"
      series={series}
      xLabel="epoch"
      yFormat={(v) => rate(v, 3)}
      exportName="compare-rmse-by-epoch"
      empty="No error was measured by epoch, so there are no curves."
      reading={once > 0 ? `${once} of ${runs.length} models ${once === 1 ? 'is' : 'are'} computed at once and ${once === 1 ? 'has' : 'have'} no curve.` : undefined}
    />
  );
}

/** Seconds against error, for every run on these folds. */
function Cost({ runs, chosen, measure }: { runs: readonly RatingRun[]; chosen: readonly string[]; measure: RatingMeasure }) {
  const points = runs.flatMap((run) => {
    const v = overFolds(run.folds, 'all', measure).mean;
    const cost = run.folds.reduce((s, f) => s + f.seconds.fit, 0);
    return v === null ? [] : [{ run, value: v, cost: Math.max(0.001, cost), quality: measure === 'r' ? v : -v }];
  });
  const best = frontier(points);
  const line = points.filter((_, k) => best[k]).sort((a, b) => a.cost - b.cost);
  return (
    <ScatterPlot
      title="Cost against error"
      aside={`seconds to fit all folds × ${measureName[measure]}`}
      x={points.map((p) => p.cost)}
      y={points.map((p) => p.value)}
      group={points.map((p, k) => (best[k] || chosen.includes(p.run.id) ? 0 : 1))}
      tones={[{ label: 'on the frontier or chosen', tone: 'all' }, { label: 'beaten in both', tone: 'faint' }]}
      labelOf={(k) => points[k]?.run.name ?? ''}
      named={(k) => best[k] === true || chosen.includes(points[k]!.run.id)}
      xLabel="Seconds"
      yLabel={measureName[measure]}
      xScale="log"
      xFormat={seconds}
      yFormat={(v) => rate(v, 3)}
      trend={line.map((p) => ({ x: p.cost, y: p.value }))}
      exportName="cost-against-error"
      empty="No run has this figure."
      reading={line.length ? `Nothing is both cheaper and closer than ${line.map((p) => oneLine(p.run.name, 60)).slice(0, 4).join('; ')}${line.length > 4 ? ` and ${line.length - 4} more` : ''}. Seconds depend on the machine and on what else it did.` : undefined}
    />
  );
}
