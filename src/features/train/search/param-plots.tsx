/** One plot per setting: its value against the score. What slopes or peaks matters; what is flat does not. */
import { useMemo } from 'react';
import type { StudyEntry } from '../../../app/search/study';
import { lowerIsBetter, type TrialMetric } from '../../../core/trial-score';
import { isRange, type Dimension } from '../../../math/search/space';
import { rate } from '../../../ui/format';
import { ScatterPlot } from '../../../ui/ScatterPlot';
import { numberText } from '../slider-scale';
import { influence, metricsOf, scoredTrials, type ScoredTrial } from './trial-rows';
import { labelOf, valueText } from './words';
import css from './search.module.css';

export function ParamPlots({ study }: { study: StudyEntry }) {
  const { model, strategy } = study.spec;
  const trials = useMemo(() => scoredTrials({ trials: study.trials }), [study.trials]);
  // Rounds of a halving train for different times, so only the longest with at least a few trials can be compared.
  const comparable = useMemo(() => {
    if (strategy.id !== 'halving') return trials;
    const first = Math.min(...trials.map((t) => t.epochs));
    return trials.filter((t) => t.epochs === first);
  }, [trials, strategy.id]);
  if (comparable.length < 2) return null;
  return (
    <div className={css.plots}>
      {strategy.space.map((d) => (
        <ParamPlot key={d.name} model={model} d={d} trials={comparable} epochs={strategy.id === 'halving' ? comparable[0]!.epochs : null} metric={metricsOf(study.spec).score} />
      ))}
    </div>
  );
}

function ParamPlot({ model, d, trials, epochs, metric }: { model: string; d: Dimension; trials: readonly ScoredTrial[]; epochs: number | null; metric: TrialMetric }) {
  const label = labelOf(model, d.name);
  const x = useMemo(() => trials.map((t) => (isRange(d) ? Number(t.params[d.name]) : d.values.indexOf(t.params[d.name]!))), [trials, d]);
  const y = useMemo(() => trials.map((t) => t.record.score.value), [trials]);
  const best = trials.findIndex((t) => t.best);
  return (
    <ScatterPlot
      title={`${label} against score`}
      aside={epochs === null ? `validation ${metric}` : `after ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}, all settings`}
      x={x}
      y={y}
      labelOf={(k) => `Trial ${trials[k]!.n + 1}${trials[k]!.best ? ', the best' : ''}`}
      xLabel={label}
      yLabel={metric}
      xScale={isRange(d) && d.max > d.min ? d.scale : 'linear'}
      xFormat={isRange(d) ? numberText : (v) => (Number.isInteger(v) && d.values[v] !== undefined ? valueText(model, d.name, d.values[v]) : '')}
      yFormat={(v) => rate(v, 3)}
      chosen={best < 0 ? null : best}
      height={200}
      exportName={`search-${d.name}-against-score`}
      reading={readingOf(d, label, trials, metric)}
    />
  );
}

function readingOf(d: Dimension, label: string, trials: readonly ScoredTrial[], metric: TrialMetric): string {
  const r = influence(d, trials);
  if (r === null) return 'Too few trials to say whether it matters.';
  if (!isRange(d)) return r > 0.3 ? `Which ${label.toLowerCase()} is taken matters: it goes with ${Math.round(100 * r)} % of the variation of the ranks by ${metric}.` : 'It matters little beside the other settings.';
  const near = trials.find((t) => t.best);
  const edge = near && d.max > d.min ? (Number(near.params[d.name]) <= d.min * (d.scale === 'log' ? 1.1 : 1) + (d.scale === 'log' ? 0 : 0.03 * (d.max - d.min)) ? 'least' : Number(near.params[d.name]) >= d.max - (d.scale === 'log' ? 0.1 * d.max : 0.03 * (d.max - d.min)) ? 'most' : null) : null;
  const slope = Math.abs(r) < 0.3 ? `${metric} neither rises nor falls with it throughout` : r > 0 !== lowerIsBetter(metric) ? 'Higher values tend to score better' : 'Lower values tend to score better';
  return `${slope} (rank correlation ${r < 0 ? '−' : ''}${rate(Math.abs(r), 2)}).${edge ? ` The best lies at the ${edge} that was tried: widen the range there.` : ''}`;
}
