/** The four key figures: all, warm, cold, strictly new, each with its interval, n and the baselines beside it. */
import { SLICES, type SliceId } from '../../core/metric';
import { count, interval, rate } from '../../ui/format';
import { KeyFigure } from '../../ui/KeyFigure';
import { sliceTitles } from './series';
import { baselineAt, headline, sameAsBaseline, type ShownRun } from './shown';
import css from './train.module.css';

export function SliceFigures({ run, metric, k }: { run: ShownRun | null; metric: string; k: number }) {
  const key = `${metric}@${k}`;
  return (
    <div className={css.tiles}>
      {SLICES.map((slice) => (
        <Figure key={slice} run={run} slice={slice} metricKey={key} />
      ))}
    </div>
  );
}

function Figure({ run, slice, metricKey }: { run: ShownRun | null; slice: SliceId; metricKey: string }) {
  const label = sliceTitles[slice];
  const head = run ? headline(run) : null;
  const result = head?.evaluation?.[slice];
  const stage = head?.stage ?? 'validation';
  const beside = (['popularity', 'random'] as const).flatMap((id) => {
    const value = run && !sameAsBaseline(run, id) ? baselineAt(run, id, stage)?.[slice].metrics[metricKey]?.value : undefined;
    return value === undefined ? [] : [`${id}\u00a0${rate(value, 3)}`];
  });
  const baselines = beside.length > 0 && <span className={css.beside}>{beside.join(' · ')}</span>;
  if (!result) return <KeyFigure label={label} tone={slice} value={<span className={css.faint}>–</span>} detail={<>{run ? 'after the first epoch' : `${metricKey} comes here`}{baselines}</>} />;
  const estimate = result.metrics[metricKey];
  if (!estimate) return <KeyFigure label={label} tone={slice} value={<span className={css.faint}>none</span>} detail={result.empty ?? `This run has no ${metricKey}.`} />;
  const where = slice === 'all' ? `${metricKey} ${stage} · ` : '';
  return (
    <KeyFigure
      label={label}
      tone={slice}
      value={rate(estimate.value)}
      interval={interval(estimate.low, estimate.high, estimate.value)}
      detail={
        <>
          {where}
          {`n\u00a0=\u00a0${count(result.n)}`}
          {baselines}
        </>
      }
    />
  );
}
